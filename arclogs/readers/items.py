"""Items of a log as bytes, and back. They are of one member, whose name is not said again."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  # msgspec reads the annotation
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec
from msgspec import Raw, Struct

from arclogs.ingest.interface import Elided, Unparsed
from arclogs.model.coverage import MemberCoverage, Note
from arclogs.model.location import Location
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.ingest.interface import Item

_MOST_SHARED: Final = 4096


class Unsendable(Exception):
    """An item of a kind that logs do not have, or more items than are sent."""


class _Record(Struct, array_like=True):
    line: int
    source: Source
    text: str
    raw: tuple[str, ...]
    timestamp: datetime | None
    level: Level | None
    logger: str | None
    fields: dict[str, str]


class _Elided(Struct, array_like=True):
    like: _Record
    count: int
    last_line: int
    stamps: tuple[datetime, ...]
    repeats: tuple[tuple[_Record, int], ...]


class _Unparsed(Struct, array_like=True):
    line: int
    reason: str


class _Statement(Struct, array_like=True):
    name: str
    value: str
    line: int
    raw: str
    about: dict[str, str]


_Sent: TypeAlias = _Record | _Elided | _Unparsed | _Statement | Note | MemberCoverage
_KINDS: Final[tuple[type[_Sent], ...]] = (
    _Record, _Elided, _Unparsed, _Statement, Note, MemberCoverage,
)  # fmt: skip
_NUMBERS: Final = {kind: number for number, kind in enumerate(_KINDS)}
_DECODERS: Final = [msgspec.msgpack.Decoder(kind) for kind in _KINDS]
_ALL: Final = msgspec.msgpack.Decoder(list[tuple[int, Raw]])
_ENCODE: Final = msgspec.msgpack.Encoder().encode


def packed(items: Iterable[Item | MemberCoverage]) -> bytes:
    """Return items as bytes, none where there are none.

    Raise Unsendable for an item that only objects have, UnicodeError for text that is none.
    """
    sent = [(_NUMBERS[type(item)], item) for item in map(_sent, items)]
    return _ENCODE(sent) if sent else b""


class Unpacking:
    """Makes items of bytes; fields that many records share are kept once."""

    def __init__(self) -> None:
        self._shared: dict[Any, Mapping[str, str]] = {}

    def items(self, data: bytes, member: str) -> Iterator[Item | MemberCoverage]:
        """Yield the items; raise msgspec.DecodeError or IndexError where `packed` did not make them."""
        for number, raw in _ALL.decode(data):
            yield self._item(_DECODERS[number].decode(raw), member)

    def _item(self, sent: _Sent, member: str) -> Item | MemberCoverage:
        match sent:
            case _Record():
                return self._record(sent, member)
            case _Elided(like, count, last_line, stamps, repeats):
                known = tuple((self._record(of, member), times) for of, times in repeats)
                return Elided(self._record(like, member), count, last_line, stamps, known)
            case _Unparsed(line, reason):
                return Unparsed(Location(member, line), reason)
            case _Statement(name, value, line, raw, about):
                return Statement(name, value, Location(member, line), raw, about)
        return sent

    def _record(self, sent: _Record, member: str) -> Record:
        return Record(
            member, sent.line, sent.source, sent.text, sent.raw, sent.timestamp, sent.level,
            sent.logger, self._once(sent.fields),
        )  # fmt: skip

    def _once(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        key = tuple(fields.items())
        if len(self._shared) < _MOST_SHARED:
            return self._shared.setdefault(key, fields)
        return self._shared.get(key, fields)


def _sent(item: Item | MemberCoverage) -> _Sent:
    match item:
        case Record():
            return _sent_record(item)
        case Elided():
            repeats = tuple((_sent_record(of), times) for of, times in item.repeats)
            like = _sent_record(item.like)
            return _Elided(like, item.count, item.last_line, item.stamps, repeats)
        case Unparsed():
            return _Unparsed(item.location.line, item.reason)
        case Statement():
            about = dict(item.about)
            return _Statement(item.name, item.value, item.location.line, item.raw, about)
        case Note() | MemberCoverage():
            return item
    raise Unsendable(type(item).__name__)


def _sent_record(record: Record) -> _Record:
    return _Record(
        record.line, record.source, record.text, record.raw, record.timestamp, record.level,
        record.logger, dict(record.fields),
    )  # fmt: skip
