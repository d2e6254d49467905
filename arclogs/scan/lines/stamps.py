"""The time stamps of runs of dull lines, as text: of one width, they sort like the times they state."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from arclogs.ingest.text.clock import STEP_BACK
from arclogs.scan.lines.buffer import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from arclogs.ingest.text.clock import Clock
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.lines import Lines, Rows
    from arclogs.scan.roles import Roles

_TEN_MINUTES = len("2026-11-23T02:0")
"""Characters that all stamps of the same ten minutes share."""
_FEW = 64
"""Changes in a run up to which each is searched for."""


class Stamps:
    """The time stamps of a chunk's lines; what stands there in other lines is not looked at."""

    def __init__(self, lines: Lines, roles: Roles) -> None:
        self.lines = lines
        layout = lines.shape.layout
        self.ordered = _ordered(lines, np.flatnonzero(roles == 0 if layout.soft else lines.dull))

    @property
    def shape(self) -> Shape:
        """Return the shape that the lines have."""
        return self.lines.shape

    @cached_property
    def texts(self) -> pl.Series:
        """Return them all, as a series."""
        from arclogs.scan.lines.series import stamps_of

        return stamps_of(self.lines)

    def runs(self, spans: Sequence[tuple[int, int]], number: int) -> list[Run]:
        """Return the runs of lines from first to before end; `number` is that of the chunk's first."""
        stamp = self.lines.stamp
        if self.ordered:
            ends = [(stamp(first), stamp(end - 1)) for first, end in spans]
        else:
            ends = [_extremes([stamp(row) for row in range(first, end)]) for first, end in spans]
        return [
            Run(self, number + first, first, end, low, high)
            for (first, end), (low, high) in zip(spans, ends)
        ]

    def turns_within(self, first: int, end: int) -> list[str]:
        """Return the stamps before and behind each place where another ten minutes begin.

        The stamps from first to before end are in order.
        """
        turns: list[int] = []
        at, last = first, self._stretch(end - 1)
        while (here := self._stretch(at)) != last:
            if len(turns) == _FEW:  # a log with few lines an hour: look at all of them at once
                stretches = [self._stretch(row) for row in range(at, end)]
                pairs = enumerate(pairwise(stretches), at + 1)
                turns += [row for row, (before, here) in pairs if before != here]
                break
            at += bisect_right(range(at, end), here, key=self._stretch)
            turns.append(at)
        return [self.lines.stamp(row) for turn in turns for row in (turn - 1, turn)]

    def _stretch(self, row: int) -> str:
        return self.lines.stamp(row)[:_TEN_MINUTES]


@dataclass(slots=True)
class Run:
    """Time stamps of dull lines that follow each other."""

    of: Stamps
    number: int
    """Of the first line."""
    first: int
    end: int
    low: str
    high: str

    def stamps(self) -> tuple[datetime, ...]:
        """Return the first and the last time of each ten minutes in which there are some."""
        if not self.low:
            return ()
        if self.low[:_TEN_MINUTES] == self.high[:_TEN_MINUTES]:
            return time_of(self.low), time_of(self.high)
        if self.of.ordered:
            between = self.of.turns_within(self.first, self.end)
            return tuple(time_of(text) for text in (self.low, *between, self.high))
        ends: dict[str, tuple[str, str]] = {}
        for text in self._texts():
            low, high = ends.setdefault(text[:_TEN_MINUTES], (text, text))
            if not low <= text <= high:
                ends[text[:_TEN_MINUTES]] = min(low, text), max(high, text)
        return tuple(time_of(text) for stretch in sorted(ends) for text in ends[stretch])

    def _texts(self) -> Iterator[str]:
        return map(self.of.lines.stamp, range(self.first, self.end))

    def pass_by(self, clock: Clock) -> str | None:
        """Let a clock see the run; return what to note of it."""
        if not self.low:
            return None
        first, last = time_of(self.low), time_of(self.high)
        newest = max(last, clock.newest) if clock.newest is not None else last
        if clock.said or newest - first <= STEP_BACK:
            return clock.see(last, self.number + self.end - self.first - 1, None)
        if self.of.ordered:
            stepped = clock.see(first, self.number, None)
            return clock.see(last, self.number + self.end - self.first - 1, None) or stepped
        noted = None
        for number, text in enumerate(self._texts(), self.number):
            noted = clock.see(time_of(text), number, None) or noted
        return noted


def _ordered(lines: Lines, rows: Rows) -> bool:
    """Tell whether the stamps of some lines do not fall: text of one width sorts as its words do."""
    width = lines.shape.width
    if not width or len(rows) < 2:
        return True
    equal = np.ones(len(rows) - 1, dtype=bool)
    words = lines.buffer.words_at(lines.stamped[rows], -(-width // WORD))
    for index, column in enumerate(words):
        if (column == column[0]).all():
            continue
        column.byteswap(inplace=True)
        beyond = (index + 1) * WORD - width
        if beyond > 0:
            column >>= np.uint64(8 * beyond)
        before, here = column[:-1], column[1:]
        if (equal & (before > here)).any():
            return False
        equal &= before == here
    return True


def _extremes(texts: list[str]) -> tuple[str, str]:
    return min(texts), max(texts)


@lru_cache(maxsize=4096)
def time_of(text: str) -> datetime:
    """Return the time that a stamp without its zone states: UTC, whole microseconds."""
    return datetime.fromisoformat(text[:26]).replace(tzinfo=UTC)
