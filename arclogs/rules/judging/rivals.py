"""Why the other causes are not the answer, and which rules came close."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from arclogs.model.report import NearMiss, Rival
from arclogs.rules.judging.resolve import shown
from arclogs.rules.language.signals import ObjectSignal
from arclogs.rules.matching.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.rules.judging.engine import Verdict
    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.judging.resolve import Resolved

MAX_NEAR_MISSES = 10


class Rivals:
    """The causes that are not shown, by the symptoms that they share with those that are."""

    def __init__(self, findings: Sequence[Resolved], verdict: Verdict) -> None:
        shown = {f.rule.id for f in findings}
        self._resting: dict[int, list[Outcome]] = defaultdict(list)
        self._order: dict[int, int] = {}
        for rule_id, outcomes in sorted(verdict.outcomes.items()):
            for outcome in outcomes if rule_id not in shown else ():
                if outcome.rule.kind == "cause":
                    self._order[id(outcome)] = len(self._order)
                    for basis in outcome.rests_on:
                        self._resting[basis].append(outcome)

    def of(self, finding: Resolved) -> list[Rival]:
        """Return the rivals of a finding, each with what rules it out."""
        if finding.rule.kind != "cause":
            return []
        sharing: dict[str, list[Outcome]] = defaultdict(list)
        for basis in finding.best.rests_on:
            for outcome in self._resting.get(basis, ()):
                sharing[outcome.rule.id].append(outcome)
        sharing.pop(finding.rule.parent or "", None)
        best = (max(outcomes, key=self._nearness) for _, outcomes in sorted(sharing.items()))
        return [Rival(rule=o.rule.id, title=o.rule.title, why=_why_not(o)) for o in best]

    def _nearness(self, outcome: Outcome) -> tuple[int, int]:
        return len(outcome.held), -self._order[id(outcome)]


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


def near_misses(verdict: Verdict) -> list[NearMiss]:
    """Return the causes that held in part, the closest first."""
    findings = {outcome.rule.id for outcome in shown(verdict)}
    misses = []
    for rule_id, outcomes in sorted(verdict.outcomes.items()):
        partial = [o for o in outcomes if o.rule.kind == "cause" and o.held]
        if rule_id in findings or not partial:
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
