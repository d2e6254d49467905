"""Records that are kept while a bundle is read: what they have in common once, and most of them packed.

Reading takes the most memory, and nobody looks at a kept record before it ends. A thousand of
them, which say the same two hundred things at other times, take a tenth of their room so.
"""

from __future__ import annotations

import marshal
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLOCK: Final = 1024
"""Records that are packed at once."""
_MOST_ALIKE: Final = 8192
"""Texts, and fields of records, that are looked for again."""


class KeptRecords:
    """Takes records in, and gives all of them out in the same order."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[Record] = []
        self._alike = _Alike()

    def copy(self) -> KeptRecords:
        """Return what was taken in so far; each goes its own way from here."""
        other = KeptRecords()
        other._packed, other._open = [*self._packed], [*self._open]
        return other

    def add(self, record: Record) -> None:
        """Take in one record."""
        self._open.append(self._alike.shared(record))
        if len(self._open) >= _BLOCK:
            packed = marshal.dumps([_plain(record) for record in self._open])
            self._packed.append(zlib.compress(packed, 1))
            self._open, self._alike = [], _Alike()

    def __iter__(self) -> Iterator[Record]:
        alike = _Alike()
        for block in self._packed:
            for plain in marshal.loads(zlib.decompress(block)):  # noqa: S302  # our own, of this run
                yield alike.shared(_record(*plain))
        yield from self._open


class _Alike:
    """What records have in common."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._fields: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}

    def shared(self, record: Record) -> Record:
        """Return a record whose parts are those of records before it, as far as they are equal."""
        own = tuple(record.fields.items())
        fields = self._fields.get(own)
        if fields is None:
            fields = {self._text(key): self._text(value) for key, value in own}
            if len(self._fields) < _MOST_ALIKE:
                self._fields[tuple(fields.items())] = fields
        member, text = self._text(record.member), self._text(record.text)
        logger = None if record.logger is None else self._text(record.logger)
        return replace(record, member=member, text=text, fields=fields, logger=logger)

    def _text(self, text: str) -> str:
        known = self._texts.get(text)
        if known is None and len(self._texts) < _MOST_ALIKE:
            self._texts[text] = text
        return text if known is None else known


def _plain(record: Record) -> tuple[Any, ...]:
    stamp, level = record.timestamp, record.level
    return (
        record.member,
        record.line,
        record.source.value,
        record.text,
        record.raw,
        None if stamp is None else stamp.isoformat(),
        None if level is None else level.value,
        record.logger,
        record.fields,
    )


def _record(
    member: str,
    line: int,
    source: str,
    text: str,
    raw: tuple[str, ...],
    stamp: str | None,
    level: int | None,
    logger: str | None,
    fields: dict[str, str],
) -> Record:
    return Record(
        member,
        line,
        Source(source),
        text,
        raw,
        None if stamp is None else datetime.fromisoformat(stamp),
        None if level is None else Level(level),
        logger,
        fields,
    )
