"""What crosses the pipe between the process that reads and the one that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct, field

from arclogs.browse.filter_terms import Filter

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.browse.piece import Piece
    from arclogs.model.report import Finding, Kind, Report, Severity


MOST_BYTES: Final = 1 << 30


class Order(Struct, frozen=True):
    """What to read, and how."""

    sources: tuple[Path, ...]
    rule_dirs: tuple[Path, ...] = ()
    redact: bool = True
    where: Filter = field(default_factory=Filter)
    """Which rows to keep for browsing."""
    most_bytes: int = MOST_BYTES
    """Of all rows that are kept, compressed."""


class Progress(Struct, frozen=True):
    """How far the reading has come."""

    done: int
    """Bytes of the input."""
    total: int | None
    records: int


class SoFar(Struct, frozen=True):
    """What would be found if there were no more to read, redacted unless secrets are wanted."""

    findings: tuple[Finding, ...]


class Rows(Struct, frozen=True):
    """Records and events in the order of reading; None: only `left_out` is new."""

    piece: Piece | None
    left_out: int = 0
    """Rows so far for which there was no room."""


class RuleCard(Struct, frozen=True):
    """What lists and the palette show of a rule."""

    id: str
    title: str
    kind: Kind
    area: str
    severity: Severity
    path: Path


class Ready(Struct, frozen=True):
    """The report, redacted unless secrets are wanted, and the rules that were used."""

    report: Report
    rules: tuple[RuleCard, ...]


class Failed(Struct, frozen=True):
    """Why there is no report: words for the user."""

    why: str


class Reply(Struct, frozen=True):
    """The answer to a request: a value, or words for the user in place of it."""

    number: int
    value: Any = None
    error: str | None = None


class Request(Struct, frozen=True):
    """A question to the reading process; `what` names a method of `session.work.Work`."""

    number: int
    what: str
    given: tuple[Any, ...] = ()


class Stop(Struct, frozen=True):
    """Read no further; judge what was read."""


Event: TypeAlias = Progress | SoFar | Rows | Ready | Failed | Reply
