"""The engine: rules and a case in, outcomes with their match trees out. A pure function.

A rule's signals are evaluated in the order in which they stand. Each that holds binds variables; one
that holds in several ways splits the evaluation, so that every combination of entities gets its own
outcome. One that does not hold binds nothing, and what needs its variables cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from arclogs.model.coverage import Code, Note
from arclogs.rules.bindings import JOINS, Bindings, duration, unify, variable
from arclogs.rules.conditions import reached
from arclogs.rules.match_object import match_object
from arclogs.rules.match_text import TextMatcher
from arclogs.rules.outcome import Outcome
from arclogs.rules.signals import (
    AnySignal,
    EventSignal,
    FactSignal,
    LogSignal,
    Near,
    ObjectSignal,
    RuleSignal,
)
from arclogs.rules.truth import Match, Proof, Result, Truth
from arclogs.rules.versions import version_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from arclogs.case.case import Case
    from arclogs.model.location import Location
    from arclogs.model.record import Source
    from arclogs.model.report import Confidence
    from arclogs.rules.load import RuleSet
    from arclogs.rules.schema import Rule

MAX_BRANCHES = 400
"""Combinations of entities kept per rule; more are noted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all rules came to."""

    outcomes: Mapping[str, tuple[Outcome, ...]]
    notes: tuple[Note, ...]
    accounted: frozenset[Location]
    """Lines that the fired rules matched or cite."""

    def fired(self) -> list[Outcome]:
        """Return every outcome that reached a rung."""
        return [o for group in self.outcomes.values() for o in group if o.confidence]


@dataclass(frozen=True, slots=True)
class _Branch:
    bindings: Bindings = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    matches: Mapping[str, Match] = field(default_factory=dict)
    anchor: int = 0

    def held(self, name: str, result: Result, match: Match, joined: Bindings) -> _Branch:
        return replace(
            self,
            bindings=joined,
            results={**self.results, name: result},
            matches={**self.matches, name: match},
        )

    def missed(self, name: str, result: Result) -> _Branch:
        return replace(self, results={**self.results, name: result})


def judge(rules: RuleSet, case: Case) -> Verdict:
    """Evaluate every rule on the case."""
    notes: list[Note] = []
    engine = _Engine(case, TextMatcher(case, notes, {}), {}, notes)
    for rule in rules.rules:
        engine.outcomes[rule.id] = engine.evaluate(rule)
    return Verdict(engine.outcomes, tuple(sorted(set(notes))), frozenset(engine.accounted()))


@dataclass(slots=True)
class _Engine:
    case: Case
    text: TextMatcher
    outcomes: dict[str, tuple[Outcome, ...]]
    notes: list[Note]

    def evaluate(self, rule: Rule) -> tuple[Outcome, ...]:
        applies = self._applies(rule)
        if applies is Truth.FAILED:
            return ()
        branches = [_Branch()]
        for position, (name, signal) in enumerate(rule.signals.items()):
            candidates = self._candidates(rule.id, signal)
            grown = [b for branch in branches for b in self._grow(branch, name, signal, candidates)]
            if len(grown) > MAX_BRANCHES:
                detail = f"{len(grown)} combinations, the first {MAX_BRANCHES} were judged"
                self.notes.append(Note(f"rule {rule.id}", Code.LIMIT_MATCHES, detail))
            branches = grown[:MAX_BRANCHES]
            if position == 0:
                branches = [replace(b, anchor=i) for i, b in enumerate(branches)]
        return _doubt_assumptions(tuple(_outcome(rule, b, applies) for b in branches))

    def accounted(self) -> Iterator[Location]:
        """Yield every line that some rule which fired has matched or cites."""
        for rule_id, outcomes in self.outcomes.items():
            fired = [o for o in outcomes if o.confidence]
            if fired:
                yield from self.text.matched.get(rule_id, ())
            for outcome in fired:
                yield from (proof.location for _, proof in outcome.proofs())

    def _applies(self, rule: Rule) -> Truth:
        worst = Truth.HELD
        for fact, allowed in rule.applies_to.items():
            known = self.case.facts.all(fact)
            if not known:
                worst = Truth.UNKNOWN
            elif not set(known) & set(allowed):
                return Truth.FAILED
        return worst

    def _candidates(self, rule_id: str, signal: AnySignal) -> list[Match]:
        """Return what fits a text signal before any binding is looked at."""
        if isinstance(signal, LogSignal):
            return self.text.logs(rule_id, signal)
        return self.text.events(rule_id, signal) if isinstance(signal, EventSignal) else []

    def _grow(
        self, branch: _Branch, name: str, signal: AnySignal, candidates: list[Match]
    ) -> list[_Branch]:
        result = self._match(branch, signal, candidates)
        grown: dict[tuple[tuple[str, str], ...], _Branch] = {}
        for match in result.matches:
            joined = unify(branch.bindings, match.bindings, _joins(branch, signal))
            if joined is None:
                continue
            key = tuple(sorted((k, v) for k, v in joined.items() if k not in _TIMES))
            known = grown.get(key)
            if known is None:
                grown[key] = branch.held(name, result, match, joined)
            else:  # the same again, later: stretch the time it covers
                grown[key] = _stretch(known, name, match)
        if grown:
            return list(grown.values())
        if result.truth is Truth.HELD:
            result = Result(Truth.FAILED, why="it was seen, but for other entities")
        return [branch.missed(name, result)]

    def _match(self, branch: _Branch, signal: AnySignal, candidates: list[Match]) -> Result:
        known = branch.bindings
        if isinstance(signal, ObjectSignal):
            return match_object(signal, known, self.case)
        if isinstance(signal, RuleSignal):
            return self._rule(signal)
        if isinstance(signal, FactSignal):
            return self._fact(signal)
        matches = [m for m in candidates if _fits(m, signal, known)]
        if signal.near and matches:
            return self._near(signal.near, branch, matches)
        if matches:
            return Result(Truth.HELD, tuple(matches))
        if isinstance(signal, LogSignal):
            return self._no_line(signal.log, known.get("pod"))
        if self.case.events:
            return Result(Truth.FAILED, why="no such event among those collected")
        return Result(Truth.UNKNOWN, why="no events were collected")

    def _no_line(self, sources: Sequence[Source], pod: str | None) -> Result:
        names = " or ".join(s.value for s in sources)
        for source in sources:
            pods = self.case.log_sources.get(source)
            if pods and (pod is None or pod in pods or None in pods):
                return Result(Truth.FAILED, why=f"no such line in the {names} log")
        return Result(Truth.UNKNOWN, why=f"no {names} log was collected")

    def _near(self, near: Near, branch: _Branch, matches: list[Match]) -> Result:
        anchor = branch.matches.get(near.signal)
        if anchor is None or anchor.first is None:
            return Result(Truth.UNKNOWN, why=f"{near.signal} has no time to compare with")
        start = anchor.first - duration(near.before)
        end = (anchor.last or anchor.first) + duration(near.after)
        timed = [m for m in matches if m.first is not None and m.last is not None]
        inside = [m for m in timed if m.last and m.first and m.last >= start and m.first <= end]
        if inside:
            return Result(Truth.HELD, tuple(inside))
        if len(timed) < len(matches):
            return Result(Truth.UNKNOWN, why="it was seen, but its time is not known")
        return Result(Truth.FAILED, why=f"seen, but not near {near.signal} in time")

    def _rule(self, signal: RuleSignal) -> Result:
        fired = [o for rule in signal.rule for o in self.outcomes.get(rule, ()) if o.confidence]
        matches = tuple(
            Match(o.bindings, tuple(p for _, p in o.proofs()), o.first, o.last, (o,)) for o in fired
        )
        if matches:
            return Result(Truth.HELD, matches)
        return Result(Truth.FAILED, why=f"{' or '.join(signal.rule)} was not seen")

    def _fact(self, signal: FactSignal) -> Result:
        known = self.case.facts.values.get(signal.fact, ())
        if not known:
            return Result(Truth.UNKNOWN, why=f"the bundle does not tell the {signal.fact}")
        fitting = [s for s in known if _fact_fits(signal, s.value)]
        if not fitting:
            return Result(Truth.FAILED, why=f"{signal.fact} is {known[0].value}")
        first = fitting[0]
        text = first.raw or f"({signal.fact} {first.value})"
        proof = Proof(first.location, text, says=signal.says)
        return Result(Truth.HELD, (Match({signal.fact: first.value}, (proof,)),))


_TIMES = frozenset({"t", "step", "job", "message"})


def _joins(branch: _Branch, signal: AnySignal) -> frozenset[str]:
    """Variables that must agree: namespace and pod, and whatever the author captured by name."""
    named = set(signal.capture) if isinstance(signal, ObjectSignal) else set()
    for text in _patterns(signal):
        named |= {g for g in branch.bindings if f"(?<{g}>" in text or f"(?P<{g}>" in text}
    return JOINS | named


def _patterns(signal: AnySignal) -> list[str]:
    if isinstance(signal, LogSignal):
        return [signal.match or ""]
    return [signal.event.message or ""] if isinstance(signal, EventSignal) else []


def _fits(match: Match, signal: LogSignal | EventSignal, known: Bindings) -> bool:
    """Tell whether a text match agrees with what is bound and with an event's `where`."""
    where = signal.where if isinstance(signal, EventSignal) else {}
    for key, wanted in where.items():
        actual = match.bindings.get({"namespace": "ns", "name": "object"}.get(key, key))
        name = variable(wanted)
        value = known.get(name) if name else str(wanted)
        if actual is not None and value is not None and actual != value:
            return False
        if actual is None and key == "name":
            return False
    return all(known.get(j) in (None, match.bindings.get(j, known.get(j))) for j in JOINS)


