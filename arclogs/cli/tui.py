"""`arclogs tui BUNDLE…`: browse findings, rules and whatever a bundle holds."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.bundles import bundle_sources
from arclogs.cli.options import debug_option, is_terminal, rules_option
from arclogs.cli.output import say
from arclogs.errors import UsageError
from arclogs.settings import settings_files

if TYPE_CHECKING:
    from arclogs.settings import SettingsFile

# Those of the registry of screens, whose import takes 0.2 s. A test holds them together.
SCREENS: Final = ("findings", "timeline", "records", "objects", "rule")
PORT: Final = 8642
EXAMPLES: Final = """\b
Examples:
  arclogs tui bundle.tar.gz
  arclogs tui bundle.tar.gz --rules my-rules/ --screen rule
  kubectl logs runner-x7k2p | arclogs tui -

\b
In the UI, ? shows all keys and ctrl+p does everything by name. Also called: arclogs browse.
Settings: [tui] theme, and [keys] with the ids of docs/keys.md (arclogs config path).
"""


@click.command("tui", short_help="Browse a bundle: findings, evidence, rules.", epilog=EXAMPLES)
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
@click.option(
    "--where",
    metavar="EXPR",
    default="",
    help="Keep only these rows for browsing, see arclogs records; findings rest on all.",
)
@rules_option
@click.option("--no-redact", is_flag=True, help="Show secrets as they are.")
@click.option("--serve", is_flag=True, help="Open it in a browser of this machine instead.")
@click.option("--port", default=PORT, show_default=True, help="Of 127.0.0.1, for --serve.")
@debug_option
@click.pass_context
def tui_command(
    ctx: click.Context,
    bundles: tuple[str, ...],
    screen: str,
    theme: str | None,
    where: str,
    rule_dirs: tuple[Path, ...],
    no_redact: bool,
    serve: bool,
    port: int,
) -> None:
    """Browse BUNDLE: the answer first, then the proof behind it.

    Secrets are replaced in everything that is shown and copied. Nothing ever goes to the network.
    """
    with ExitStack() as until_left:
        _check(bundles)
        from arclogs.tui.serve import is_served

        if serve and not is_served():
            _serve(bundles, screen, theme, where, rule_dirs, port, no_redact=no_redact)
            return
        # 0.4 s: textual and polars. `--help` does without.
        from arclogs.browse.filter_expression import read_filter
        from arclogs.tui.keymap import read_keymap
        from arclogs.tui.launch import browse
        from arclogs.tui.session.events import Order

        # textual draws on stderr, so that stdout may be piped; whoever pipes it wants no screen
        seen = is_terminal(sys.stdout) and is_terminal(sys.stderr)
        if not (seen or is_served()):
            raise UsageError(
                "tui needs a terminal; `arclogs analyze` prints the same answer anywhere"
            )
        if "-" in bundles:
            folder = until_left.enter_context(tempfile.TemporaryDirectory(prefix="arclogs-"))
            kept = _keep_stdin(Path(folder) / "stdin")
            sources = tuple(kept if name == "-" else Path(name) for name in bundles)
        elif not is_served() and not is_terminal(sys.stdin):
            raise UsageError("tui takes keys from stdin, which is no terminal; to read from it: -")
        else:
            sources = tuple(map(Path, bundles))
        keymap = read_keymap(_settings(ctx))
        order = Order(sources, rule_dirs, redact=not no_redact, where=read_filter(where))
        browse(order, screen, theme, keymap)


def _settings(ctx: click.Context) -> list[SettingsFile]:
    given = ctx.find_root().params
    return [] if given.get("no_config") else settings_files(named=given.get("config"))


def _check(bundles: tuple[str, ...]) -> None:
    """Raise UsageError for what is not there before the screen is taken."""
    for source in bundle_sources(bundles):
        if isinstance(source, Path) and not source.exists():
            raise UsageError(f"there is no file or folder {source}")


def _keep_stdin(path: Path) -> Path:
    """Keep what is piped in in a file of its owner alone, and take keys from the terminal."""
    if is_terminal(sys.stderr):
        say("reading stdin to its end")
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("there is no terminal to take keys from") from error
    os.dup2(terminal, 0)
    os.close(terminal)
    return path


def _serve(
    bundles: tuple[str, ...],
    screen: str,
    theme: str | None,
    where: str,
    rule_dirs: tuple[Path, ...],
    port: int,
    *,
    no_redact: bool,
) -> None:
    from arclogs.tui.serve import serve

    if "-" in bundles:
        raise UsageError("--serve reads the bundle anew for each page: name a file instead of -")
    options = ["--screen", screen]
    options += ["--theme", theme] if theme else []
    options += ["--where", where] if where else []
    options += [word for folder in rule_dirs for word in ("--rules", str(folder))]
    options += ["--no-redact"] if no_redact else []
    serve([*options, "--", *bundles], port)
