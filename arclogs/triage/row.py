"""What triage tells of one ticket: the line of a queue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from arclogs.model.report import Collect, Confidence, Frozen, KnownIssue, Reference, Severity

Status = Literal["answered", "open", "healthy", "unreadable", "failed"]


class Row(Frozen):
    """One ticket."""

    ticket: str
    status: Status = Field(
        description="answered: a cause is confirmed or likely. open: more is needed. healthy: nothing "
        "is wrong with runner or cluster. unreadable: nothing to analyze. failed: see `problem`."
    )
    cause: str | None = Field(default=None, description="Id of the rule that answers.")
    title: str = ""
    confidence: Confidence | None = None
    severity: Severity | None = None
    component: str = Field(default="", description="Who can act on it.")
    known_issue: Reference | None = Field(
        default=None, description="The bug of a version, or else the issue that tells of the cause."
    )
    known_bugs: tuple[KnownIssue, ...] = Field(
        default=(), description="Bugs that produce it, of a version that the ticket shows or hides."
    )
    also_possible: tuple[str, ...] = ()
    first_error: str = Field(default="", description="Where no cause is known: the loudest error.")
    missing: tuple[Collect, ...] = Field(default=(), description="What would settle it.")
    reply: str = Field(default="", description="A text that asks the customer for exactly that.")
    entities: dict[str, str] = Field(default_factory=dict)
    scale_sets: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    sha256: str = ""
    complete: bool = True
    problem: str = Field(default="", description="Why there is no verdict.")


class Incident(Frozen):
    """Tickets that are about one thing that happened."""

    number: int
    cause: str
    title: str
    tickets: tuple[str, ...]
    why: str


class Queue(Frozen):
    """All tickets, sorted, and which of them belong together."""

    schema_version: Literal["1"] = "1"
    tickets: tuple[Row, ...]
    incidents: tuple[Incident, ...] = ()
