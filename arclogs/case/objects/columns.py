"""What the objects of one kind have at one path: those that show the same stand together.

    status.phase of 17,700 pods        Running: 17,650 of them, Pending: 49, absent: 1

A rule that asks for `status.phase: Failed` of each pod looks at none of these. Objects go by their
places in a list, and sets of them are bits of an integer: two sets meet in a microsecond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain, compress, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from arclogs.case.objects.paths import chosen, scalar_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from arclogs.case.objects.paths import Step

_SCALARS = (str, int, float, bool, type(None))


class Column(Struct):
    """One path of all objects of a list."""

    size: int = 0
    values: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """Objects by what they have there: one text, or several where the path leads through lists."""
    several: list[tuple[str, ...]] = field(default_factory=list)
    """Those of `values` that are not one text."""
    unknown: list[int] = field(default_factory=list)
    nested: list[int] = field(default_factory=list)
    """Objects that have fields or a list there, which no text stands for."""

    def absent(self) -> list[int]:
        """Return the objects that surely have nothing there."""
        there = bytearray(self.size)
        for at in chain(*self.values.values(), self.nested, self.unknown):
            there[at] = 1
        return [at for at, shown in enumerate(there) if not shown]

    def having(self, text: str) -> Iterator[list[int]]:
        """Yield the objects that have a text among their values."""
        one = self.values.get((text,))
        if one is not None:
            yield one
        for texts in self.several:
            if text in texts:
                yield self.values[texts]

    def passing(self, test: Callable[[str], bool]) -> Iterator[list[int]]:
        """Yield the objects of which a value passes a test, and those no text stands for."""
        yield self.nested
        for texts, group in self.values.items():
            if any(map(test, texts)):
                yield group


class Depths:
    """Fields of many objects, path by path: the way to `a.b.c` goes on from where `a.b` ends.

    What no object has costs nothing below it: of a thousand pods few have `lastState.terminated`.
    """

    def __init__(self, roots: Sequence[tuple[int, Any]]) -> None:
        self._known: dict[tuple[Step, ...], _Depth] = {
            (): ([at for at, _ in roots], [fields for _, fields in roots])
        }

    def reach(self, steps: tuple[Step, ...]) -> _Depth:
        """Return what a path leads to: values, several of one object in order, and whose they are."""
        known = self._known.get(steps)
        if known is None:
            known = self._known[steps] = _deeper(self.reach(steps[:-1]), steps[-1])
        return known


_Depth: TypeAlias = tuple[list[int], list[Any]]
"""Places of objects and, at the same index, a value of each."""


def _deeper(above: _Depth, step: Step) -> _Depth:
    owners, holders = above
    if isinstance(step, str):
        if not all(type(holder) is dict for holder in holders):
            there = [isinstance(h, Mapping) and step in h for h in holders]
            owners, holders = list(compress(owners, there)), list(compress(holders, there))
        found = [owner for owner, holder in zip(owners, holders) if step in holder]
        return found, [holder[step] for holder in holders if step in holder]
    fanned = [(owner, chosen(holder, step)) for owner, holder in zip(owners, holders)]
    return (
        [owner for owner, items in fanned for _ in items],
        [item for _, items in fanned for item in items],
    )


def column_of(shown: Iterable[tuple[int, Sequence[Any] | None]], size: int) -> Column:
    """Return the column of `size` objects, of what some of them show; None is what is not known.

    Whoever shows nothing has nothing there.
    """
    values: dict[tuple[str, ...], list[int]] = defaultdict(list)
    column = Column(size)
    for at, found in shown:
        if found is None:
            column.unknown.append(at)
        elif len(found) == 1 and isinstance(found[0], str):
            values[(found[0],)].append(at)
        elif all(isinstance(value, _SCALARS) for value in found):
            if found:
                values[tuple(map(scalar_text, found))].append(at)
        else:
            column.nested.append(at)
    column.values = dict(values)
    column.several = [texts for texts in values if len(texts) > 1]
    return column


def grouped(told: _Depth) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the values of each object together."""
    owners, values = told
    if len(set(owners)) == len(owners):
        yield from zip(owners, zip(values))
        return
    for owner, pairs in groupby(zip(owners, values), key=itemgetter(0)):
        yield owner, [value for _, value in pairs]


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
