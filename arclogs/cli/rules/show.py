"""`arclogs rules show ID`: what one rule says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from arclogs.cli.completion import complete_rule_id
from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import write_stdout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arclogs.model.report import Step
    from arclogs.rules import Rule
    from arclogs.rules.files.load import RuleSet


@click.command("show")
@click.argument("rule_id", metavar="ID", shell_complete=complete_rule_id)
@click.option("--yaml", "as_yaml", is_flag=True, help="The rule file itself: a model for your own.")
@click.option("--json", "as_json", is_flag=True, help="All that the rule states, as JSON.")
@rules_option
@debug_option
def show_command(rule_id: str, as_yaml: bool, as_json: bool, rule_dirs: tuple[Path, ...]) -> None:
    """Show what a rule says and where its file is."""
    from arclogs.authoring.selection import rule_named
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules
    from arclogs.views.sanitize import sanitize_lines

    rules = load_rules(rule_dirs, user_cache())
    rule = rule_named(rules, rule_id)
    if as_json:
        from arclogs.rules.files.source import read_source
        from arclogs.views.json import dumps
        from arclogs.views.rule_json import as_stated

        stated = as_stated(rule, read_source(rule.path).data)
        write_stdout(dumps({**stated, "path": str(rule.path)}))
    elif as_yaml:
        write_stdout(sanitize_lines(rule.path.read_text(encoding="utf-8")))
    else:
        write_stdout(sanitize_lines("\n".join(_described(rule, rules))) + "\n")


def _described(rule: Rule, rules: RuleSet) -> Iterator[str]:
    from arclogs.views.known_issues import of_rule
    from arclogs.views.words import reflow

    yield f"{rule.id}: {rule.title}"
    yield f"{rule.kind}, {rule.area}, {rule.severity}, {rule.frequency}"
    yield f"file: {rule.path}"
    for heading, text in (("Explanation", rule.explain), ("Impact", rule.impact)):
        if text.strip():
            yield from ("", f"{heading}:", *(f"  {line}" for line in reflow(text).split("\n")))
    if bugs := list(of_rule(rule.id, rules.known_issues)):
        yield from ("", "Known bugs that show this way:", *(f"  {text}" for text in bugs))
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
