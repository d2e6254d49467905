"""From outcomes to findings: cause over symptom, leaf over parent, one finding for many pods."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.model.report import CONFIDENCES, SEVERITIES
from arclogs.rules.candidates import Keyed
from arclogs.rules.others import differ
from arclogs.rules.schema import FREQUENCIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arclogs.model.report import Confidence
    from arclogs.rules.engine import Verdict
    from arclogs.rules.outcome import Outcome
    from arclogs.rules.schema import Rule


class Resolved(Struct, frozen=True):
    """One finding: outcomes of one rule that are the same occurrence."""

    rule: Rule
    outcomes: tuple[Outcome, ...]
    """The surest and earliest first; that one speaks for the finding."""
    explained_by: str | None = None
    explains: tuple[str, ...] = field(default=())

    @property
    def best(self) -> Outcome:
        """Return the outcome that speaks for the finding."""
        return self.outcomes[0]

    @property
    def confidence(self) -> Confidence:
        """Return the confidence of the surest outcome."""
        return self.best.confidence or "possible"

    @property
    def count(self) -> int:
        """Return how many pods (or other entities) show it."""
        return len({_entity(o) for o in self.outcomes})


def resolve(verdict: Verdict) -> list[Resolved]:
    """Return the findings, ranked as the report contract says."""
    fired = verdict.fired()
    shown = _without_rivals_of_confirmed(fired)
    findings = _fold(shown)
    findings = [replace(f, explained_by=_explainer(f, findings)) for f in findings]
    findings = [replace(f, explains=_explained(f, findings)) for f in findings]
    return sorted(findings, key=_rank)


def rests_on(outcome: Outcome) -> frozenset[int]:
    """Return the identities of all outcomes on which one rests, directly or through others."""
    seen: dict[int, Outcome] = {}
    waiting = list(outcome.used)
    while waiting:
        other = waiting.pop()
        if id(other) not in seen:
            seen[id(other)] = other
            waiting += other.used
    return frozenset(seen)


def _without_rivals_of_confirmed(fired: Sequence[Outcome]) -> list[Outcome]:
    """Drop what is only possible where another cause of the same symptom is confirmed."""
    settled: set[int] = set()
    for outcome in fired:
        if outcome.rule.kind == "cause" and outcome.confidence == "confirmed":
            settled |= rests_on(outcome)
    return [
        o
        for o in fired
        if o.confidence != "possible" or o.rule.kind == "symptom" or not rests_on(o)
        or not rests_on(o) <= settled
    ]  # fmt: skip


def _fold(outcomes: Iterable[Outcome]) -> list[Resolved]:
    groups: dict[tuple[str | None, ...], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        key = (outcome.rule.id, *(outcome.bindings.get(v) for v in outcome.rule.fold_by))
        groups[key].append(outcome)
    parts = (part for group in groups.values() for part in _apart(group))
    return [Resolved(part[0].rule, tuple(sorted(part, key=_surest))) for part in parts if part]


def _apart(group: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """Part what is only possible for some entities from what is surer of others."""
    sure = Keyed("pod", ((o.bindings, o.bindings) for o in group if o.confidence != "possible"))
    parts: tuple[list[Outcome], list[Outcome]] = [], []
    for outcome in group:
        known = sure.of(outcome.bindings.get("pod"))
        loose = outcome.confidence == "possible" and bool(sure.of(None))
        parts[loose and all(differ(outcome.bindings, other) for other in known)].append(outcome)
    return parts


def _surest(outcome: Outcome) -> tuple[int, int, bool, float, str]:
    first = outcome.first
    return (
        CONFIDENCES.index(outcome.confidence or "possible"),
        -len(outcome.held),
        first is None,
        first.timestamp() if first else 0.0,
        repr(sorted(outcome.bindings.items())),
    )


def _explainer(finding: Resolved, findings: Sequence[Resolved]) -> str | None:
    """Return the id of the finding under which this one is folded, or None."""
    candidates = sorted((f for f in findings if _covers(f, finding)), key=_strength)
    return candidates[0].rule.id if candidates else None


def _covers(cause: Resolved, finding: Resolved) -> bool:
    if cause is finding or not _related(cause, finding):
        return False
    if finding.rule.kind == "cause":
        # an unproven leaf does not outrank the parent that is proven
        return cause.rule.parent == finding.rule.id and cause.confidence != "possible"
    if cause.rule.kind == "symptom":
        return finding.rule.id in cause.rule.explains
    if cause.confidence == "possible":
        return False
    rested = frozenset[int]().union(*(rests_on(o) for o in cause.outcomes))
    return finding.rule.id in cause.rule.explains or any(id(o) in rested for o in finding.outcomes)


def _related(left: Resolved, right: Resolved) -> bool:
    """Tell whether two findings can be about the same entities; unknown agrees with anything."""
    for name in ("ns", "pod"):
        ours = {o.bindings.get(name) for o in left.outcomes}
        theirs = {o.bindings.get(name) for o in right.outcomes}
        if None not in ours and None not in theirs and not ours & theirs:
            return False
    return True


def _strength(finding: Resolved) -> tuple[bool, int, int, str]:
    return (
        finding.rule.kind == "symptom",
        CONFIDENCES.index(finding.confidence),
        SEVERITIES.index(finding.rule.severity),
        finding.rule.id,
    )


def _explained(finding: Resolved, findings: Sequence[Resolved]) -> tuple[str, ...]:
    """Return the ids folded under a finding, those below its own symptoms included."""
    below = {f.rule.id for f in findings if f.explained_by == finding.rule.id}
    below |= {
        f.rule.id for f in findings if f.explained_by in below and f.rule.id != finding.rule.id
    }
    return tuple(sorted(below))


def _rank(finding: Resolved) -> tuple[int, int, int, int, int, bool, float, str]:
    group = 2 if finding.explained_by else int(finding.rule.kind == "symptom")
    first = finding.best.first
    return (
        group,
        CONFIDENCES.index(finding.confidence),
        SEVERITIES.index(finding.rule.severity),
        -len(finding.explains),
        FREQUENCIES.index(finding.rule.frequency_for(o.rule.id for o in finding.best.used)),
        first is None,
        first.timestamp() if first else 0.0,
        finding.rule.id,
    )


def _entity(outcome: Outcome) -> str:
    names = ("pod", "object", "runner", "job")
    return next((outcome.bindings[n] for n in names if n in outcome.bindings), "")
