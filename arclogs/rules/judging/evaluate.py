"""Evaluating one signal under the bindings found so far."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.case.objects.objects import Found, Lookup, Presence
from arclogs.model.observation import Trust
from arclogs.rules.judging.candidates import Candidates
from arclogs.rules.language.bindings import JOINS, Bindings, duration, resolve
from arclogs.rules.language.signals import (
    AnySignal,
    Count,
    EventSignal,
    FactSignal,
    LogSignal,
    Near,
    ObjectSignal,
    RuleSignal,
    SequenceSignal,
)
from arclogs.rules.language.versions import version_key
from arclogs.rules.matching.compare import compare
from arclogs.rules.matching.match_object import match_object
from arclogs.rules.matching.truth import Match, Proof, Result, Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arclogs.case.case import Case
    from arclogs.model.record import Source
    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.matching.match_text import TextMatcher


class Evaluator(Struct, frozen=True):
    """Knows the case and what the rules judged so far came to."""

    case: Case
    text: TextMatcher
    outcomes: Mapping[str, tuple[Outcome, ...]]

    def candidates(self, rule_id: str, signal: LogSignal | EventSignal | RuleSignal) -> Candidates:
        """Return what fits a text or rule signal before any binding is looked at."""
        if isinstance(signal, LogSignal):
            return Candidates(self.text.logs(rule_id, signal))
        if isinstance(signal, RuleSignal):
            return Candidates(self._of_rules(signal))
        return Candidates(self.text.events(rule_id, signal))

    def possible(self, signal: AnySignal) -> bool:
        """Tell cheaply whether a signal may hold at all."""
        if isinstance(signal, LogSignal | EventSignal):
            return self.text.possible(signal)
        if isinstance(signal, RuleSignal):
            return any(o.confidence for rule in signal.rule for o in self.outcomes.get(rule, ()))
        return True

    def match(
        self,
        known: Bindings,
        before: Mapping[str, Match],
        signal: AnySignal,
        candidates: Candidates,
    ) -> Result:
        """Evaluate a signal; `before` are the matches of the signals that stand before it."""
        if isinstance(signal, ObjectSignal):
            return match_object(signal, known, self.case)
        if isinstance(signal, RuleSignal):
            return _seen(signal, candidates, known)
        if isinstance(signal, FactSignal):
            return self._fact(signal)
        if isinstance(signal, SequenceSignal):
            return _in_order(signal, before)
        matches = [m for m in candidates.fitting(signal, known) if _fits(m, signal, known)]
        if signal.near and matches:
            return _near(signal.near, before, matches)
        if signal.count and matches:
            return _often_enough(signal.count, matches)
        if matches:
            return Result(Truth.HELD, tuple(matches))
        if isinstance(signal, LogSignal):
            return self._no_line(signal.log, known.get("pod"))
        return self._no_event(known.get("ns"))

    def _no_event(self, namespace: str | None) -> Result:
        if not self.case.events:
            return Result(Truth.UNKNOWN, why="no events were collected")
        if namespace is None or not self.case.event_namespaces.isdisjoint((namespace, None)):
            return Result(Truth.FAILED, why="no such event among those collected")
        return Result(Truth.UNKNOWN, why=f"no events of namespace {namespace} were collected")

    def _no_line(self, sources: Sequence[Source], pod: str | None) -> Result:
        names = " or ".join(s.value for s in sources)
        for source in sources:
            pods = self.case.log_sources.get(source)
            if pods and (pod is None or pod in pods or None in pods):
                return Result(Truth.FAILED, why=f"no such line in the {names} log")
        return Result(Truth.UNKNOWN, why=f"no {names} log was collected")

    def _of_rules(self, signal: RuleSignal) -> list[Match]:
        fired = (o for rule in signal.rule for o in self.outcomes.get(rule, ()) if o.confidence)
        return [
            Match(
                o.bindings, tuple(p for _, p in o.proofs()), o.first, o.last, (o,),
                anonymous="pod" not in o.bindings and any(m.anonymous for m in o.matches.values()),
            )
            for o in fired
        ]  # fmt: skip

    def _fact(self, signal: FactSignal) -> Result:
        known = self.case.facts.values.get(signal.fact, ())
        if not known:
            return Result(Truth.UNKNOWN, why=f"the bundle does not tell the {signal.fact}")
        fitting = [s for s in known if fact_fits(signal, s.value)]
        if not fitting:
            return Result(Truth.FAILED, why=f"{signal.fact} is {known[0].value}")
        first = fitting[0]
        text = first.raw or f"({signal.fact} {first.value})"
        proof = Proof(first.location, text, says=signal.says)
        return Result(Truth.HELD, (Match({signal.fact: first.value}, (proof,)),))


def _seen(signal: RuleSignal, found: Candidates, known: Bindings) -> Result:
    if found.matches:
        return Result(Truth.HELD, found.fitting(signal, known))
    return Result(Truth.FAILED, why=f"{' or '.join(signal.rule)} was not seen")


def _in_order(signal: SequenceSignal, before: Mapping[str, Match]) -> Result:
    """Walk the signals in time; one that was seen for a while may take any moment of it."""
    start = now = None
    for name in signal.sequence:
        match = before.get(name)
        if match is None:
            return Result(Truth.FAILED, why=f"{name} was not seen")
        if match.first is None or match.last is None:
            return Result(Truth.UNKNOWN, why=f"{name} has no time to compare with")
        if now is not None and match.last < now:
            return Result(Truth.FAILED, why=f"{name} came before what should precede it")
        now = match.first if now is None else max(now, match.first)
        start = now if start is None else start
    if signal.within and start and now and now - start > duration(signal.within):
        return Result(Truth.FAILED, why=f"they took longer than {signal.within}")
    return Result(Truth.HELD, (Match({}, (), start, now),))


def _often_enough(count: Count, matches: Sequence[Match]) -> Result:
    """Keep the namespaces and pods for which the line was seen often enough, in time."""
    apart = (*sorted(JOINS), *count.by)
    groups: dict[tuple[str | None, ...], list[Match]] = defaultdict(list)
    for match in matches:
        groups[tuple(match.bindings.get(j) for j in apart)].append(match)
    held = [m for group in groups.values() if _dense(count, group) for m in group]
    if held:
        return Result(Truth.HELD, tuple(held))
    most = max(len(group) for group in groups.values())
    window = f" within {count.within}" if count.within else ""
    return Result(Truth.FAILED, why=f"seen {most} times, not {count.at_least}{window}")


def _dense(count: Count, group: Sequence[Match]) -> bool:
    if len(group) < count.at_least or count.within is None:
        return len(group) >= count.at_least
    times = sorted(m.first for m in group if m.first)
    span = duration(count.within)
    ends = times[count.at_least - 1 :]
    return any(last - first <= span for first, last in zip(times, ends))


def _near(near: Near, before: Mapping[str, Match], matches: Sequence[Match]) -> Result:
    anchor = before.get(near.signal)
    if anchor is None or anchor.first is None:
        return Result(Truth.UNKNOWN, why=f"{near.signal} has no time to compare with")
    last = anchor.last or anchor.first
    start = (last if near.of == "last" else anchor.first) - duration(near.before)
    end = (anchor.first if near.of == "first" else last) + duration(near.after)
    timed = [m for m in matches if m.first is not None and m.last is not None]
    inside = [m for m in timed if m.last and m.first and m.last >= start and m.first <= end]
    if inside:
        return Result(Truth.HELD, tuple(inside))
    if len(timed) < len(matches):
        return Result(Truth.UNKNOWN, why="it was seen, but its time is not known")
    return Result(Truth.FAILED, why=f"seen, but not near {near.signal} in time")


def _fits(match: Match, signal: LogSignal | EventSignal, known: Bindings) -> bool:
    """Tell whether a text match agrees with what is bound and with an event's `where`."""
    where = signal.where if isinstance(signal, EventSignal) else {}
    return all(_event_fits(match, key, wanted, known) for key, wanted in where.items()) and all(
        known.get(j) in (None, match.bindings.get(j, known.get(j))) for j in JOINS
    )


def _event_fits(match: Match, key: str, stated: Any, known: Bindings) -> bool:
    """Compare a field of an event; one that it does not show fits, but no name that is bound."""
    field, _, modifier = key.partition("|")
    actual = match.bindings.get({"namespace": "ns", "name": "object"}.get(field, field))
    wanted = resolve(stated, known)
    if actual is None:
        return field != "name" or wanted is None
    if wanted is None:
        return True  # nothing has bound it yet: any will do
    shown = Found(actual, Trust.LIVE, (match.proofs[0].location, ""))
    return compare(Lookup(Presence.PRESENT, (shown,)), modifier, wanted)[0] is Truth.HELD


def fact_fits(signal: FactSignal, value: str) -> bool:
    """Tell whether a stated value is one that a signal asks for."""
    if signal.equals is not None and value not in signal.equals:
        return False
    if signal.below is not None and version_key(value) >= version_key(signal.below):
        return False
    return signal.from_ is None or version_key(value) >= version_key(signal.from_)
