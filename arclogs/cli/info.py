"""`arclogs info BUNDLE…`: what the bundle holds, what is doubtful, what is missing."""

from __future__ import annotations

import sys
from typing import Any, Final

import click

from arclogs.cli.looking import Manner, looking
from arclogs.cli.options import choose_format, layout
from arclogs.cli.output import say, write_file, write_stdout
from arclogs.views.interface import Format

FORMATS: Final = (Format.TEXT, Format.PLAIN, Format.JSON)
EXAMPLES: Final = """\b
Examples:
  arclogs info bundle.tgz                                what is in it, and what to ask for
  arclogs info bundle.tgz --format json | jq .coverage   the coverage of a report
"""


@click.command(
    "info", short_help="Say what a bundle holds, what is doubtful and missing.", epilog=EXAMPLES
)
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([str(f) for f in FORMATS]),
    help="Default: text on a terminal, plain in a pipe, by its suffix for a file.",
)
@looking
@click.pass_context
def info_command(
    ctx: click.Context, /, bundles: tuple[str, ...], form: str | None, **given: Any
) -> None:
    """Say what BUNDLE holds before anything is judged.

    First a screen: versions, the logs with their time and silences, the objects, and what to ask
    for first. Then each file and what it was read as, what was skipped and why, what was cut, and
    what is missing for a good verdict with the command that gets it. Every report has the same
    coverage.
    """
    manner = Manner.take(given)
    # 0.1 s, with polars 0.3 s. `--help` does without.
    from arclogs.browse.inventory import take_inventory
    from arclogs.redact.report import redact_model
    from arclogs.views.inventory import INVENTORY_VIEWS

    opened = manner.open(bundles)
    found = take_inventory(opened)
    if not manner.no_redact:
        found = redact_model(found)
    stream = None if manner.output else sys.stdout
    chosen = choose_format(form, manner.output, stream)
    chosen = chosen if chosen in FORMATS else Format.PLAIN
    shape = layout(manner.color, stream, partial_allowed=manner.allow_partial)
    text = INVENTORY_VIEWS[chosen](found, shape)
    if manner.output:
        write_file(manner.output, text)
        if not manner.quiet:
            say(f"written to {manner.output}")
    else:
        write_stdout(text)
    told = manner.output is None and chosen is not Format.JSON
    ctx.exit(manner.finish(opened.gathered.notes, told=told))
