"""`arclogs analyze BUNDLE…`: run the rules over bundles and write the report."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct
from msgspec.structs import replace

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option, layout, no_cache_option, rules_option
from arclogs.cli.output import refuse_leaks, say, write_file, write_stdout
from arclogs.cli.targets import Out, Target, targets
from arclogs.errors import UsageError
from arclogs.stopwatch import Stopwatch, stage
from arclogs.views.interface import Audience, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.browse.exhibits import Exhibitor
    from arclogs.model.exhibits import Exhibits
    from arclogs.model.report import Report

# Those of the report model, which --help does without. A test holds them together.
LEVELS: Final = ("critical", "high", "medium", "low", "info")
MOST_NOTES: Final = 10
_TICKETS: Final = frozenset({Format.MARKDOWN, Format.JIRA, Format.MAIL})
_FOR_AN_AUDIENCE: Final = _TICKETS | {Format.HTML}
_FOR_THE_EYE: Final = _TICKETS | {Format.TEXT, Format.PLAIN}


class Request(Struct, frozen=True):
    """What the command line asks for."""

    bundles: tuple[str, ...]
    form: str | None
    outputs: tuple[Path, ...]
    outs: tuple[Target, ...]
    audience: str
    rule_dirs: tuple[Path, ...]
    fail_on: str | None
    allow_partial: bool
    no_redact: bool
    color: str
    no_progress: bool
    quiet: bool
    profile: bool
    no_cache: bool
    jobs: int | None


@click.command("analyze", short_help="Analyze bundles and print the report (the default command).")
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([str(f) for f in Format]),
    help="Default: text on a terminal, plain in a pipe, by its suffix for a file. For tickets: markdown "
    "(GitHub, GitLab), jira (wiki markup), mail (plain text).",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Write the report to FILE, readable by you only. Repeatable: .html .md .jira .json .jsonl "
    ".sarif",
)
@click.option(
    "--out",
    "outs",
    type=Out(),
    multiple=True,
    help="Write a format to a file: html=report.html. Repeatable.",
)
@click.option(
    "--audience",
    type=click.Choice([str(a) for a in Audience]),
    default=Audience.INTERNAL.value,
    show_default=True,
    help="Who reads the markdown, jira, mail or html. customer: no file names and rules; escalation: "
    "everything.",
)
@rules_option
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Exit 1 if a cause of this severity or above is found (info is never an alarm).",
)
@click.option("--allow-partial", is_flag=True, help="Exit 0 even if evidence was lost.")
@click.option("--no-redact", is_flag=True, help="Show secrets as they are.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Processes that read a large bundle. Default: one a core, 4 at most.",
)
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@click.option("--profile", is_flag=True, help="Say on stderr where the time went.")
@no_cache_option
@debug_option
@click.pass_context
def analyze_command(ctx: click.Context, /, **given: Any) -> None:
    """Analyze BUNDLE and print what broke, why we believe it and what to do.

    BUNDLE is a .tar(.gz|.zst|.bz2|.xz), .zip, folder, single file, several of these, or - for
    stdin. Secrets are replaced in everything that is written. Nothing ever goes to the network.
    """
    ctx.exit(_run(Request(**given)))


def _run(request: Request) -> ExitCode:
    wanted = targets(request.form, request.outputs, request.outs, sys.stdout)
    forms = {target.form for target in wanted}
    audience = Audience(request.audience)
    if audience is not Audience.INTERNAL and not forms & _FOR_AN_AUDIENCE:
        raise UsageError("--audience is for --format markdown, jira, mail and html")
    if request.no_redact and not request.quiet:
        say("warning: --no-redact: secrets are shown as they are")
    clock = _stopwatch(request)
    with stage(clock, "start up"):
        report, exhibits = _analyzed(request, clock, html=Format.HTML in forms)
    with stage(clock, "write"):
        for target in wanted:
            _write(target, report, exhibits, request)
    if not request.quiet:
        _narrate(report, request, wanted)
    if clock is not None:
        from arclogs.views.profile import profile_lines

        say(*profile_lines(clock))
    return _exit_code(report, request)


def _stopwatch(request: Request) -> Stopwatch | None:
    """Return a stopwatch if one is asked for; it counts what the process did until now, too."""
    if not request.profile:
        return None
    watch = Stopwatch()
    watch.stages["start up"] = time.process_time()
    return watch


def _analyzed(
    request: Request, clock: Stopwatch | None, *, html: bool
) -> tuple[Report, Exhibits | None]:
    # 0.1 s, with polars 0.3 s. `--help` and `--version` do without.
    from arclogs.analyze import Options, investigate, redacted, report_of
    from arclogs.cache import user_cache
    from arclogs.readers.crew import readers_for
    from arclogs.rules import load_rules

    exhibitor = _exhibitor() if html else None
    sources = bundle_sources(request.bundles, twice=html)
    with byte_progress(wanted=not (request.no_progress or request.quiet)) as bar:
        options = Options(
            rule_dirs=request.rule_dirs,
            on_bytes=bar.advance if bar else None,
            on_item=exhibitor.see if exhibitor else None,
            cache=user_cache(wanted=not request.no_cache),
            stopwatch=clock,
            readers=readers_for(request.jobs),
        )
        with stage(clock, "load rules"):
            rules = load_rules(request.rule_dirs, options.cache)
        found = investigate(rules, sources, options)
    with stage(clock, "report and redact"):
        report = report_of(found)
        known = None if request.no_redact else found.secrets
        if exhibitor:
            shown = exhibitor.shown(report, found.case, sources, known)
            return shown.report, shown.exhibits
        return report if known is None else redacted(report, found), None


def _exhibitor() -> Exhibitor:
    from arclogs.browse.exhibits import Exhibitor

    return Exhibitor()


def _write(target: Target, report: Report, exhibits: Exhibits | None, request: Request) -> None:
    from arclogs.views.registry import VIEWS

    stream = None if target.path else sys.stdout
    shape = layout(request.color, stream, partial_allowed=request.allow_partial,
                   audience=Audience(request.audience))  # fmt: skip
    if target.path is None:
        shape = replace(shape, bundles=request.bundles)
    if target.form is Format.HTML and exhibits is not None:
        from arclogs.views.html import render_html

        text = render_html(report, shape, exhibits)
    else:
        text = VIEWS[target.form](report, shape)
    if not request.no_redact:
        refuse_leaks(text)
    if target.path:
        write_file(target.path, text)
    else:
        write_stdout(text)


def _narrate(report: Report, request: Request, wanted: Sequence[Target]) -> None:
    """Say on stderr where the report went, and what was lost where the reader may not see it."""
    from arclogs.views import words

    seen = any(target.path is None and target.form in _FOR_THE_EYE for target in wanted)
    if not report.coverage.complete and not seen:
        lost = [n for n in report.coverage.notes if words.loses_evidence(n.code)]
        say(*(f"coverage: {n.member}: {n.code}: {n.detail}" for n in lost[:MOST_NOTES]))
        say(f"Coverage: {words.coverage(report, partial_allowed=request.allow_partial)}")
    for target in wanted:
        if target.path:
            say(f"report written to {target.path}")


def _exit_code(report: Report, request: Request) -> ExitCode:
    if not report.coverage.complete and not request.allow_partial:
        return ExitCode.PARTIAL
    if request.fail_on is not None:
        alarming = LEVELS[: LEVELS.index(request.fail_on) + 1]
        causes = (f for f in report.findings if f.kind == "cause" and f.severity != "info")
        if any(f.severity in alarming for f in causes):
            return ExitCode.REACHED
    return ExitCode.OK
