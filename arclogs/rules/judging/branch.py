"""One combination of entities for which the signals of a rule are evaluated, one after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.rules.language.bindings import JOINS, Bindings
from arclogs.rules.language.signals import AnySignal, EventSignal, LogSignal, ObjectSignal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.rules.matching.truth import Match, Result

TIMES: Final = frozenset({"t", "step", "job", "message"})
"""Variables that make no other combination: the same happened again."""

LONGEST_RUN: Final = timedelta(days=35)
"""GitHub ends a workflow run after this time (docs.github.com, Actions limits): what befell one runner
in it does not lie farther apart."""


class Branch(Struct, frozen=True):
    """What is bound, and what the signals so far came to."""

    bindings: Bindings = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    matches: Mapping[str, Match] = field(default_factory=dict)
    anchor: int = 0

    @property
    def rests_on_pieces(self) -> bool:
        """Tell what rests on a piece of an object that may be another's than the one it is about."""
        return any(match.nameless for match in self.matches.values())

    def held(self, name: str, result: Result, match: Match, joined: Bindings) -> Branch:
        """Return the branch after a signal that held in one way."""
        return replace(
            self,
            bindings=joined,
            results={**self.results, name: result},
            matches={**self.matches, name: match},
        )

    def missed(self, name: str, result: Result) -> Branch:
        """Return the branch after a signal that did not hold."""
        return replace(self, results={**self.results, name: result})

    def stretched(self, name: str, later: Match) -> Branch:
        """Return the branch with a signal that held once more, at another time."""
        kept = self.matches[name]
        ends = [t for t in (kept.last, later.last) if t]
        starts = [t for t in (kept.first, later.first) if t]
        used = kept.used + tuple(o for o in later.used if o not in kept.used)
        wider = replace(
            kept, first=min(starts, default=None), last=max(ends, default=None), used=used
        )
        return replace(self, matches={**self.matches, name: wider})

    def far_from(self, match: Match) -> bool:
        """Tell whether a line that names no runner is much older or newer than what is of one."""
        if match.anonymous:
            others = [m for m in self.matches.values() if "pod" in m.bindings]
        else:
            others = [m for m in self.matches.values() if m.anonymous and "pod" in match.bindings]
        return any(_apart(match, other) > LONGEST_RUN for other in others)


def _apart(one: Match, other: Match) -> timedelta:
    """Return the time between two matches; none where they overlap or a time is not known."""
    if not (one.first and one.last and other.first and other.last):
        return timedelta()
    return max(other.first - one.last, one.first - other.last, timedelta())


def joins(branch: Branch, signal: AnySignal) -> frozenset[str]:
    """Return variables that must agree: namespace and pod, and whatever the author captured by name."""
    named = set(signal.capture) if isinstance(signal, ObjectSignal | LogSignal) else set()
    for text in _patterns(signal):
        named |= {g for g in branch.bindings if f"(?<{g}>" in text or f"(?P<{g}>" in text}
    return JOINS | named


def _patterns(signal: AnySignal) -> list[str]:
    if isinstance(signal, LogSignal):
        return [signal.match or ""]
    return [signal.event.message or ""] if isinstance(signal, EventSignal) else []
