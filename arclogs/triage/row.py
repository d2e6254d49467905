"""What triage tells of one ticket: the line of a queue."""

from __future__ import annotations

from typing import Literal

from msgspec import field

from arclogs.model.frozen import Frozen
from arclogs.model.report import Collect, Confidence, KnownIssue, Reference, Severity

Status = Literal["answered", "open", "healthy", "unreadable", "failed"]


class Row(Frozen, frozen=True, kw_only=True):
    """One ticket."""

    ticket: str
    status: Status
    """answered: a cause is confirmed or likely. open: more is needed. healthy: nothing is wrong
    with runner or cluster. unreadable: nothing to analyze. failed: see `problem`."""
    cause: str | None = None
    """Id of the rule that answers."""
    title: str = ""
    confidence: Confidence | None = None
    severity: Severity | None = None
    component: str = ""
    """Who can act on it."""
    known_issue: Reference | None = None
    """The bug of a version, or else the issue that tells of the cause."""
    known_bugs: tuple[KnownIssue, ...] = ()
    """Bugs that produce it, of a version that the ticket shows or hides."""
    also_possible: tuple[str, ...] = ()
    first_error: str = ""
    """Where no cause is known: the loudest error."""
    missing: tuple[Collect, ...] = ()
    """What would settle it."""
    reply: str = ""
    """A text that asks the customer for exactly that."""
    entities: dict[str, str] = field(default_factory=dict)
    scale_sets: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    sha256: str = ""
    complete: bool = True
    problem: str = ""
    """Why there is no verdict."""


class Incident(Frozen, frozen=True, kw_only=True):
    """Tickets that are about one thing that happened."""

    number: int
    cause: str
    title: str
    tickets: tuple[str, ...]
    why: str


class Queue(Frozen, frozen=True, kw_only=True):
    """All tickets, sorted, and which of them belong together."""

    schema_version: Literal["1"] = "1"
    tickets: tuple[Row, ...]
    incidents: tuple[Incident, ...] = ()
