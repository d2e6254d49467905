"""What the commands have in common that show what a bundle holds, without judging it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option
from arclogs.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arclogs.browse.opened import Opened
    from arclogs.model.coverage import Note

MOST_NOTES: Final = 10

_OPTIONS: Final = (
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write to FILE, readable by you only.",
    ),
    click.option("--no-redact", is_flag=True, help="Show secrets as they are."),
    click.option("--allow-partial", is_flag=True, help="Exit 0 even if something was not read."),
    click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
    ),
    click.option("--no-progress", is_flag=True, help="No progress bar."),
    click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors."),
    debug_option,
)


class Manner(Struct, frozen=True):
    """How a command is to go about it."""

    output: Path | None
    no_redact: bool
    allow_partial: bool
    color: str
    no_progress: bool
    quiet: bool

    @classmethod
    def take(cls, given: dict[str, Any]) -> Manner:
        """Take the common options out of what was given, and warn of what is dangerous."""
        manner = cls(**{name: given.pop(name) for name in cls.__struct_fields__})
        if manner.no_redact and not manner.quiet:
            say("warning: --no-redact: secrets are shown as they are")
        if manner.output == Path("-"):
            return cls(None, *(getattr(manner, name) for name in cls.__struct_fields__[1:]))
        return manner

    def open(self, bundles: tuple[str, ...]) -> Opened:
        """Read bundles."""
        from arclogs.browse.opened import open_case

        with byte_progress(wanted=not (self.no_progress or self.quiet)) as bar:
            return open_case(bundle_sources(bundles), bar.advance if bar else None)

    def finish(self, notes: Iterable[Note], *, told: bool = False) -> ExitCode:
        """Say what was not read, unless the output has told it, and return the exit code."""
        lost = [note for note in notes if note.code.loses_evidence]
        if lost and not (told or self.quiet):
            say(*(f"coverage: {n.member}: {n.code.value}: {n.detail}" for n in lost[:MOST_NOTES]))
            if len(lost) > MOST_NOTES:
                say(f"coverage: {len(lost) - MOST_NOTES:,} more: arclogs info lists them")
        return ExitCode.PARTIAL if lost and not self.allow_partial else ExitCode.OK


def looking(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `Manner`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
