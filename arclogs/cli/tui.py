"""`arclogs tui BUNDLE…`: browse findings, rules and whatever a bundle holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from arclogs.cli.options import debug_option, is_terminal, rules_option
from arclogs.errors import UsageError

# Those of the registry of screens, whose import takes 0.2 s. A test holds them together.
SCREENS: Final = ("findings", "rule")


@click.command("tui", short_help="Browse a bundle: findings, evidence, rules.")
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option(
    "--screen",
    type=click.Choice(SCREENS),
    default="findings",
    show_default=True,
    help="The screen to begin with.",
)
@click.option(
    "--theme", metavar="NAME", help="Colours; ansi-dark and ansi-light are the terminal's."
)
@rules_option
@click.option("--no-redact", is_flag=True, help="Show secrets as they are.")
@debug_option
def tui_command(
    bundles: tuple[str, ...],
    screen: str,
    theme: str | None,
    rule_dirs: tuple[Path, ...],
    no_redact: bool,
) -> None:
    """Browse BUNDLE: the answer first, then the proof behind it."""
    if not (is_terminal(sys.stdout) and is_terminal(sys.stdin)):
        raise UsageError("tui needs a terminal; `arclogs analyze` prints the same answer anywhere")
    from arclogs.tui.launch import browse
    from arclogs.tui.session.events import Order

    sources = tuple(Path(name) for name in bundles)
    for source in sources:
        if not source.exists():
            raise UsageError(f"there is no file or folder {source}")
    browse(Order(sources, rule_dirs, redact=not no_redact), screen, theme)
