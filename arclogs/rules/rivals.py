"""Why the other causes are not the answer, and which rules came close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.model.report import NearMiss, Rival
from arclogs.rules.resolve import Resolved, rests_on
from arclogs.rules.signals import ObjectSignal
from arclogs.rules.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.rules.engine import Verdict
    from arclogs.rules.outcome import Outcome

MAX_NEAR_MISSES = 10


def rivals_of(finding: Resolved, findings: Sequence[Resolved], verdict: Verdict) -> list[Rival]:
    """Return the causes of the same symptoms that are not shown, each with what rules it out."""
    if finding.rule.kind != "cause":
        return []
    shown = {f.rule.id for f in findings}
    basis = rests_on(finding.best)
    rivals = []
    for rule_id, outcomes in sorted(verdict.outcomes.items()):
        if rule_id in shown or rule_id == finding.rule.parent:
            continue
        sharing = [o for o in outcomes if o.rule.kind == "cause" and rests_on(o) & basis]
        if sharing:
            best = max(sharing, key=lambda o: len(o.held))
            rivals.append(Rival(rule=rule_id, title=best.rule.title, why=_why_not(best)))
    return rivals


def _why_not(outcome: Outcome) -> str:
    """Say what speaks against a cause: what refutes it, what failed, what is not known."""
    for name in outcome.refuted_by:
        return f"ruled out: {_says(outcome, name)}"
    for truth, word in ((Truth.FAILED, "not so"), (Truth.UNKNOWN, "not collected")):
        names = [
            name
            for name, result in outcome.results.items()
            if result.truth is truth and name not in outcome.rule.refuted_by
        ]
        # the state of an object says more than a line that is not there
        names.sort(key=lambda n: not isinstance(outcome.rule.signals[n], ObjectSignal))
        if names:
            return f"{word}: {_says(outcome, names[0])} ({outcome.results[names[0]].why})"
    return "less certain than the answer"


def _says(outcome: Outcome, name: str) -> str:
    return outcome.rule.signals[name].says or name.replace("_", " ")


def near_misses(findings: Sequence[Resolved], verdict: Verdict) -> list[NearMiss]:
    """Return the causes that held in part, the closest first."""
    shown = {f.rule.id for f in findings}
    misses = []
    for rule_id, outcomes in sorted(verdict.outcomes.items()):
        partial = [o for o in outcomes if o.rule.kind == "cause" and o.held]
        if rule_id in shown or not partial:
            continue
        best = max(partial, key=lambda o: len(o.held))
        misses.append(_near_miss(best))
    misses.sort(key=lambda m: (bool(m.refuted_by), -m.held / m.of, m.rule))
    return misses[:MAX_NEAR_MISSES]


def _near_miss(outcome: Outcome) -> NearMiss:
    counted = [n for n in outcome.results if n not in outcome.rule.refuted_by]
    missing = tuple(
        f"{_says(outcome, n)}: {outcome.results[n].truth.value}, {outcome.results[n].why}"
        for n in counted
        if outcome.results[n].truth is not Truth.HELD
    )
    return NearMiss(
        rule=outcome.rule.id,
        title=outcome.rule.title,
        held=sum(outcome.results[n].truth is Truth.HELD for n in counted),
        of=len(counted),
        missing=missing,
        refuted_by=tuple(_says(outcome, n) for n in outcome.refuted_by),
    )
