"""`arclogs diff BEFORE AFTER`: a good run against a bad one, before a change against after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from arclogs.cli.bundles import byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.looking import Manner, looking
from arclogs.cli.options import rules_option
from arclogs.cli.output import say
from arclogs.cli.sink import output_sink

if TYPE_CHECKING:
    from arclogs.compare.model import Comparison

EXAMPLES: Final = """\b
Examples:
  arclogs diff good-run.tgz bad-run.tgz
  arclogs diff before-upgrade.tgz after-upgrade.tgz --format markdown

\b
+ is new in AFTER, - is gone, ~ has changed. Generated names are matched by what they have in
common. What only one bundle holds is not compared, and said so. Exit 1 if anything differs.
"""


@click.command("diff", short_help="Compare two bundles: findings, versions and objects.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
    show_default=True, help="markdown: for a ticket.",
)  # fmt: skip
@rules_option
@looking
@click.pass_context
def diff_command(
    ctx: click.Context,
    /,
    before: Path,
    after: Path,
    form: str,
    rule_dirs: tuple[Path, ...],
    **given: Any,
) -> None:
    """Tell what differs between two bundles. Nothing ever goes to the network."""
    from arclogs.analyze import Options
    from arclogs.cache import user_cache
    from arclogs.compare.compare import compare

    manner = Manner.take(given)
    with byte_progress(wanted=not (manner.no_progress or manner.quiet)) as bar:
        options = Options(
            rule_dirs,
            redact=not manner.no_redact,
            on_bytes=bar.advance if bar else None,
            cache=user_cache(),
        )
        found = compare(before, after, options)
    with output_sink(manner.output) as write:
        write(_rendered(found, form))
    if manner.output and not manner.quiet:
        say(f"written to {manner.output}")
    ctx.exit(ExitCode.REACHED if found.changed else ExitCode.OK)


def _rendered(found: Comparison, form: str) -> str:
    from arclogs.views import comparison

    views = {
        "text": comparison.render_comparison,
        "json": comparison.render_comparison_json,
        "markdown": comparison.render_comparison_markdown,
    }
    return views[form](found)
