"""What a rule came to on a case, with its whole match tree."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.rules.matching.truth import Match, Proof, Result, Truth

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from arclogs.model.report import Confidence
    from arclogs.rules.language.schema import Rule


class Outcome(Struct, frozen=True, eq=False, dict=True):
    """One evaluation of a rule under one set of bindings."""

    rule: Rule
    bindings: Mapping[str, str]
    results: Mapping[str, Result]
    matches: Mapping[str, Match]
    """The match chosen for each signal that held."""
    confidence: Confidence | None
    """The first rung that held; None where none did or the rule was refuted."""
    rung: frozenset[str]
    """Signals that the rung names."""
    refuted_by: tuple[str, ...] = ()
    doubted_by: tuple[str, ...] = ()
    """Signals that would have refuted it, if it were known whose they are."""
    anchor: int = 0
    """Outcomes of one rule with the same anchor start from the same first match."""

    @property
    def held(self) -> tuple[str, ...]:
        """Return the names of the signals that held, in the rule's order."""
        return tuple(n for n, r in self.results.items() if r.truth is Truth.HELD)

    @property
    def used(self) -> tuple[Outcome, ...]:
        """Return the outcomes of other rules on which this one rests."""
        return tuple(o for m in self.matches.values() for o in m.used)

    @cached_property
    def rests_on(self) -> frozenset[int]:
        """Return the identities of all outcomes on which this one rests, directly or through others."""
        others = self.used
        return frozenset(map(id, others)).union(*(other.rests_on for other in others))

    @property
    def first(self) -> datetime | None:
        """Return the earliest time in the matches."""
        return min((m.first for m in self.matches.values() if m.first), default=None)

    @property
    def last(self) -> datetime | None:
        """Return the latest time in the matches."""
        return max((m.last for m in self.matches.values() if m.last), default=None)

    def proofs(self) -> list[tuple[str, Proof]]:
        """Return the evidence with the signal it belongs to, the rule's order kept."""
        return [(name, proof) for name, match in self.matches.items() for proof in match.proofs]
