"""`arclogs triage FOLDER|TICKET…`: a queue of tickets, sorted by what is wrong."""

from __future__ import annotations

import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.options import accessible, debug_option, is_terminal, rules_option
from arclogs.cli.output import say
from arclogs.cli.progress import CountProgress
from arclogs.cli.sink import output_sink
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import TextIO

    from arclogs.triage.row import Queue

EXAMPLES: Final = """\b
Examples:
  arclogs triage tickets/                         every file and folder in it is a ticket
  arclogs triage a.eml b.tgz unpacked-bundle/ --format markdown
  arclogs triage tickets/ --format csv -o queue.csv

\b
A run that was ended goes on where it stopped: verdicts are kept in your cache folder, secrets
replaced, until a file, the rules or arclogs change (--fresh judges anew). A broken ticket is a line
of the table and does not stop the rest. Nothing ever goes to the network.
"""
WIDEST: Final = 250
"""Columns where nobody's screen sets a limit."""
_BY_SUFFIX: Final = {".json": "json", ".csv": "csv", ".md": "markdown"}


@click.command("triage", short_help="Sort many tickets or bundles by what is wrong with them.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("named", metavar="FOLDER|TICKET...", nargs=-1, required=True,
                type=click.Path(path_type=Path))  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]),
    help="Default: table, or by the suffix of FILE.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to FILE."
)
@rules_option
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(1, 256), help="Default: one a core.")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=1), default=300, show_default=True,
    help="How long one ticket may take.",
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="Judge again what was judged before.")
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@debug_option
def triage_command(
    named: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    rule_dirs: tuple[Path, ...],
    jobs: int | None,
    timeout: float,
    fresh: bool,
    no_progress: bool,
    quiet: bool,
) -> None:
    """Tell of each ticket what broke, how sure that is, who can act, and what to ask for.

    A ticket is a file (archive, mail, Markdown, log) or a folder with a bundle in it.
    """
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules
    from arclogs.triage.run import triage
    from arclogs.triage.store import Store
    from arclogs.triage.tickets import find_tickets

    tickets = find_tickets(named)
    if not tickets:
        raise UsageError("there is no ticket in what was named")
    rules = load_rules(rule_dirs, user_cache())
    with _progress(wanted=not (no_progress or quiet)) as bar:
        queue = triage(
            tickets,
            rule_dirs,
            store=None if fresh else Store.of_user(rules.hash),
            jobs=jobs or 0,
            seconds=timeout,
            on_row=bar.advance if bar else None,
        )
    chosen = form or (_BY_SUFFIX.get(output.suffix.lower(), "table") if output else "table")
    with output_sink(output) as write:
        write(_rendered(queue, chosen, None if output else sys.stdout))
    if not quiet and (output or chosen != "table"):
        from arclogs.views.triage import summary

        say(summary(queue), *([f"written to {output}"] if output else []))


def _progress(*, wanted: bool) -> AbstractContextManager[CountProgress | None]:
    if wanted and not accessible() and is_terminal(sys.stderr):
        return CountProgress(sys.stderr)
    return nullcontext()


def _rendered(queue: Queue, form: str, stream: TextIO | None) -> str:
    from arclogs.views import triage

    match form:
        case "json":
            return triage.render_json(queue)
        case "csv":
            return triage.render_csv(queue)
        case "markdown":
            return triage.render_markdown(queue)
    screen = shutil.get_terminal_size().columns if is_terminal(stream) else WIDEST
    return triage.render_table(queue, screen)
