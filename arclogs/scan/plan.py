"""Which lines of a chunk the parser reads, and which runs between them are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.scan.roles import Roles


class Read(NamedTuple):
    """A line for the parser."""

    row: int
    typical: bool
    """It is dull, and a record of its own that tells whose the dull lines after it are."""


class Skip(NamedTuple):
    """Dull lines `first` to before `end`, after a line that was read."""

    first: int
    end: int


class Planner:
    """Knows across chunks how many dull lines are to be read before any is skipped.

    With what a marked context line changes, the dull lines after it may be of another pod: the first
    of them is read, or the second where the first may still go into the record before it (`glued`).
    """

    def __init__(self, *, glued: bool) -> None:
        self._most = 2 if glued else 1
        self._unread = self._most

    def plan(self, roles: Roles) -> Iterator[Read | Skip]:
        """Yield all rows of a chunk in their order.

        A context line may also continue the record before it, whose first line is read, too. The last
        row should be marked, so that a run always ends before a line that starts a record.
        """
        at = 0
        marked = np.flatnonzero(roles)
        for row, role in zip(marked.tolist(), roles[marked].tolist()):
            context = role == Role.CONTEXT
            dull = row - 1 if context and row > at else row
            yield from self._dull(at, dull)
            if dull < row:
                yield self._read(dull)
            yield Read(row, typical=False)
            if context:
                self._unread = self._most
            at = row + 1
        yield from self._dull(at, len(roles))

    def _dull(self, first: int, end: int) -> Iterator[Read | Skip]:
        while self._unread and first < end:
            yield self._read(first)
            first += 1
        if first < end:
            yield Skip(first, end)

    def _read(self, row: int) -> Read:
        self._unread = max(0, self._unread - 1)
        return Read(row, typical=not self._unread)
