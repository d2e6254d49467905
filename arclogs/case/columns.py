"""What the objects of one kind have at one path: those that show the same stand together.

    status.phase of 17,700 pods        Running: 17,650 of them, Pending: 49, absent: 1

A rule that asks for `status.phase: Failed` of each pod looks at none of these. Objects go by their
places in a list, and sets of them are bits of an integer: two sets meet in a microsecond.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from arclogs.case.paths import scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SCALARS = (str, int, float, bool, type(None))


@dataclass(slots=True)
class Column:
    """One path of all objects of a list."""

    size: int = 0
    values: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """Objects by what they have there: one text, or several where the path leads through lists."""
    several: list[tuple[str, ...]] = field(default_factory=list)
    """Those of `values` that are not one text."""
    absent: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    """Objects that have fields or a list there, which no text stands for."""

    def having(self, text: str) -> Iterator[list[int]]:
        """Yield the objects that have a text among their values."""
        one = self.values.get((text,))
        if one is not None:
            yield one
        for texts in self.several:
            if text in texts:
                yield self.values[texts]


def column_of(shown: Iterable[list[Any] | None]) -> Column:
    """Return a column of the values of each object: none where it has none, None if not known."""
    column = Column()
    values: dict[tuple[str, ...], list[int]] = defaultdict(list)
    at = -1
    for at, found in enumerate(shown):
        if found is None:
            column.unknown.append(at)
        elif not found:
            column.absent.append(at)
        elif all(isinstance(value, _SCALARS) for value in found):
            values[tuple(map(scalar_text, found))].append(at)
        else:
            column.nested.append(at)
    column.size = at + 1
    column.values = dict(values)
    column.several = [texts for texts in values if len(texts) > 1]
    return column


def bits(groups: Iterable[Iterable[int]], size: int) -> int:
    """Return the set of all places in some groups of them."""
    buffer = bytearray(size // 8 + 1)
    for group in groups:
        for place in group:
            buffer[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(buffer, "little")


def places(held: int) -> Iterator[int]:
    """Yield the places in a set, in order."""
    text = bin(held)[:1:-1]
    at = text.find("1")
    while at >= 0:
        yield at
        at = text.find("1", at + 1)
