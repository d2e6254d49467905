"""Where `analyze` writes what: stdout, a file, or several of different formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from arclogs.cli.options import choose_format
from arclogs.errors import UsageError
from arclogs.views.interface import Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

_STDOUT: Final = Path("-")


class Target(Struct, frozen=True):
    """One text to write; `path` None is stdout."""

    form: Format
    path: Path | None


class Out(click.ParamType[Target]):
    """A format and a file: `html=report.html`; `-` is stdout."""

    name = "FORMAT=FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Target:
        """Return the target; fail where there is no such format."""
        form, sign, path = str(value).partition("=")
        if not (sign and path):
            self.fail(f"{value!r} is not FORMAT=FILE, as html=report.html", param, ctx)
        if form not in [str(f) for f in Format]:
            self.fail(f"{form!r} is none of {', '.join(map(str, Format))}", param, ctx)
        return Target(Format(form), None if path == "-" else Path(path))


def targets(
    form: str | None, outputs: Sequence[Path], outs: Sequence[Target], stdout: TextIO | None
) -> list[Target]:
    """Return what to write, stdout where nothing else was asked for.

    Raise UsageError where two texts would go to one place, or `--format` does not tell which file it
    is about.
    """
    if form is not None and len(outputs) > 1:
        raise UsageError("--format is of one file: with several -o use --out FORMAT=FILE")
    if form is not None and outs and not outputs:
        raise UsageError("--format and --out: use --out FORMAT=- for stdout")
    found = [_target(form, path, stdout) for path in outputs] + list(outs)
    places = [target.path.resolve() if target.path else None for target in found]
    for place in places:
        if places.count(place) > 1:
            raise UsageError(f"{place or 'stdout'} is named twice")
    return found or [Target(choose_format(form, None, stdout), None)]


def _target(form: str | None, path: Path, stdout: TextIO | None) -> Target:
    if path == _STDOUT:
        return Target(choose_format(form, None, stdout), None)
    return Target(choose_format(form, path, None), path)
