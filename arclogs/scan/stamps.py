"""The time stamps of runs of dull lines, as text: of one width, they sort like the times they state."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from arclogs.ingest.text.clock import STEP_BACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.ingest.text.clock import Clock
    from arclogs.scan.engines import Marks
    from arclogs.scan.lines import Lines
    from arclogs.scan.shapes import Shape

_TEN_MINUTES = len("2026-11-23T02:0")
"""Characters that all stamps of the same ten minutes share."""
_FEW = 64
"""Changes in a run up to which each is searched for."""


class Stamps:
    """The time stamps of a chunk's lines; what stands there in other lines is not looked at."""

    def __init__(self, lines: Lines, shape: Shape, marks: Marks) -> None:
        texts = self.texts = lines.stamps
        dull = lines.dull
        if shape.layout.soft:
            marked = pl.Series(list(marks), dtype=pl.Int64)
            dull = ~pl.int_range(0, len(lines), eager=True).is_in(marked.implode())
        self.ordered = texts.filter(dull).is_sorted()

    def runs(self, spans: Sequence[tuple[int, int]], number: int) -> list[Run]:
        """Return the runs of lines from first to before end; `number` is that of the chunk's first."""
        if self.ordered:
            ends = [first for first, _ in spans] + [end - 1 for _, end in spans]
            both = self.texts.gather(ends).to_list()
            lows, highs = both[: len(spans)], both[len(spans) :]
        else:
            cut = [self.texts.slice(first, end - first) for first, end in spans]
            lows, highs = [part.min() for part in cut], [part.max() for part in cut]
        return [
            Run(self, number + first, first, end, low, high)
            for (first, end), low, high in zip(spans, lows, highs)
        ]

    def turns_within(self, first: int, end: int) -> list[str]:
        """Return the stamps before and behind each place where another ten minutes begin.

        The stamps from first to before end are in order.
        """
        turns: list[int] = []
        at, last = first, self._stretch(end - 1)
        while (here := self._stretch(at)) != last:
            if len(turns) == _FEW:  # a log with few lines an hour: look at all of them at once
                stretches = self.texts.slice(at, end - at).str.head(_TEN_MINUTES)
                turns += [at + row for row in (stretches != stretches.shift()).arg_true().to_list()]
                break
            at += bisect_right(range(at, end), here, key=self._stretch)
            turns.append(at)
        rows = [row for turn in turns for row in (turn - 1, turn)]
        return self.texts.gather(rows).to_list()

    def _stretch(self, row: int) -> str:
        text: str = self.texts[row]
        return text[:_TEN_MINUTES]


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

    @property
    def texts(self) -> pl.Series:
        """Return the stamps of all lines."""
        return self.of.texts.slice(self.first, self.end - self.first)

    def stamps(self) -> tuple[datetime, ...]:
        """Return the first and the last time of each ten minutes in which there are some."""
        if not self.low:
            return ()
        if self.low[:_TEN_MINUTES] == self.high[:_TEN_MINUTES]:
            return time_of(self.low), time_of(self.high)
        if self.of.ordered:
            between = self.of.turns_within(self.first, self.end)
            return tuple(time_of(text) for text in (self.low, *between, self.high))
        at = pl.col("at")
        ends = (
            self.texts.alias("at")
            .to_frame()
            .group_by(at.str.head(_TEN_MINUTES).alias("stretch"))
            .agg(at.min().alias("first"), at.max().alias("last"))
            .sort("stretch")
        )
        pairs = zip(ends["first"].to_list(), ends["last"].to_list())
        return tuple(time_of(text) for pair in pairs for text in pair)

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
        for number, text in enumerate(self.texts.to_list(), self.number):
            noted = clock.see(time_of(text), number, None) or noted
        return noted


@lru_cache(maxsize=4096)
def time_of(text: str) -> datetime:
    """Return the time that a stamp without its zone states: UTC, whole microseconds."""
    return datetime.fromisoformat(text[:26]).replace(tzinfo=UTC)
