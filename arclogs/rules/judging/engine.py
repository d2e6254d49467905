"""The engine: rules and a case in, outcomes with their match trees out. A pure function.

A rule's signals are evaluated in the order in which they stand. Each that holds binds variables; one
that holds in several ways splits the evaluation, so that every combination of entities gets its own
outcome. One that does not hold binds nothing, and what needs its variables cannot be told. What signals
show of yet other entities gets outcomes of its own (`others`).
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arclogs.model.coverage import Code, Note
from arclogs.rules.judging.branch import TIMES, Branch, joins
from arclogs.rules.judging.candidates import Candidates, Keyed
from arclogs.rules.judging.conditions import needs, reached
from arclogs.rules.judging.evaluate import Evaluator
from arclogs.rules.judging.others import Entities, Found, differ, is_of, nameless, speaks_of
from arclogs.rules.judging.outcome import Outcome
from arclogs.rules.judging.refuting import weigh
from arclogs.rules.language.bindings import Bindings, unify
from arclogs.rules.language.patience import patience
from arclogs.rules.language.signals import (
    AnySignal,
    EventSignal,
    LogSignal,
    ObjectSignal,
    RuleSignal,
)
from arclogs.rules.language.template import bind_let, let_value
from arclogs.rules.matching.match_text import TextMatcher
from arclogs.rules.matching.truth import Match, Result, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.case.case import Case
    from arclogs.model.location import Location
    from arclogs.model.report import Confidence
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.language.schema import Rule
    from arclogs.stopwatch import Stopwatch

MAX_BRANCHES = 400
"""Combinations of entities kept per rule; more are noted."""
_APART = MAX_BRANCHES + 1
"""From one start to the next: each branch from it takes an anchor of its own."""
_NOTHING = Candidates()


class Verdict(Struct, frozen=True):
    """What all rules came to."""

    outcomes: Mapping[str, tuple[Outcome, ...]]
    notes: tuple[Note, ...]
    accounted: frozenset[Location]
    """Lines that the fired rules matched or cite."""

    def fired(self) -> list[Outcome]:
        """Return every outcome that reached a rung."""
        return [o for group in self.outcomes.values() for o in group if o.confidence]


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
        if self._never(rule) or (not self.thorough and self._dormant(rule)):
            return ()
        found = {
            name: self.signals.candidates(rule.id, signal)
            for name, signal in rule.signals.items()
            if isinstance(signal, LogSignal | EventSignal | RuleSignal)
        }
        branches = self._branches(rule, Branch(), found)
        outcomes = [self._outcome(rule, branch) for branch in branches]
        outcomes += self._of_others(rule, branches, found)
        outcomes += self._of_states(rule, outcomes, found)
        return _doubt_assumptions(outcomes, self.case)

    def _of_others(self, rule: Rule, branches: list[Branch], found: Found) -> list[Outcome]:
        """Return what fires for entities that were found and that no branch is about."""
        outcomes: list[Outcome] = []
        known = [branch.bindings for branch in branches]
        named = Entities(rule, found)
        for number, entity in enumerate(named, 1):
            if len(known) >= MAX_BRANCHES:
                break
            if not is_of(entity, known) and named.may_fire(entity):
                bound = dict(entity)
                bind_let(rule.let, bound)
                start = Branch(bound, anchor=number * _APART)
                judged = [self._outcome(rule, b) for b in self._branches(rule, start, found)]
                others = [o for o in judged if speaks_of(o, entity)]
                known += [outcome.bindings for outcome in others]
                outcomes += [outcome for outcome in others if outcome.confidence]
        return outcomes

    def _of_states(self, rule: Rule, known: list[Outcome], found: Found) -> list[Outcome]:
        """Return what fires for others than those of whom lines and other rules speak."""
        unnamed = nameless(rule, found)
        if all(len(unnamed[name].matches) == len(found[name].matches) for name in found):
            return []
        fired = Keyed("pod", ((o.bindings, o.bindings) for o in known if o.confidence))
        start = Branch(anchor=-_APART)
        outcomes = [self._outcome(rule, b) for b in self._branches(rule, start, unnamed)]
        return [
            o
            for o in outcomes
            if o.confidence and all(differ(o.bindings, f) for f in fired.of(o.bindings.get("pod")))
        ]

    def _branches(self, rule: Rule, start: Branch, found: Found) -> list[Branch]:
        """Return every combination of entities; `found` is what signals come to, whatever of."""
        branches = [start]
        for position, (name, signal) in enumerate(rule.signals.items()):
            here = found.get(name, _NOTHING)
            each = (self._grow(b, name, signal, here, rule.let) for b in branches)
            grown = list(islice(chain.from_iterable(each), MAX_BRANCHES + 1))
            if len(grown) > MAX_BRANCHES:
                detail = f"more than {MAX_BRANCHES} combinations: only the first were judged"
                self.notes.append(Note(f"rule {rule.id}", Code.LIMIT_MATCHES, detail))
            branches = grown[:MAX_BRANCHES]
            if position == 0:
                branches = [replace(b, anchor=b.anchor + i) for i, b in enumerate(branches)]
        return branches

    def _outcome(self, rule: Rule, branch: Branch) -> Outcome:
        weighed = weigh(rule, branch.results, branch.matches, self.case.facts)
        confidence, rung = reached(rule.confidence, weighed.results)
        applies = self._applies(rule, branch.bindings.get("pod"))
        doubtful = weighed.doubted or applies is Truth.UNKNOWN or branch.rests_on_pieces
        if weighed.refuted or applies is Truth.FAILED:
            confidence = None
        elif confidence == "confirmed" and doubtful:
            confidence = "likely"
        return Outcome(
            rule, _placed(branch, rung), weighed.results, weighed.matches, confidence, rung,
            weighed.refuted, weighed.doubted, branch.anchor,
        )  # fmt: skip

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

    def _never(self, rule: Rule) -> bool:
        """Tell whether there is no pod of which a rule may speak."""
        facts = self.case.facts
        return any(
            facts.said_of("", fact) and facts.said_of(None, fact).isdisjoint(allowed)
            for fact, allowed in rule.applies_to.items()
        )

    def _applies(self, rule: Rule, pod: str | None) -> Truth:
        """Tell whether a rule may speak of a pod: what is said of others does not count then."""
        worst = Truth.HELD
        for fact, allowed in rule.applies_to.items():
            known = self.case.facts.said_of(pod, fact)
            if not known:
                worst = Truth.UNKNOWN
            elif known.isdisjoint(allowed):
                return Truth.FAILED
        return worst

    def _grow(
        self,
        branch: Branch,
        name: str,
        signal: AnySignal,
        candidates: Candidates,
        let: Mapping[str, str],
    ) -> list[Branch]:
        result = self.signals.match(branch.bindings, branch.matches, signal, candidates)
        grown: dict[tuple[tuple[str, str], ...], Branch] = {}
        agreeing = joins(branch, signal)
        state = isinstance(signal, ObjectSignal)
        for match in result.matches:
            joined = unify(branch.bindings, match.bindings, agreeing)
            if joined is None or _strays(match, signal, branch.bindings, let):
                continue
            if branch.far_from(match) or self._off_node(joined, (match, *branch.matches.values())):
                continue
            bind_let(let, joined)
            key = tuple(sorted((k, v) for k, v in joined.items() if k not in TIMES))
            known = grown.get(key)
            if known is None and len(grown) <= MAX_BRANCHES:
                grown[key] = branch.held(name, result, match, joined)
            elif known is not None:  # the same again, later: stretch the time it covers
                grown[key] = known.stretched(name, match)
            if state and len(grown) > MAX_BRANCHES:
                break
        if grown:
            return list(grown.values())
        if result.truth is Truth.HELD:
            result = Result(Truth.FAILED, why="it was seen, but for other entities")
        return [branch.missed(name, result)]

    def _off_node(self, bound: Bindings, matches: Iterable[Match]) -> bool:
        """Tell whether an event of a node is joined with a runner that is known to be on another."""
        told = {m.bindings.get("object") for m in matches if m.bindings.get("kind") == "Node"}
        pod = bound.get("pod")
        nodes = self.case.nodes_of(pod) if told and pod else frozenset[str]()
        return bool(nodes) and not told <= nodes


def _strays(match: Match, signal: AnySignal, known: Bindings, let: Mapping[str, str]) -> bool:
    """Tell whether a pod that was found is, by the rule's `let`, of another runner than is bound."""
    of_pod = match.bindings.get("kind") == "Pod" or (
        isinstance(signal, ObjectSignal) and signal.object == "Pod"
    )
    if not of_pod or "pod" not in known or "pod" in match.bindings:
        return False
    return let_value(let, "pod", match.bindings) not in (None, known["pod"])


