"""A sequence that is made as far as somebody looks into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterable

T_co = TypeVar("T_co", covariant=True)


class Lazy(Sequence[T_co]):
    """Items of an iterable, each made when it is first looked at, and kept.

    A signal holds for ten thousand pods, of which a rule judges four hundred and a report shows one.
    """

    __slots__ = ("_made", "_rest")

    def __init__(self, items: Iterable[T_co]) -> None:
        self._made: list[T_co] = []
        self._rest = iter(items)

    def __iter__(self) -> Iterator[T_co]:
        at = 0
        while at < len(self._made) or self._make(at):
            yield self._made[at]
            at += 1

    def __bool__(self) -> bool:
        return self._make(0)

    def __len__(self) -> int:
        self._made.extend(self._rest)
        return len(self._made)

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T_co]: ...
    def __getitem__(self, at: int | slice) -> T_co | Sequence[T_co]:
        last = at.stop if isinstance(at, slice) else at + 1
        if last is None or last <= 0:
            self._made.extend(self._rest)
        else:
            self._make(last - 1)
        return self._made[at]

    def _make(self, at: int) -> bool:
        """Make the items up to a place, and tell whether there is one at it."""
        while len(self._made) <= at:
            for item in self._rest:
                self._made.append(item)
                break
            else:
                return False
        return True
