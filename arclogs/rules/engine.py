"""The engine: rules and a case in, outcomes with their match trees out. A pure function.

A rule's signals are evaluated in the order in which they stand. Each that holds binds variables; one
that holds in several ways splits the evaluation, so that every combination of entities gets its own
outcome. One that does not hold binds nothing, and what needs its variables cannot be told.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.model.coverage import Code, Note
from arclogs.rules.bindings import JOINS, Bindings, unify
from arclogs.rules.conditions import needs, reached
from arclogs.rules.evaluate import Evaluator
from arclogs.rules.match_text import TextMatcher
from arclogs.rules.outcome import Outcome
from arclogs.rules.patience import patience
from arclogs.rules.refuting import weigh
from arclogs.rules.signals import (
    AnySignal,
    EventSignal,
    LogSignal,
    ObjectSignal,
)
from arclogs.rules.template import bind_let
from arclogs.rules.truth import Match, Result, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.case.case import Case
    from arclogs.case.facts import Facts
    from arclogs.model.location import Location
    from arclogs.model.report import Confidence
    from arclogs.rules.load import RuleSet
    from arclogs.rules.schema import Rule
    from arclogs.stopwatch import Stopwatch

MAX_BRANCHES = 400
"""Combinations of entities kept per rule; more are noted."""


class Verdict(Struct, frozen=True):
    """What all rules came to."""

    outcomes: Mapping[str, tuple[Outcome, ...]]
    notes: tuple[Note, ...]
    accounted: frozenset[Location]
    """Lines that the fired rules matched or cite."""

    def fired(self) -> list[Outcome]:
        """Return every outcome that reached a rung."""
        return [o for group in self.outcomes.values() for o in group if o.confidence]


class _Branch(Struct, frozen=True):
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


def judge(
    rules: RuleSet, case: Case, *, thorough: bool = False, clock: Stopwatch | None = None
) -> Verdict:
    """Evaluate every rule on the case.

    A rule none of whose rungs can hold, since no line, event or rule that they need was seen, has no
    outcome. `thorough` evaluates it all the same, to tell signal by signal why it did not fire.
    `clock` is told what each rule took.
    """
    notes: list[Note] = []
    text = TextMatcher(case, rules)
    outcomes: dict[str, tuple[Outcome, ...]] = {}
    engine = _Engine(case, Evaluator(case, text, outcomes), outcomes, notes, thorough)
    with patience(notes) as shared:
        for rule in rules.rules:
            shared.rule = rule.id
            with nullcontext() if clock is None else clock.rule(rule.id, text.left_for(rule)):
                engine.outcomes[rule.id] = engine.evaluate(rule)
    return Verdict(engine.outcomes, tuple(sorted(set(notes))), frozenset(engine.accounted()))


class _Engine(Struct):
    case: Case
    signals: Evaluator
    outcomes: dict[str, tuple[Outcome, ...]]
    notes: list[Note]
    thorough: bool

    def evaluate(self, rule: Rule) -> tuple[Outcome, ...]:
        applies = self._applies(rule)
        if applies is Truth.FAILED or (not self.thorough and self._dormant(rule)):
            return ()
        branches = [_Branch()]
        for position, (name, signal) in enumerate(rule.signals.items()):
            candidates = self.signals.candidates(rule.id, signal)
            each = (self._grow(b, name, signal, candidates, rule.let) for b in branches)
            grown = list(islice(chain.from_iterable(each), MAX_BRANCHES + 1))
            if len(grown) > MAX_BRANCHES:
                detail = f"more than {MAX_BRANCHES} combinations: only the first were judged"
                self.notes.append(Note(f"rule {rule.id}", Code.LIMIT_MATCHES, detail))
            branches = grown[:MAX_BRANCHES]
            if position == 0:
                branches = [replace(b, anchor=i) for i, b in enumerate(branches)]
        facts = self.case.facts
        return _doubt_assumptions(tuple(_outcome(rule, b, applies, facts) for b in branches))

    def _dormant(self, rule: Rule) -> bool:
        absent = {n for n, signal in rule.signals.items() if not self.signals.possible(signal)}
        return bool(absent) and all(needs(rung, absent) for _, rung in rule.confidence.rungs())

    def accounted(self) -> Iterator[Location]:
        """Yield every line that some rule which fired has matched or cites."""
        for rule_id, outcomes in self.outcomes.items():
            fired = [o for o in outcomes if o.confidence]
            if fired:
                yield from self.signals.text.matched.get(rule_id, ())
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

    def _grow(
        self,
        branch: _Branch,
        name: str,
        signal: AnySignal,
        candidates: list[Match],
        let: Mapping[str, str],
    ) -> list[_Branch]:
        result = self.signals.match(branch.bindings, branch.matches, signal, candidates)
        grown: dict[tuple[tuple[str, str], ...], _Branch] = {}
        joins = _joins(branch, signal)
        state = isinstance(signal, ObjectSignal)
        for match in result.matches:
            joined = unify(branch.bindings, match.bindings, joins)
            if joined is None:
                continue
            bind_let(let, joined)
            key = tuple(sorted((k, v) for k, v in joined.items() if k not in _TIMES))
            known = grown.get(key)
            if known is None and len(grown) <= MAX_BRANCHES:
                grown[key] = branch.held(name, result, match, joined)
            elif known is not None:  # the same again, later: stretch the time it covers
                grown[key] = _stretch(known, name, match)
            if state and len(grown) > MAX_BRANCHES:
                break
        if grown:
            return list(grown.values())
        if result.truth is Truth.HELD:
            result = Result(Truth.FAILED, why="it was seen, but for other entities")
        return [branch.missed(name, result)]


_TIMES = frozenset({"t", "step", "job", "message"})


def _joins(branch: _Branch, signal: AnySignal) -> frozenset[str]:
    """Variables that must agree: namespace and pod, and whatever the author captured by name."""
    named = set(signal.capture) if isinstance(signal, ObjectSignal | LogSignal) else set()
    for text in _patterns(signal):
        named |= {g for g in branch.bindings if f"(?<{g}>" in text or f"(?P<{g}>" in text}
    return JOINS | named


def _patterns(signal: AnySignal) -> list[str]:
    if isinstance(signal, LogSignal):
        return [signal.match or ""]
    return [signal.event.message or ""] if isinstance(signal, EventSignal) else []


def _stretch(branch: _Branch, name: str, later: Match) -> _Branch:
    kept = branch.matches[name]
    ends = [t for t in (kept.last, later.last) if t]
    starts = [t for t in (kept.first, later.first) if t]
    used = kept.used + tuple(o for o in later.used if o not in kept.used)
    wider = replace(kept, first=min(starts, default=None), last=max(ends, default=None), used=used)
    return replace(branch, matches={**branch.matches, name: wider})


def _outcome(rule: Rule, branch: _Branch, applies: Truth, facts: Facts) -> Outcome:
    weighed = weigh(rule, branch.results, branch.matches, facts)
    confidence, rung = reached(rule.confidence, weighed.results)
    doubtful = weighed.doubted or applies is Truth.UNKNOWN or _rests_on_pieces(branch)
    if weighed.refuted:
        confidence = None
    elif confidence == "confirmed" and doubtful:
        confidence = "likely"
    return Outcome(
        rule, branch.bindings, weighed.results, weighed.matches, confidence, rung, weighed.refuted,
        weighed.doubted, branch.anchor,
    )  # fmt: skip


def _rests_on_pieces(branch: _Branch) -> bool:
    """Tell what rests on a piece of an object that may be another's than the one it is about."""
    return any(match.nameless for match in branch.matches.values())


def _doubt_assumptions(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Lower what is confirmed only for some of the entities that a log line could have meant.

    A line that does not name its pod may be of any: what is true of all of them is certain, what is
    true of some is likely.
    """
    groups: dict[int, set[Confidence | None]] = defaultdict(set)
    for outcome in outcomes:
        groups[outcome.anchor].add(outcome.confidence)
    doubted: list[Outcome] = []
    for outcome in outcomes:
        assumed = any(m.assumed for m in outcome.matches.values())
        alike = len(groups[outcome.anchor]) == 1
        certain: Confidence | None = outcome.confidence
        if certain == "confirmed" and assumed and not alike:
            certain = "likely"
        doubted.append(replace(outcome, confidence=certain))
    return tuple(doubted)
