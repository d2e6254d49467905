"""`arclogs explain RULE BUNDLE…`: why a rule fired on a bundle, or why it did not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.completion import complete_rule_id
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option, layout, rules_option
from arclogs.cli.output import refuse_leaks, say, write_stdout

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.model.report import Coverage

EXAMPLES: Final = """\b
Examples:
  arclogs explain sa-token-rejected bundle.tar.gz
  arclogs explain 1 bundle.tar.gz
  arclogs explain my-rule.yaml job.log
"""


@click.command(
    "explain", short_help="Say why a rule fired on a bundle, or why it did not.", epilog=EXAMPLES
)
@click.argument("rule", shell_complete=complete_rule_id)
@click.argument("bundles", metavar="BUNDLE...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json has the whole tree and every outcome's bindings.",
)
@rules_option
@click.option("--allow-partial", is_flag=True, help="Exit 0 even if evidence was lost.")
@click.option("--no-redact", is_flag=True, help="Show secrets as they are.")
@debug_option
@click.pass_context
def explain_command(
    ctx: click.Context,
    rule: str,
    bundles: tuple[str, ...],
    form: str,
    rule_dirs: tuple[Path, ...],
    allow_partial: bool,
    no_redact: bool,
) -> None:
    """Show what each signal of RULE came to on BUNDLE: held (✓), failed (✗) or not collected (?).

    RULE is a rule's id, its file, or the number of a finding in the report. Below the signals stands
    the rung that was reached, or the nearest one and what it lacks. For a line that was not found, the
    line that came nearest is shown, and what it lacks.
    """
    from arclogs.analyze import Options
    from arclogs.authoring.explain import explain
    from arclogs.authoring.selection import named_by_file
    from arclogs.cache import user_cache
    from arclogs.readers.crew import readers_for
    from arclogs.views.json import dumps
    from arclogs.views.trace import render_trace

    with byte_progress(wanted=True) as bar:
        (wanted,), used = named_by_file([rule], rule_dirs)
        options = Options(
            tuple(used),
            redact=not no_redact,
            on_bytes=bar.advance if bar else None,
            cache=user_cache(),
            readers=readers_for(None),
        )
        told = explain(wanted, bundle_sources(bundles), options)
    ascii_only = layout("never", sys.stdout, partial_allowed=allow_partial).ascii
    text = (
        dumps(told.trace.model_dump(), ascii_only=ascii_only)
        if form == "json"
        else render_trace(told.trace, ascii_only=ascii_only)
    )
    if not no_redact:
        refuse_leaks(text)
    write_stdout(text)
    ctx.exit(_exit_code(told.coverage, allow_partial=allow_partial))


def _exit_code(coverage: Coverage, *, allow_partial: bool) -> ExitCode:
    if coverage.complete:
        return ExitCode.OK
    lost = f"{len(coverage.notes)} notes" if len(coverage.notes) > 1 else coverage.notes[0].detail
    say(f"coverage: not everything could be read ({lost}); `arclogs analyze` lists what was lost")
    return ExitCode.OK if allow_partial else ExitCode.PARTIAL
