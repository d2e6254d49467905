"""Three values, and what stands behind each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from arclogs.model.location import Location
    from arclogs.rules.outcome import Outcome


class Truth(Enum):
    """Held, failed, or not to be told from what was collected."""

    HELD = "held"
    FAILED = "failed"
    UNKNOWN = "not collected"


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene's "and"."""
    seen = set(values)
    if Truth.FAILED in seen:
        return Truth.FAILED
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.HELD


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene's "or"."""
    seen = set(values)
    if Truth.HELD in seen:
        return Truth.HELD
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.FAILED


def negate(value: Truth) -> Truth:
    """Kleene's "not": unknown stays unknown."""
    return {Truth.HELD: Truth.FAILED, Truth.FAILED: Truth.HELD}.get(value, value)


@dataclass(frozen=True, slots=True)
class Proof:
    """One line that shows something."""

    location: Location
    text: str
    """The original line, or a remark in parentheses where a thing's absence is the evidence."""
    timestamp: datetime | None = None
    says: str = ""


class Cited(Sequence[Proof]):
    """Proofs that are looked up when they are first asked for: most matches are never shown."""

    __slots__ = ("_proofs",)

    def __init__(self, proofs: Callable[[], tuple[Proof, ...]]) -> None:
        self._proofs: Callable[[], tuple[Proof, ...]] | tuple[Proof, ...] = proofs

    def _known(self) -> tuple[Proof, ...]:
        if not isinstance(self._proofs, tuple):
            self._proofs = self._proofs()
        return self._proofs

    @overload
    def __getitem__(self, at: int) -> Proof: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Proof]: ...
    def __getitem__(self, at: int | slice) -> Proof | Sequence[Proof]:
        return self._known()[at]

    def __len__(self) -> int:
        return len(self._known())


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which a signal held."""

    bindings: Mapping[str, str]
    proofs: Sequence[Proof] = ()
    first: datetime | None = None
    last: datetime | None = None
    used: tuple[Outcome, ...] = ()
    """Outcomes of other rules that this match rests on."""
    assumed: frozenset[str] = frozenset()
    """Variables bound to whatever fitted, because nothing before had named them."""
    nameless: bool = False
    """It rests on a piece of an object without a name, which may be another's."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a signal came to under given bindings."""

    truth: Truth
    matches: tuple[Match, ...] = field(default=())
    why: str = ""
    """For a signal that did not hold: what was found instead, or what was not collected."""
    proofs: Sequence[Proof] = ()
    """For a signal that did not hold: the lines that contradict it."""
