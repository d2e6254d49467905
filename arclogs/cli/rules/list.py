"""`arclogs rules list`: all rules, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import write_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from arclogs.rules import Rule

# Those of the report model, whose import takes 80 ms.
SEVERITIES: Final = ("critical", "high", "medium", "low", "info")
FREQUENCIES: Final = ("common", "occasional", "rare")
EXAMPLES: Final = """\b
Examples:
  arclogs rules list --area rbac --kind cause
  arclogs rules list --grep "HTTP request failed"
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--area", help="Only the rules of this area.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only those of this severity.")
@click.option("--kind", type=click.Choice(["cause", "symptom"]), help="Only causes or symptoms.")
@click.option(
    "--frequency", type=click.Choice(FREQUENCIES), help="Only those that are so often the cause."
)
@click.option(
    "--grep", metavar="TEXT", help="Only those in whose file the text stands, in any case."
)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@rules_option
@debug_option
def list_command(
    area: str | None,
    severity: str | None,
    kind: str | None,
    frequency: str | None,
    grep: str | None,
    as_json: bool,
    rule_dirs: tuple[Path, ...],
) -> None:
    """List the rules, one a line: severity, kind, area, id, title."""
    from arclogs.authoring.selection import choose
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules
    from arclogs.views.sanitize import sanitize_lines

    rules = load_rules(rule_dirs, user_cache())
    chosen = choose(rules, area=area, severity=severity, kind=kind, frequency=frequency, grep=grep)
    write_stdout(_as_json(chosen) if as_json else sanitize_lines(_as_table(chosen)))


def _as_json(rules: Sequence[Rule]) -> str:
    from arclogs.views.json import dumps

    fields = ("id", "kind", "title", "area", "severity", "frequency")
    listed = [{name: getattr(r, name) for name in fields} | {"path": str(r.path)} for r in rules]
    return dumps(listed)


def _as_table(rules: Sequence[Rule]) -> str:
    cells = [(r.severity, r.kind, r.area, r.id, r.title) for r in rules]
    widths = [max((len(row[i]) for row in cells), default=0) for i in range(4)]
    lines = ["  ".join((*map(str.ljust, row[:4], widths), row[4])) for row in cells]
    causes = sum(r.kind == "cause" for r in rules)
    lines.append(f"{len(rules)} rules: {causes} causes, {len(rules) - causes} symptoms")
    return "\n".join(lines) + "\n"
