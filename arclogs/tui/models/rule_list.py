"""The list at the left of the Rule screen: what spoke here first, then all rules by area."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from arclogs.tui.models.block import BLANK, Block, OfRule, Part, Tone, heading, line, tone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.report import Report
    from arclogs.tui.session.events import RuleCard


def rule_list(report: Report, rules: Sequence[RuleCard], wanted: str) -> list[Block]:
    """Return the rules whose id, title or area holds what is wanted, in groups."""
    told = wanted.casefold()
    kept = [r for r in rules if told in f"{r.id} {r.title} {r.area}".casefold()]
    found = list(dict.fromkeys(f.rule for f in report.findings))
    missed = [m.rule for m in report.near_misses if m.rule not in found]
    by_id = {rule.id: rule for rule in kept}
    blocks = [
        *_group("Found here", [by_id[name] for name in found if name in by_id], "✔"),
        *_group("Near misses", [by_id[name] for name in missed if name in by_id], "~"),
    ]
    rest = [r for r in kept if r.id not in found and r.id not in missed]
    for area, members in groupby(sorted(rest, key=lambda r: (r.area, r.id)), lambda r: r.area):
        blocks += _group(area, list(members), " ")
    return blocks[1:] or [line(f"nothing holds {wanted!r}")]


def _group(name: str, rules: Sequence[RuleCard], mark: str) -> Iterator[Block]:
    if rules:
        yield from (BLANK, heading(name))
    for rule in rules:
        lead = (Part(f"{mark} {rule.severity[0].upper()} ", tone_of(rule.severity)),)
        yield Block((Part(rule.id),), 0, lead, OfRule(rule.id), rule.id)


def title_of(rule: RuleCard) -> Block:
    """Return the head of a rule's page."""
    facts = f"  {rule.kind} · {rule.area} · {rule.severity}"
    return Block((Part(rule.title, Tone.STRONG), Part(facts, Tone.DIM)))
