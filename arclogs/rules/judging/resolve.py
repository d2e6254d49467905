"""From outcomes to findings: cause over symptom, leaf over parent, one finding for many pods."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.model.report import CONFIDENCES, SEVERITIES
from arclogs.rules.judging.candidates import Keyed
from arclogs.rules.judging.others import differ
from arclogs.rules.language.bindings import JOINS
from arclogs.rules.language.schema import FREQUENCIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from arclogs.model.report import Confidence
    from arclogs.rules.judging.engine import Verdict
    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.language.bindings import Bindings
    from arclogs.rules.language.schema import Rule


class Resolved(Struct, frozen=True, dict=True):
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

    @cached_property
    def rests_on(self) -> frozenset[int]:
        """Return the identities of all outcomes on which one of its own rests."""
        return frozenset[int]().union(*(o.rests_on for o in self.outcomes))

    @cached_property
    def entities(self) -> Mapping[str, frozenset[str | None]]:
        """Return the namespaces and pods that it is about; None among them where one is not known."""
        return {name: frozenset(o.bindings.get(name) for o in self.outcomes) for name in JOINS}

    @cached_property
    def _by_pod(self) -> Keyed[Outcome]:
        return Keyed("pod", ((outcome.bindings, outcome) for outcome in self.outcomes))

    def explains_outcome(self, outcome: Outcome) -> bool:
        """Tell whether what it rests on, or may be about the same, is an outcome of a symptom."""
        if id(outcome) in self.rests_on:
            return True
        near = self._by_pod.of(outcome.bindings.get("pod"))
        return outcome.rule.id in self.rule.explains and any(
            not differ(outcome.bindings, other.bindings) for other in near
        )

    @property
    def count(self) -> int:
        """Return how many pods (or other entities) show it; who is not named may be one of them."""
        named = [o.bindings for o in self.outcomes if "pod" in o.bindings]
        others = (
            o
            for o in self.outcomes
            if "pod" in o.bindings or all(_another(o.bindings, known) for known in named)
        )
        return len({_entity(o) for o in others})


def resolve(verdict: Verdict) -> list[Resolved]:
    """Return the findings, ranked as the report contract says."""
    findings = _fold(shown(verdict))
    above = _Above(findings)
    findings = [part for finding in findings for part in above.parted(finding)]
    findings = [replace(f, explains=_explained(f, findings)) for f in findings]
    return sorted(findings, key=_rank)


def shown(verdict: Verdict) -> list[Outcome]:
    """Return the outcomes that become findings."""
    return _without_rivals_of_confirmed(verdict.fired())


def _without_rivals_of_confirmed(fired: Sequence[Outcome]) -> list[Outcome]:
    """Drop what is only possible where another cause of the same symptom is confirmed."""
    settled: set[int] = set()
    for outcome in fired:
        if outcome.rule.kind == "cause" and outcome.confidence == "confirmed":
            settled |= outcome.rests_on
    return [
        o
        for o in fired
        if o.confidence != "possible" or o.rule.kind == "symptom" or not o.rests_on
        or not o.rests_on <= settled
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


class _Above:
    """Finds what may explain a finding without looking at all others."""

    def __init__(self, findings: Iterable[Resolved]) -> None:
        self._of_rule: dict[str, list[Resolved]] = defaultdict(list)
        self._of_outcome: dict[int, list[Resolved]] = defaultdict(list)
        for finding in findings:
            for rule_id in {finding.rule.parent, *finding.rule.explains} - {None}:
                self._of_rule[str(rule_id)].append(finding)
            for outcome in finding.rests_on:
                self._of_outcome[outcome].append(finding)

    def parted(self, finding: Resolved) -> list[Resolved]:
        """Return a finding with what explains it; of a symptom what nothing explains stands apart."""
        near = [*self._of_rule[finding.rule.id]]
        for outcome in finding.outcomes:
            near += self._of_outcome[id(outcome)]
        causes = sorted((f for f in near if _covers(f, finding)), key=_strength)
        if not causes:
            return [finding]
        if finding.rule.kind == "cause":
            return [replace(finding, explained_by=causes[0].rule.id)]
        parts: dict[str | None, list[Outcome]] = defaultdict(list)
        for outcome in finding.outcomes:
            cause = next((c for c in causes if c.explains_outcome(outcome)), None)
            parts[cause.rule.id if cause else None].append(outcome)
        return [Resolved(finding.rule, tuple(part), by) for by, part in parts.items()]


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
    return finding.rule.id in cause.rule.explains or any(
        id(outcome) in cause.rests_on for outcome in finding.outcomes
    )


def _related(left: Resolved, right: Resolved) -> bool:
    """Tell whether two findings can be about the same entities; unknown agrees with anything."""
    for name, ours in left.entities.items():
        theirs = right.entities[name]
        if None not in ours and None not in theirs and ours.isdisjoint(theirs):
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


def _another(one: Bindings, other: Bindings) -> bool:
    """Tell whether bindings, one of them without a pod, are surely of two jobs."""
    jobs = {one.get("job"), other.get("job")} - {None}
    return differ(one, other) or len(jobs) > 1


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


def _entity(outcome: Outcome) -> str | int:
    """Return whom an outcome is about; what was only assumed tells no two of them apart."""
    assumed = {name for match in outcome.matches.values() for name in match.assumed}
    named = (n for n in ("pod", "object", "runner", "job") if n in outcome.bindings)
    return next((outcome.bindings[n] for n in named if n not in assumed), outcome.anchor)
