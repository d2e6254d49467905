"""Which lines of a chunk the parser reads, and which runs between them are only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Read(NamedTuple):
    """A line for the parser."""

    row: int
    typical: bool
    """It is dull: its record tells whose the dull lines after it are."""


class Skip(NamedTuple):
    """Dull lines `first` to before `end`, after a line that was read."""

    first: int
    end: int


def plan(count: int, marks: Mapping[int, Role], *, unknown: bool) -> Iterator[Read | Skip]:
    """Yield all rows of a chunk of `count` lines in their order.

    With what a marked context line changes, the dull lines after it may be of another pod: the first
    of them is read. It may also continue the record before it, whose first line is read, too. `unknown`:
    no dull line was read since the last context line. The last row should be marked, so that a run
    always ends before a line that starts a record.
    """
    at = 0
    for row in sorted(marks):
        context = marks[row] is Role.CONTEXT
        dull = row - 1 if context and row > at else row
        yield from _dull(at, dull, unknown=unknown)
        unknown = unknown and dull <= at
        if dull < row:
            yield Read(dull, typical=True)
            unknown = False
        yield Read(row, typical=False)
        unknown = unknown or context
        at = row + 1
    yield from _dull(at, count, unknown=unknown)


def _dull(first: int, end: int, *, unknown: bool) -> Iterator[Read | Skip]:
    if unknown and first < end:
        yield Read(first, typical=True)
        first += 1
    if first < end:
        yield Skip(first, end)
