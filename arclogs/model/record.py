"""A log record: one message of one program, with its continuation lines."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Source(StrEnum):
    """The program that wrote a record. Rules name these in `log:`."""

    RUNNER = "runner"
    JOB = "job"
    HOOK = "hook"
    CONTROLLER = "controller"
    LISTENER = "listener"
    DIND = "dind"
    KUBECTL = "kubectl"
    HELM = "helm"
    UNKNOWN = "unknown"


class Level(IntEnum):
    """Severity a program gave its own record."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40


class Record(Struct, frozen=True):
    """One message.

    `text` is what rules match: the message without time stamp, level and transport prefix, ANSI
    codes removed, escapes decoded, continuation lines joined by LF. `raw` holds the original
    lines. Line *i* of `text` stands on line *i* of `raw` (the last one where `text` has more).
    """

    member: str
    line: int
    source: Source
    text: str
    raw: tuple[str, ...]
    timestamp: datetime | None = None
    """UTC, microseconds; None where the line has none or it cannot be placed."""
    level: Level | None = None
    logger: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the record tells of its origin: pod, namespace, container, runner, job, step, hook (path),
    hook_command, version … Values of the program, never guesses from a file name's namespace."""

    def at(self, offset: int) -> tuple[Location, str]:
        """Return place and original text of the line that holds `text[offset]`."""
        index = min(self.text.count("\n", 0, offset), len(self.raw) - 1)
        return Location(self.member, self.line + index), self.raw[index]
