"""`arclogs analyze BUNDLE…`: run the rules over bundles and write the report."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import choose_format, debug_option, layout, rules_option
from arclogs.cli.output import say, write_file, write_stdout
from arclogs.views.interface import Format

if TYPE_CHECKING:
    from arclogs.model.report import Report

# Those of the report model, whose import takes 80 ms. A test holds them together.
LEVELS: Final = ("critical", "high", "medium", "low", "info")
MOST_NOTES: Final = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    bundles: tuple[str, ...]
    form: str | None
    output: Path | None
    rule_dirs: tuple[Path, ...]
    fail_on: str | None
    allow_partial: bool
    no_redact: bool
    color: str
    no_progress: bool
    quiet: bool


@click.command("analyze", short_help="Analyze bundles and print the report (the default command).")
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice([str(f) for f in Format]),
    help="Default: text on a terminal, plain in a pipe, by its suffix for a file.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the report to FILE, readable by you only.",
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
@click.option("--no-progress", is_flag=True, help="No progress bar.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@debug_option
@click.pass_context
def analyze_command(ctx: click.Context, /, **given: Any) -> None:
    """Analyze BUNDLE and print what broke, why we believe it and what to do.

    BUNDLE is a .tar(.gz|.zst|.bz2|.xz), .zip, folder, single file, several of these, or - for
    stdin. Secrets are replaced in everything that is written. Nothing ever goes to the network.
    """
    ctx.exit(_run(Request(**given)))


def _run(request: Request) -> ExitCode:
    # 0.3 s: polars, pydantic and rich. `--help` and `--version` do without.
    from arclogs.analyze import Options, analyze
    from arclogs.views.registry import VIEWS

    if request.no_redact and not request.quiet:
        say("warning: --no-redact: secrets are shown as they are")
    with byte_progress(wanted=not (request.no_progress or request.quiet)) as bar:
        options = Options(
            rule_dirs=request.rule_dirs,
            redact=not request.no_redact,
            on_bytes=bar.advance if bar else None,
        )
        report = analyze(bundle_sources(request.bundles), options)
    output = None if request.output == Path("-") else request.output
    stream = None if output else sys.stdout
    form = choose_format(request.form, output, stream)
    shape = layout(request.color, stream, partial_allowed=request.allow_partial)
    if output is None:
        shape = replace(shape, bundles=request.bundles)
    text = VIEWS[form](report, shape)
    if output:
        write_file(output, text)
    else:
        write_stdout(text)
    if not request.quiet:
        _narrate(report, request, output, form)
    return _exit_code(report, request)


def _narrate(report: Report, request: Request, output: Path | None, form: Format) -> None:
    """Say on stderr where the report went, and what was lost where the reader may not see it."""
    from arclogs.views import words

    if not report.coverage.complete and (output or form is Format.JSON):
        lost = [n for n in report.coverage.notes if words.loses_evidence(n.code)]
        say(*(f"coverage: {n.member}: {n.code}: {n.detail}" for n in lost[:MOST_NOTES]))
        say(f"Coverage: {words.coverage(report, partial_allowed=request.allow_partial)}")
    if output:
        say(f"report written to {output}")


def _exit_code(report: Report, request: Request) -> ExitCode:
    if not report.coverage.complete and not request.allow_partial:
        return ExitCode.PARTIAL
    if request.fail_on is not None:
        alarming = LEVELS[: LEVELS.index(request.fail_on) + 1]
        causes = (f for f in report.findings if f.kind == "cause" and f.severity != "info")
        if any(f.severity in alarming for f in causes):
            return ExitCode.REACHED
    return ExitCode.OK
