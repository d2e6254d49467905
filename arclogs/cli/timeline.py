"""`arclogs timeline BUNDLE…`: what was when, as a picture of characters, SVG or JSON."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.looking import Manner, looking
from arclogs.cli.options import layout, rules_option
from arclogs.cli.output import say, write_file, write_stdout
from arclogs.errors import UsageError
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.analyze import Investigation
    from arclogs.cli.exit_codes import ExitCode
    from arclogs.model.timeline import Timeline

_UNITS: Final = {"ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}
_WIDTH: Final = lazy_compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)", re.ASCII)


class Width(click.ParamType[timedelta]):
    """A length of time: `500ms`, `10s`, `2m`, `1h`, `1d`."""

    name = "WIDTH"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the length; fail for what is none or zero."""
        found = _WIDTH.fullmatch(str(value).strip())
        seconds = float(found[1]) * _UNITS[found[2]] if found and len(found[1]) < 12 else 0
        if not seconds:
            self.fail(f"{value!r} is no width such as 500ms, 10s, 2m or 1h", param, ctx)
        return timedelta(seconds=seconds)


class Moment(click.ParamType[datetime]):
    """A time with its date, UTC where it names no zone."""

    name = "TIME"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the time; fail for what is none."""
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no time such as 2026-03-02T10:04", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Request(Struct, frozen=True):
    """What is to be drawn."""

    by: Any
    per: timedelta | None
    since: datetime | None
    until: datetime | None
    form: str
    svg: Path | None
    rule_dirs: tuple[Path, ...]


EXAMPLES: Final = """\b
Examples:
  arclogs timeline bundle.tgz
  arclogs timeline bundle.tgz --svg timeline.svg
  arclogs timeline bundle.tgz --since 2026-03-02T10:04 --until 2026-03-02T10:06 --per 2s
"""


@click.command("timeline", short_help="Show what was when: pods, jobs or files on one axis of time.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option("--lanes", "by", type=click.Choice(["pod", "job", "file"]), default="pod",
              show_default=True, help="What has a line of its own.")  # fmt: skip
@click.option("--per", type=Width(), help="Width of a slice: 10s, 2m, 1h. Default: what fits.")
@click.option("--since", type=Moment(), help="Begin there: 2026-03-02T10:04 (UTC).")
@click.option("--until", type=Moment(), help="End there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="json: lanes, counts, marks and spans.")  # fmt: skip
@click.option("--svg", metavar="FILE", type=click.Path(path_type=Path),
              help="Write a picture to FILE instead (- for stdout).")  # fmt: skip
@rules_option
@looking
@click.pass_context
def timeline_command(ctx: click.Context, /, bundles: tuple[str, ...], **given: Any) -> None:
    """Show what was when in BUNDLE: how much each pod logged, errors, events, and the evidence.

    Secrets are replaced and nothing captured acts on the terminal. Nothing ever goes to the network.
    """
    manner = Manner.take(given)
    ctx.exit(_run(bundles, manner, Request(**given)))


def _run(bundles: tuple[str, ...], manner: Manner, request: Request) -> ExitCode:
    # 0.1 s, with polars 0.3 s. `--help` does without.
    from arclogs.analyze import Options, investigate
    from arclogs.browse.bulk.making import RowMaker
    from arclogs.browse.timeline import Tally
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules

    if request.since and request.until and request.since > request.until:
        raise UsageError("--since is after --until")
    tally = Tally()
    maker = RowMaker(tally.put, raw=False)
    cache = user_cache()
    with byte_progress(wanted=not (manner.no_progress or manner.quiet)) as bar:
        options = Options(on_bytes=bar.advance if bar else None, on_item=maker.see, cache=cache)
        found = investigate(load_rules(request.rule_dirs, cache), bundle_sources(bundles), options)
    maker.flush()
    timeline = _timeline(found, tally, request, redact=not manner.no_redact)
    _write(_rendered(timeline, manner, request), request.svg or manner.output, manner)
    return manner.finish(found.gathered.notes)


def _timeline(found: Investigation, tally: Any, request: Request, *, redact: bool) -> Timeline:
    from arclogs.analyze import report_of
    from arclogs.browse.timeline import Wanted, build_timeline
    from arclogs.redact import redact_model

    wanted = Wanted(request.by, request.per, request.since, request.until)
    timeline = build_timeline(report_of(found), found.case, tally, wanted)
    return redact_model(timeline, found.secrets) if redact else timeline


def _rendered(timeline: Timeline, manner: Manner, request: Request) -> str:
    from arclogs.views.json import dumps
    from arclogs.views.timeline.svg import svg_file
    from arclogs.views.timeline.text import render_timeline

    if request.svg is not None:
        return svg_file(timeline)
    shape = layout(manner.color, None if manner.output else sys.stdout,
                   partial_allowed=manner.allow_partial)  # fmt: skip
    if request.form == "json":
        return dumps(timeline.model_dump(), ascii_only=shape.ascii)
    return render_timeline(timeline, shape)


def _write(text: str, path: Path | None, manner: Manner) -> None:
    if path is None or path == Path("-"):
        write_stdout(text)
        return
    write_file(path, text)
    if not manner.quiet:
        say(f"written to {path}")
