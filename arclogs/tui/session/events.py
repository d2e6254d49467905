"""What crosses the pipe between the process that reads and the one that draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from arclogs.browse.filter_terms import Filter

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.browse.piece import Piece
    from arclogs.model.report import Finding, Kind, Report, Severity


MOST_BYTES: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, and how."""

    sources: tuple[Path, ...]
    rule_dirs: tuple[Path, ...] = ()
    redact: bool = True
    where: Filter = field(default_factory=Filter)
    """Which rows to keep for browsing."""
    most_bytes: int = MOST_BYTES
    """Of all rows that are kept, compressed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has come."""

    done: int
    """Bytes of the input."""
    total: int | None
    records: int


@dataclass(frozen=True, slots=True)
class SoFar:
    """What would be found if there were no more to read, redacted unless secrets are wanted."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Records and events in the order of reading; None: only `left_out` is new."""

    piece: Piece | None
    left_out: int = 0
    """Rows so far for which there was no room."""


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What lists and the palette show of a rule."""

    id: str
    title: str
    kind: Kind
    area: str
    severity: Severity
    path: Path


@dataclass(frozen=True, slots=True)
class Ready:
    """The report, redacted unless secrets are wanted, and the rules that were used."""

    report: Report
    rules: tuple[RuleCard, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no report: words for the user."""

    why: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a request: a value, or words for the user in place of it."""

    number: int
    value: Any = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the reading process; `what` names a method of `session.work.Work`."""

    number: int
    what: str
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """Read no further; judge what was read."""


Event: TypeAlias = Progress | SoFar | Rows | Ready | Failed | Reply
