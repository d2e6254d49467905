"""`arclogs rules list` and `arclogs rules show ID`: what the rule pack holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import write_stdout
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arclogs.model.report import Step
    from arclogs.rules import Rule


@click.group("rules", short_help="Show the rules: `rules list`, `rules show ID`.")
def rules_group() -> None:
    """Show the rules that arclogs ships, and yours."""


@rules_group.command("list")
@click.option("--area", help="Only the rules of this area.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@rules_option
@debug_option
def list_rules(area: str | None, as_json: bool, rule_dirs: tuple[Path, ...]) -> None:
    """List all rules, one a line: severity, kind, area, id, title."""
    from arclogs.rules import load_rules
    from arclogs.views.sanitize import sanitize_lines

    rules = sorted(load_rules(rule_dirs).rules, key=lambda r: (r.area, r.kind, r.id))
    areas = sorted({r.area for r in rules})
    if area is not None and area not in areas:
        raise UsageError(f"no rule is of the area {area!r}; there are {', '.join(areas)}")
    chosen = [r for r in rules if area in (None, r.area)]
    write_stdout(_as_json(chosen) if as_json else sanitize_lines(_as_table(chosen)))


@rules_group.command("show")
@click.argument("rule_id", metavar="ID")
@rules_option
@debug_option
def show_rule(rule_id: str, rule_dirs: tuple[Path, ...]) -> None:
    """Show what a rule says and where its file is."""
    from arclogs.rules import load_rules
    from arclogs.views.sanitize import sanitize_lines

    rules = load_rules(rule_dirs)
    rule = rules.get(rule_id)
    if rule is None:
        close = rules.suggest(rule_id)
        hint = f" (did you mean {close!r}?)" if close else "; `arclogs rules list` shows all"
        raise UsageError(f"there is no rule {rule_id!r}{hint}")
    write_stdout(sanitize_lines("\n".join(_described(rule))) + "\n")


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


def _described(rule: Rule) -> Iterator[str]:
    from arclogs.views.words import reflow

    yield f"{rule.id}: {rule.title}"
    yield f"{rule.kind}, {rule.area}, {rule.severity}, {rule.frequency}"
    yield f"file: {rule.path}"
    for heading, text in (("Explanation", rule.explain), ("Impact", rule.impact)):
        if text.strip():
            yield from ("", f"{heading}:", *(f"  {line}" for line in reflow(text).split("\n")))
    yield from _steps("Fix", rule.fix)
    yield from _steps("Verify", rule.verify)
    if rule.references:
        yield from ("", "References:")
        for ref in rule.references:
            yield f"  {ref.url}" + (f" ({ref.note})" if ref.note else "")


def _steps(heading: str, steps: Sequence[Step]) -> Iterator[str]:
    if steps:
        yield from ("", f"{heading}:")
    for number, step in enumerate(steps, 1):
        yield f"  {number}. {step.title} ({step.risk})"
        for line in (step.command or "").splitlines():
            yield f"     {line}"
