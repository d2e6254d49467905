"""Where the lines of a text that was taken out of its wrapping stand in the member.

    > $ kubectl get sa             the parser reads `$ kubectl get sa`, the evidence is this line
    {"line":"Listening for Jobs","timestamp":"…"}        the parser reads `Listening for Jobs`

A parser reads what is inside; `put_back` gives what it found the lines that an editor shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arclogs.ingest.interface import Unparsed
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Note
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from arclogs.ingest.interface import Item
    from arclogs.model.observation import Locator

_MARGIN = lazy_compile(r"[\s>|│:\d]{0,40}")
_LINE = lazy_compile(r"\blines? (\d{1,9})\b")


class Places(Struct, frozen=True):
    """Number and original text of each line of a block, the first of which is line `first`."""

    first: int
    raws: Sequence[str]
    numbers: Sequence[int] | None = None
    """None: the lines stand in the member as they stand in the block."""

    def number(self, line: int) -> int:
        """Return the member's number of a line of the block; 0 is the block as a whole."""
        if self.numbers is None or not line:
            return line
        return self.numbers[min(max(line - self.first, 0), len(self.numbers) - 1)]

    def raw(self, line: int) -> str | None:
        """Return the original text of a line of the block."""
        index = line - self.first
        return self.raws[index] if 0 <= index < len(self.raws) else None


class PlacedLocator(Struct, frozen=True):
    """Finds the fields of an object that was read out of a wrapping."""

    inner: Locator
    places: Places

    def find(self, path: tuple[str | int, ...]) -> tuple[int, str] | None:
        found = self.inner.find(path)
        if found is None:
            return None
        line, text = found
        raw = self.places.raw(line)
        # Only a quotation mark may come back: a secret's value that was left out must not.
        whole = (
            raw is not None and raw.endswith(text) and _MARGIN.fullmatch(raw[: -len(text) or None])
        )
        return self.places.number(line), raw if raw is not None and whole else text


def put_back(item: Item, places: Places) -> Item:
    """Return an item with its places, and the lines it shows, as the member has them."""
    match item:
        case Record():
            return _record(item, places)
        case Event():
            raw = places.raw(item.location.line) or item.raw
            return replace(item, location=_at(item.location, places), raw=raw)
        case Observation():
            locator = PlacedLocator(item.locator, places) if item.locator is not None else None
            return replace(item, location=_at(item.location, places), locator=locator)
        case Statement():
            raw = places.raw(item.location.line) or item.raw
            return replace(item, location=_at(item.location, places), raw=raw)
        case Collected() | Unparsed():
            return replace(item, location=_at(item.location, places))
        case Note():
            return replace(item, detail=_LINE.sub(lambda m: _renumbered(m, places), item.detail))
        case _:
            return item


def _record(record: Record, places: Places) -> Record:
    """Line *i* of a record stands *i* lines below its first: only such lines stay in `raw`."""
    start = places.number(record.line)
    raws: list[str] = []
    for index, inner in enumerate(record.raw):
        line = record.line + index
        if places.number(line) != start + index:
            break
        raws.append(places.raw(line) or inner)
    return replace(record, line=start, raw=tuple(raws))


def _at(location: Location, places: Places) -> Location:
    return Location(location.member, places.number(location.line))


def _renumbered(match: re.Match[str], places: Places) -> str:
    return match[0].replace(match[1], str(places.number(int(match[1]))))