def _stretch(branch: _Branch, name: str, later: Match) -> _Branch:
    kept = branch.matches[name]
    ends = [t for t in (kept.last, later.last) if t]
    starts = [t for t in (kept.first, later.first) if t]
    used = kept.used + tuple(o for o in later.used if o not in kept.used)
    wider = replace(kept, first=min(starts, default=None), last=max(ends, default=None), used=used)
    return replace(branch, matches={**branch.matches, name: wider})


def _fact_fits(signal: FactSignal, value: str) -> bool:
    if signal.equals is not None and value not in signal.equals:
        return False
    if signal.below is not None and version_key(value) >= version_key(signal.below):
        return False
    return signal.from_ is None or version_key(value) >= version_key(signal.from_)


def _outcome(rule: Rule, branch: _Branch, applies: Truth) -> Outcome:
    results = branch.results
    refuted = tuple(n for n in rule.refuted_by if results[n].truth is Truth.HELD)
    confidence, rung = reached(rule.confidence, results)
    if refuted:
        confidence = None
    elif confidence == "confirmed" and applies is Truth.UNKNOWN:
        confidence = "likely"
    return Outcome(
        rule, branch.bindings, results, branch.matches, confidence, rung, refuted, branch.anchor
    )


def _doubt_assumptions(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Lower what is confirmed only for some of the entities that a log line could have meant.

    A line that does not name its pod may be of any: what is true of all of them is certain, what is
    true of some is likely.
    """
    groups: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.anchor].append(outcome)
    doubted: list[Outcome] = []
    for outcome in outcomes:
        assumed = any(m.assumed for m in outcome.matches.values())
        alike = all(o.confidence == outcome.confidence for o in groups[outcome.anchor])
        certain: Confidence | None = outcome.confidence
        if certain == "confirmed" and assumed and not alike:
            certain = "likely"
        doubted.append(replace(outcome, confidence=certain))
    return tuple(doubted)
