"""One object out of all that the bundle shows of it, each field with its source.

As `KubeObject.lookup` answers: the most trusted source that can tell does, and what a complete one
does not have is absent, whatever lesser ones show. Items of a list that have names are the same item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.case.objects.objects import KubeObject
    from arclogs.case.objects.paths import Place
    from arclogs.model.observation import Observation


class Said(Struct, frozen=True):
    """A value as one source has it."""

    source: int
    """Number of the observation, from 0."""
    line: int
    """Where it stands, as far as that is known; else where the observation begins."""
    value: Any


class Leaf(Struct, frozen=True):
    """A value without further fields below it, an empty list or mapping included."""

    said: Said
    against: tuple[Said, ...] = ()
    """What other sources say instead."""


Merged: TypeAlias = "dict[str, Merged] | list[Merged] | Leaf"


class _Seen(NamedTuple):
    source: int
    observed: Observation
    value: Any
    place: Place

    def said(self) -> Said:
        locator = self.observed.locator
        found = locator.find(self.place) if locator else None
        line = found[0] if found else self.observed.location.line
        return Said(self.source, line, self.value)

    def at(self, step: str | int) -> _Seen:
        return self._replace(value=self.value[step], place=(*self.place, step))


def merged(item: KubeObject) -> dict[str, Merged]:
    """Return the fields of an object, in the order of the most trusted source."""
    seen = [_Seen(n, o, o.fields, ()) for n, o in enumerate(item.observations)]
    found = _merge(seen, "")
    return found if isinstance(found, dict) else {}


def _merge(seen: Sequence[_Seen], path: str) -> Merged:
    first = seen[0]
    if isinstance(first.value, Mapping) and first.value:
        same = [s for s in seen if isinstance(s.value, Mapping)]
        return {key: _merge(those, f"{path}.{key}") for key, those in _fields(same, path)}
    if isinstance(first.value, list) and first.value:
        same = [s for s in seen if isinstance(s.value, list)]
        return [_merge(those, f"{path}[]") for those in _items(same)]
    return Leaf(first.said(), tuple(_against(first, seen[1:])))


def _fields(seen: Sequence[_Seen], path: str) -> Iterator[tuple[str, list[_Seen]]]:
    """Yield the fields of a mapping, each with the sources that show it."""
    keys = dict.fromkeys(key for s in _until_complete(seen) for key in s.value)
    for key in keys:
        those = [s.at(key) for s in seen if key in s.value]
        above = next(n for n, s in enumerate(seen) if key in s.value)
        if not any(_closed(s, f"{path}.{key}") for s in seen[:above]):
            yield key, those


def _until_complete(seen: Sequence[_Seen]) -> Iterator[_Seen]:
    for s in seen:
        yield s
        if s.observed.complete:
            return


def _closed(seen: _Seen, path: str) -> bool:
    """Tell whether a source without a field proves that there is none."""
    bare = path.removeprefix(".")
    return any(bare == gone or bare.startswith(gone + ".") for gone in seen.observed.absent)


def _items(seen: Sequence[_Seen]) -> Iterator[list[_Seen]]:
    """Yield the items of the first list, each with what others show of an item of that name."""
    first, *others = seen
    for number, value in enumerate(first.value):
        same = [first.at(number)]
        name = value.get("name") if isinstance(value, Mapping) else None
        for other in others if name is not None else ():
            same += [
                other.at(n)
                for n, item in enumerate(other.value)
                if isinstance(item, Mapping) and item.get("name") == name
            ][:1]
        yield same


def _against(first: _Seen, others: Sequence[_Seen]) -> Iterator[Said]:
    for other in others:
        if not isinstance(other.value, Mapping | list) and _text(other.value) != _text(first.value):
            yield other.said()


def _text(value: Any) -> str:
    """Return a value as all sources spell it: a table has no types."""
    return "" if value in ([], {}, None) else str(value).lower()
