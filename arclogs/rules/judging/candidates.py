"""What fits a signal, whatever it is about, and of that what may be about one pod or object.

A flood names thousands of pods; each combination of entities asks for its own.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from arclogs.rules.language.bindings import Bindings, resolve
from arclogs.rules.language.signals import AnySignal, EventSignal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arclogs.rules.matching.truth import Match

_Item = TypeVar("_Item")


class Keyed(Generic[_Item]):
    """Items by what a variable is bound to in each."""

    def __init__(self, variable: str, items: Iterable[tuple[Bindings, _Item]]) -> None:
        self._items: list[_Item] = []
        self._bound: dict[str, list[int]] = defaultdict(list)
        self._unbound: list[int] = []
        for at, (bindings, item) in enumerate(items):
            value = bindings.get(variable)
            (self._unbound if value is None else self._bound[value]).append(at)
            self._items.append(item)

    def of(self, value: str | None) -> Sequence[_Item]:
        """Return, in their order, those that may be bound to a value: all where it is None."""
        if value is None:
            return self._items
        places = self._bound.get(value, [])
        if self._unbound:
            places = sorted((*places, *self._unbound))
        return [self._items[at] for at in places]


class Candidates:
    """The matches of one signal."""

    def __init__(self, matches: Sequence[Match] = ()) -> None:
        self.matches = matches

    def fitting(self, signal: AnySignal, known: Bindings) -> Sequence[Match]:
        """Return what may agree with bindings: all that does, and more."""
        if isinstance(signal, EventSignal):
            name = resolve(signal.where.get("name"), known)
            if isinstance(name, str):
                return self._objects.of(name)
        return self._pods.of(known.get("pod"))

    @cached_property
    def _pods(self) -> Keyed[Match]:
        return Keyed("pod", ((match.bindings, match) for match in self.matches))

    @cached_property
    def _objects(self) -> Keyed[Match]:
        return Keyed("object", ((match.bindings, match) for match in self.matches))
