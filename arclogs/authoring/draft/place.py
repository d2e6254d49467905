"""What stands at a line of a file: a record, an event, or a field of an object."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from arclogs.bundle.member import Member
from arclogs.errors import UsageError
from arclogs.ingest.read import read_member
from arclogs.model.event import Event
from arclogs.model.observation import Observation
from arclogs.model.record import Record
from arclogs.redact import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model.observation import Locator

_HEAD: Final = 300
_BEFORE: Final = 20_000
_AFTER: Final = 200
"""Lines that are looked at: the head of the file, and what stands around the line."""


class Field(Struct, frozen=True):
    """A field of a Kubernetes object."""

    observed: Observation
    path: tuple[str | int, ...]
    value: Any


Thing: TypeAlias = Record | Event | Field


class Text(Struct, frozen=True):
    """A file as redacted lines, long ones cut to what matters."""

    name: str
    lines: tuple[str, ...]
    line: int
    """The line that is meant, counted from 1 in `lines`."""
    number: int
    """The same, counted in the whole file."""


def cut_out(name: str, lines: Iterable[str], line: int) -> Text:
    """Return a file around a line, secrets replaced; raise UsageError where the line is not there."""
    head: list[str] = []
    before: deque[str] = deque(maxlen=_BEFORE)
    after: list[str] = []
    number = 0
    for number, text in enumerate(lines, 1):
        if number > max(line, _HEAD) + _AFTER:
            break
        part = head if number <= _HEAD else before if number <= line else after
        part.append(text)
    if not 1 <= line <= number:
        raise UsageError(f"{name} has {number} lines, there is no line {line}")
    redacted = Redactor().redact("\n".join([*head, *before, *after])).split("\n")
    at = line if line <= _HEAD else len(head) + len(before)
    return Text(name, tuple(redacted), at, line)


def read_text(name: str, lines: Sequence[str]) -> list[object]:
    """Read lines as the member of a bundle."""
    data = "\n".join([*lines, ""]).encode("utf-8", "surrogatepass")
    return list(read_member(Member(name, len(data), None, iter([data]))))


def thing_at(name: str, lines: Sequence[str], line: int) -> Thing | None:
    """Return what a line belongs to, or None where it is blank or was not understood."""
    if not lines[line - 1].strip():
        return None
    items = read_text(name, lines)
    records = (i for i in items if isinstance(i, Record))
    for record in records:
        if record.line <= line < record.line + len(record.raw):
            return record
    events = [i for i in items if isinstance(i, Event)]
    if exact := next((e for e in events if e.location.line == line), None):
        return exact
    observed = [i for i in items if isinstance(i, Observation)]
    fields = (f for o in observed if (f := _field_at(o, line)) is not None)
    return next(fields, None) or _event_around(events, lines, line)


def _event_around(events: Sequence[Event], lines: Sequence[str], line: int) -> Event | None:
    """Return the event of a dump whose message or reason stands on a line."""
    text = lines[line - 1]
    near = [e for e in events if abs(e.location.line - line) < 60]
    told = (e for e in near if (e.message and e.message[:60] in text) or e.reason in text)
    return min(told, key=lambda e: abs(e.location.line - line), default=None)


def _field_at(observed: Observation, line: int) -> Field | None:
    locator = observed.locator
    if locator is None:
        return None
    return next(_fields(observed, observed.fields, (), line, locator), None)


def _fields(
    observed: Observation, value: Any, path: tuple[str | int, ...], line: int, locator: Locator
) -> Iterator[Field]:
    pairs: Iterable[tuple[str | int, Any]]
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list | tuple):
        pairs = enumerate(value)
    else:
        found = locator.find(path)
        if found and found[0] == line:
            yield Field(observed, path, value)
        return
    for key, item in pairs:
        yield from _fields(observed, item, (*path, key), line, locator)


def known_values(fields: Mapping[str, str]) -> frozenset[str]:
    """Return what a record tells of its origin: names that need no capture of their own."""
    return frozenset(v for v in fields.values() if 3 < len(v) < 100)
