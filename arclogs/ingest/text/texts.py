r"""The lines of a member in pieces of many, for what can read a thousand lines at once.

    "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod"      one piece, four lines

A piece holds whole lines, joined by line ends; the last has none. Object dumps are read so: a line of
them means nothing alone, and a string for each of a million lines takes longer than parsing them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Texts:
    """Lines that can be iterated once, all of them or in pieces."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: Iterator[str] = iter(texts)
        self._seen: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        for text in self.texts():
            yield from text.split("\n")

    def texts(self) -> Iterator[str]:
        """Yield the pieces."""
        while self._seen:
            yield self._seen.popleft()
        yield from self._texts

    def top(self, count: int) -> list[str]:
        """Return the first lines, which are still to come."""
        lines: list[str] = []
        for text in self._seen:
            lines += text.split("\n", count)[:count]
        while len(lines) < count and (more := next(self._texts, None)) is not None:
            self._seen.append(more)
            lines += more.split("\n", count)[:count]
        return lines[:count]
