"""Three values, and what stands behind each of them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from arclogs.model.location import Location
    from arclogs.rules.judging.outcome import Outcome


class Truth(Enum):
    """Held, failed, or not to be told from what was collected."""

    HELD = "held"
    FAILED = "failed"
    UNKNOWN = "not collected"


def all_of(values: Sequence[Truth]) -> Truth:
    """Kleene's "and"."""
    if Truth.FAILED in values:
        return Truth.FAILED
    return Truth.UNKNOWN if Truth.UNKNOWN in values else Truth.HELD


def any_of(values: Sequence[Truth]) -> Truth:
    """Kleene's "or"."""
    if Truth.HELD in values:
        return Truth.HELD
    return Truth.UNKNOWN if Truth.UNKNOWN in values else Truth.FAILED


def negate(value: Truth) -> Truth:
    """Kleene's "not": unknown stays unknown."""
    return {Truth.HELD: Truth.FAILED, Truth.FAILED: Truth.HELD}.get(value, value)


class Proof(Struct, frozen=True):
    """One line that shows something."""

    location: Location
    text: str
    """The original line, or a remark in parentheses where a thing's absence is the evidence."""
    timestamp: datetime | None = None
    says: str = ""


class Match(Struct, frozen=True):
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
    anonymous: bool = False
    """Some runner wrote it, and nothing tells which."""


class Result(Struct, frozen=True):
    """What a signal came to under given bindings."""

    truth: Truth
    matches: Sequence[Match] = field(default=())
    why: str = ""
    """For a signal that did not hold: what was found instead, or what was not collected."""
    proofs: Sequence[Proof] = ()
    """For a signal that did not hold: the lines that contradict it."""
