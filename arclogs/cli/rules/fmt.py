"""`arclogs rules fmt [PATH…]`: rule files in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option
from arclogs.cli.output import say, write_shared, write_stdout

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES: Final = """\b
Examples:
  arclogs rules fmt my-rules/
  arclogs rules fmt --check my-rules/     for CI: name what would change, exit 1
"""


@click.command("fmt", epilog=EXAMPLES)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@debug_option
@click.pass_context
def fmt_command(ctx: click.Context, paths: tuple[Path, ...], check: bool) -> None:
    """Put rule files and folders into canonical form: order of keys, indentation, ends of lines.

    Comments stay, and so do quotes and the lines of prose. What the rule says does not change: a file
    of which that cannot be had is left as it is and named, and the exit code is 2.
    """
    from arclogs.errors import RuleError
    from arclogs.views.words import amount

    changed = files = faulty = 0
    for path in _files(paths):
        files += 1
        try:
            changed += _formatted(path, check=check)
        except RuleError as error:
            faulty += 1
            say(f"error: {error}")
    verb = "would change" if check else "changed"
    faults = f", {amount(faulty, 'error')}" if faulty else ""
    say(f"{amount(files, 'file')}: {changed} {verb}{faults}")
    if faulty:
        ctx.exit(ExitCode.USAGE)
    ctx.exit(ExitCode.REACHED if check and changed else ExitCode.OK)


def _formatted(path: Path, *, check: bool) -> bool:
    """Format a file, or only look; tell whether it was not in canonical form, and name it if so."""
    from arclogs.authoring.formatting import format_rule
    from arclogs.rules.files.source import read_text

    text = read_text(path)
    formatted = format_rule(text, path)
    if formatted == text:
        return False
    write_stdout(f"{path}\n")
    if not check:
        write_shared(path, formatted)
    return True


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    from arclogs.errors import UsageError
    from arclogs.rules.files.load import rule_files

    for path in paths:
        if path.is_dir():
            yield from rule_files(path)
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"there is no rule file or folder {path}")
