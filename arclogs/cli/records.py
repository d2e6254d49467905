"""`arclogs records BUNDLE…`: all records and events, filtered, in order of time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.looking import Manner, looking
from arclogs.cli.options import is_terminal, layout
from arclogs.cli.output import refuse_leaks, say
from arclogs.errors import UsageError
from arclogs.views.rows.interface import RowFormat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

    from arclogs.browse.reading import Reading
    from arclogs.cli.exit_codes import ExitCode

SLICE: Final = 10_000
"""Rows that are put into words at once."""
_BY_SUFFIX: Final = {
    ".jsonl": RowFormat.JSONL,
    ".ndjson": RowFormat.JSONL,
    ".csv": RowFormat.CSV,
    ".parquet": RowFormat.PARQUET,
    ".log": RowFormat.LOG,
}
EXAMPLES: Final = """\b
Examples:
  arclogs records bundle.tgz --where 'level>=W'
  arclogs records bundle.tgz --where 'pod:x7k2p since:10:04 until:10:06'
  arclogs records bundle.tgz --where 'src:job,hook "HTTP request" -retry'
  arclogs records bundle.tgz --where 'src:events type:Warning' --format csv -o warnings.csv
  arclogs records bundle.tgz --order member --format jsonl | jq .text

\b
EXPR is one or more terms; all must hold:
  word  "two words"     the message holds it, whatever its case
  /re/  /re/i           a pattern of Rust's regex engine finds something; i: any case
  level>=W              also > <= < = ; D I W E (debug, info, warning, error)
  src:job,hook          source: runner job hook controller listener dind kubectl helm
                        unknown events; or a file's name: src:*listener*
  pod: ns: job: step:   the field holds it; with * or ? it must match as a whole
  reason: type:         of events
  since:10:04  until:2026-03-02T10:06    UTC; a time of day is meant on any day
  -term                 must not hold

\b
The rows are the log lines and events that a report counts under records, the same line of two
files twice (--once: once). What else it counts are objects: arclogs objects.
"""


@click.command("records", short_help="Show log records and events, filtered, in order of time.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option("--where", metavar="EXPR", default="", help="Show only what fits, see below.")
@click.option(
    "--format",
    "form",
    type=click.Choice([str(f) for f in RowFormat]),
    help="Default: table, or by the suffix of FILE. log: the original lines.",
)
@click.option(
    "--order",
    type=click.Choice(["time", "member"]),
    default="time",
    show_default=True,
    help="time: sorted in memory, up to 2,000,000 rows that fit or 1 GiB. member: as they are read, "
    "files first, then events; in little memory, however large the bundle.",
)
@click.option("--once", is_flag=True, help="Show what several files hold once.")
@looking
@click.pass_context
def records_command(ctx: click.Context, /, bundles: tuple[str, ...], **given: Any) -> None:
    """Show all log records and events of BUNDLE in order of time.

    Secrets are replaced and nothing captured acts on the terminal. Nothing ever goes to the network.
    """
    manner = Manner.take(given)
    ctx.exit(_run(bundles, manner, **given))


def _run(
    bundles: tuple[str, ...],
    manner: Manner,
    *,
    where: str,
    form: str | None,
    order: str,
    once: bool,
) -> ExitCode:
    # 0.1 s, with polars 0.3 s. `--help` does without.
    from arclogs.browse.filter_expression import read_filter
    from arclogs.browse.reading import Wish, read_rows
    from arclogs.browse.shelf import Shelf
    from arclogs.cache import user_cache
    from arclogs.cli.sink import NobodyReads, output_sink

    chosen = _format(form, manner.output)
    if order == "member" and (once or chosen is RowFormat.PARQUET):
        raise UsageError(f"{'--once' if once else 'parquet'} needs all rows: use --order time")
    wish = Wish(read_filter(where), raw=chosen is RowFormat.LOG, redact=not manner.no_redact)
    sources = bundle_sources(bundles)
    try:
        with (
            output_sink(manner.output) as write,
            byte_progress(wanted=_may_draw(manner, order)) as bar,
        ):
            emit = _writer(chosen, manner, write)

            def read(consume: Callable[[pl.DataFrame], None]) -> Reading:
                return read_rows(
                    sources, wish, consume, bar.advance if bar else None, cache=user_cache()
                )

            if order == "member":
                reading = read(emit)
                shown = reading.matched
            else:
                shelf = Shelf()
                reading = read(shelf.put)
                rows = shelf.in_order(once=once)
                shown = rows.height
                emit(rows)
    except NobodyReads:
        from arclogs.cli.exit_codes import ExitCode

        return ExitCode.OK
    if not manner.quiet:
        _narrate(reading, shown, manner.output)
    return manner.finish(reading.gathered.notes)


def _format(asked: str | None, output: Path | None) -> RowFormat:
    suffix = output.suffix.lower() if output else ""
    chosen = RowFormat(asked) if asked else _BY_SUFFIX.get(suffix, RowFormat.TABLE)
    if chosen is RowFormat.PARQUET and output is None:
        raise UsageError("parquet is no text: name a file with -o rows.parquet")
    return chosen


def _writer(
    chosen: RowFormat, manner: Manner, write: Callable[[str | bytes], None]
) -> Callable[[pl.DataFrame], None]:
    """Return what writes frames in the chosen format, a head before the first."""
    if chosen is RowFormat.PARQUET:
        from arclogs.views.rows.parquet import parquet_bytes

        return lambda frame: write(parquet_bytes(frame))
    from arclogs.views.rows.registry import ROW_VIEWS

    stream = None if manner.output else sys.stdout
    view = ROW_VIEWS[chosen](layout(manner.color, stream, partial_allowed=manner.allow_partial))
    if head := view.head():
        write(head)

    def emit(frame: pl.DataFrame) -> None:
        for part in frame.iter_slices(SLICE):
            text = view.rows(part)
            if not manner.no_redact:
                refuse_leaks(text)
            write(text)

    return emit


def _may_draw(manner: Manner, order: str) -> bool:
    """Tell whether a progress bar would not run into the rows on the same screen."""
    apart = order == "time" or manner.output is not None or not is_terminal(sys.stdout)
    return apart and not (manner.no_progress or manner.quiet)


def _narrate(reading: Reading, shown: int, output: Path | None) -> None:
    from arclogs.views.words import amount

    parts = [amount(reading.records, "log record"), amount(reading.events, "event")]
    objects = f"; {amount(reading.objects, 'object')}: arclogs objects" if reading.objects else ""
    say(
        f"{shown:,} of {amount(reading.records + reading.events, 'row')}: {' and '.join(parts)}{objects}"
    )
    if output:
        say(f"written to {output}")
