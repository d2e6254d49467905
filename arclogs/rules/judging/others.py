"""Entities that a rule has not come to, since its first signals hold for others.

    refused: pod a      unreachable: pod b      `refused` binds pod a, for which nothing was unreachable

A signal that holds binds its pod and namespace for those behind it. What these show of others is another
occurrence, and is judged as one in which the first does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from arclogs.rules.judging.candidates import Candidates
from arclogs.rules.judging.conditions import needs, speaking_against
from arclogs.rules.language.bindings import GIVEN, JOINS
from arclogs.rules.language.signals import EventSignal, ObjectSignal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.language.bindings import Bindings
    from arclogs.rules.language.schema import Rule

_OBJECT: Final = "object"
"""What an event is about."""

Entity: TypeAlias = "tuple[tuple[str, str], ...]"
"""Names and values of variables that join signals."""
Found: TypeAlias = "Mapping[str, Candidates]"
"""What text and rule signals come to, by name."""


class Entities:
    """The entities that what was found speaks of."""

    def __init__(self, rule: Rule, found: Found) -> None:
        with_object = JOINS | {_OBJECT} if _asks_for_object(rule) else JOINS
        self._rule = rule
        self._signals: dict[Entity, set[str]] = defaultdict(set)
        for name, candidates in found.items():
            for match in candidates.matches:
                identity = with_object if match.bindings.get("kind") == "Pod" else JOINS
                self._signals[_entity(match.bindings, identity)].add(name)
        self._names = found.keys()

    def __iter__(self) -> Iterator[Entity]:
        """Yield them all, the least specific first."""
        return iter(sorted(filter(None, self._signals), key=lambda e: (len(e), e)))

    def may_fire(self, entity: Entity) -> bool:
        """Tell whether a rung can be reached with what speaks of an entity, or of nobody."""
        every = self._signals.items()
        held = {name for other, names in every if _agree(entity, other) for name in names}
        absent = self._names - held
        return not all(needs(rung, absent) for _, rung in self._rule.confidence.rungs())


def _entity(bindings: Bindings, identity: frozenset[str] = JOINS) -> Entity:
    return tuple((name, bindings[name]) for name in sorted(identity) if name in bindings)


def _asks_for_object(rule: Rule) -> bool:
    """Tell whether a signal wants the object that an event before it was about."""
    return any(
        f"${_OBJECT}" in signal.where.values()
        for signal in rule.signals.values()
        if isinstance(signal, EventSignal | ObjectSignal)
    )


def nameless(rule: Rule, found: Found) -> Found:
    """Return what was found but for the lines and rules that speak for a cause, and of somebody."""
    stay = {name for name in found if isinstance(rule.signals[name], EventSignal)}
    stay.update(rule.refuted_by, *(speaking_against(rung) for _, rung in rule.confidence.rungs()))
    return {
        name: candidates
        if name in stay
        else Candidates([m for m in candidates.matches if not _entity(m.bindings)])
        for name, candidates in found.items()
    }


def is_of(entity: Entity, known: Iterable[Bindings]) -> bool:
    """Tell whether some bindings may be an entity's."""
    return any(all(other.get(name, value) == value for name, value in entity) for other in known)


def speaks_of(outcome: Outcome, entity: Entity) -> bool:
    """Tell whether something is about an entity: of what a rung wants, if one was reached."""
    names = outcome.rung if outcome.confidence else outcome.matches
    shown = (outcome.matches[name].bindings for name in names if name in outcome.matches)
    return any(all(known.get(name) == value for name, value in entity) for known in shown)


def differ(one: Bindings, other: Bindings) -> bool:
    """Tell whether bindings are surely not about the same: by names, not by how things are worded."""
    shared = JOINS if "pod" in one and "pod" in other else (one.keys() & other.keys()) - GIVEN
    values = ((one[name], other[name]) for name in shared & one.keys() & other.keys())
    return any(mine != theirs and " " not in mine + theirs for mine, theirs in values)


def _agree(one: Entity, other: Entity) -> bool:
    known = dict(one)
    return all(known.get(name, value) == value for name, value in other)
