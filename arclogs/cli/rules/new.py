"""`arclogs rules new ID --from…`: draft a rule from a line, a finding or an unexplained error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import refuse_leaks, say, write_file, write_stdout
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from arclogs.model.report import Kind

EXAMPLES: Final = """\b
Examples:
  arclogs rules new my-rule --from job.log:18
  arclogs rules new my-rule --from pod_logs/x.log:44 bundle.tar.gz
  arclogs rules new my-rule --from-unexplained 1 bundle.tar.gz -o my-rules/my-rule.yaml
  arclogs rules new my-cause --from-finding hook-api-request-failed bundle.tar.gz
"""


@click.command("new", epilog=EXAMPLES)
@click.argument("rule_id", metavar="ID")
@click.argument("bundles", metavar="[BUNDLE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--from", "place", metavar="FILE:LINE", help="From a line; FILE may be in BUNDLE.")
@click.option(
    "--from-finding",
    "finding",
    metavar="RULE",
    help="From what a rule found in BUNDLE: a cause behind a symptom, or a narrower cause.",
)
@click.option(
    "--from-unexplained",
    "unexplained",
    metavar="N",
    type=int,
    help="From the error that stands at number N of the unexplained ones in BUNDLE.",
)
@click.option(
    "--kind",
    type=click.Choice(["cause", "symptom"]),
    default="cause",
    show_default=True,
    help="A symptom has several possible causes; a cause says what to do.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Default: ID.yaml in this folder; - for stdout.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@rules_option
@debug_option
def new_command(
    rule_id: str,
    bundles: tuple[Path, ...],
    place: str | None,
    finding: str | None,
    unexplained: int | None,
    kind: Kind,
    output: Path | None,
    force: bool,
    rule_dirs: tuple[Path, ...],
) -> None:
    """Write the skeleton of a rule: a pattern drafted from the line, and a test that holds the line.

    Numbers, ids and names are masked, secrets are replaced. What is left to do says TODO; the tests
    fail until you have said what the rule must do.
    """
    if sum(given is not None for given in (place, finding, unexplained)) != 1:
        raise UsageError("give one of --from FILE:LINE, --from-finding RULE, --from-unexplained N")
    path = output or Path(f"{rule_id}.yaml")
    if str(path) != "-" and path.exists() and not force:
        raise UsageError(f"{path} is there; --force replaces it, -o FILE writes another")
    text = _drafted(rule_id, kind, place, finding, unexplained, bundles, rule_dirs)
    refuse_leaks(text)
    if str(path) == "-":
        write_stdout(text)
        return
    write_file(path, text)
    say(f"rule written to {path}; `arclogs rules lint {path}` says what is left to do")


def _drafted(
    rule_id: str,
    kind: Kind,
    place: str | None,
    finding: str | None,
    unexplained: int | None,
    bundles: tuple[Path, ...],
    rule_dirs: tuple[Path, ...],
) -> str:
    from arclogs.analyze import Options
    from arclogs.authoring import draft
    from arclogs.cache import user_cache

    draft.check_id(rule_id)
    # the places of lines must be exact; texts are redacted where they are drafted from
    options = Options(rule_dirs, redact=False, cache=user_cache())
    if finding is not None:
        found, texts = draft.evidence_of(finding, bundles, options)
        return draft.rule_from_finding(rule_id, kind, found, texts)
    if unexplained is not None:
        text = draft.text_of_unexplained(unexplained, bundles, options)
    else:
        text = draft.text_at(place or "", bundles)
    return draft.rule_from_line(rule_id, kind, text)