def _placed(branch: Branch, rung: frozenset[str]) -> Bindings:
    """Return what is bound, but for what was found beside the rung in a namespace that was a guess."""
    guesses = {n for n, match in branch.matches.items() if n not in rung and "ns" in match.assumed}
    if not guesses or not rung & branch.matches.keys():
        return branch.bindings
    told = {v for n, match in branch.matches.items() if n not in guesses for v in match.bindings}
    guessed = {v for n in guesses for v in branch.matches[n].bindings} - told
    return {name: value for name, value in branch.bindings.items() if name not in guessed}


def _doubt_assumptions(outcomes: Sequence[Outcome], case: Case) -> tuple[Outcome, ...]:
    """Lower what is confirmed only for some of the entities that a log line could have meant.

    A line that does not name its pod may be of any: what is true of all of them is certain, what is
    true of some is likely.
    """
    groups: dict[int, set[Confidence | None]] = defaultdict(set)
    for outcome in outcomes:
        groups[outcome.anchor].add(outcome.confidence)
    doubted: list[Outcome] = []
    for outcome in outcomes:
        wanted = (match for name, match in outcome.matches.items() if name in outcome.rung)
        assumed = {name for match in wanted for name in match.assumed}
        several = len(groups[outcome.anchor]) > 1
        certain: Confidence | None = outcome.confidence
        if certain == "confirmed" and assumed and (several or _elsewhere(outcome, assumed, case)):
            certain = "likely"
        doubted.append(replace(outcome, confidence=certain))
    return tuple(doubted)


def _elsewhere(outcome: Outcome, assumed: set[str], case: Case) -> bool:
    """Tell whether a pod is not where it was assumed to be, though all pods there were collected."""
    pod, namespace = outcome.bindings.get("pod"), outcome.bindings.get("ns")
    if "ns" not in assumed or "pod" in assumed or pod is None:
        return False
    shown = any(case.live.named(kind, pod) for kind in ("Pod", "EphemeralRunner"))
    return not shown and case.collected.proof("Pod", namespace) is not None
