"""The time stamps of runs of dull lines, as text: of one width, they sort like the times they state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from arclogs.ingest.text.clock import STEP_BACK

if TYPE_CHECKING:
    from arclogs.ingest.text.clock import Clock
    from arclogs.scan.lines import Lines
    from arclogs.scan.shapes import Shape

_TEN_MINUTES = len("2026-11-23T02:0")
"""Characters that all stamps of the same ten minutes share."""


class Stamps:
    """The time stamps of a chunk's lines; what stands there in other lines is not looked at."""

    def __init__(self, lines: Lines, shape: Shape) -> None:
        texts = lines.stamps(shape)
        self.texts = texts
        self.ordered = texts.filter(lines.fits(shape.dull)).is_sorted()

    def run(self, first: int, end: int, number: int) -> Run:
        """Return the run of lines `first` to before `end`; `number` is that of the chunk's first."""
        return Run(self.texts.slice(first, end - first), self.ordered, number + first)


@dataclass(slots=True)
class Run:
    """Time stamps of dull lines that follow each other."""

    texts: pl.Series
    ordered: bool
    number: int
    """Of the first line."""

    def ends(self) -> tuple[str, str]:
        """Return the earliest and the latest."""
        if self.ordered:
            return self.texts[0], self.texts[-1]
        return str(self.texts.min()), str(self.texts.max())

    def stamps(self) -> tuple[datetime, ...]:
        """Return the first and the last time of each ten minutes in which there are some."""
        first, last = self.ends()
        if first[:_TEN_MINUTES] == last[:_TEN_MINUTES]:
            return time_of(first), time_of(last)
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
        first, last = map(time_of, self.ends())
        newest = max(last, clock.newest) if clock.newest is not None else last
        if clock.said or newest - first <= STEP_BACK:
            return clock.see(last, self.number + len(self.texts) - 1, None)
        if self.ordered:
            stepped = clock.see(first, self.number, None)
            return clock.see(last, self.number + len(self.texts) - 1, None) or stepped
        noted = None
        for number, text in enumerate(self.texts.to_list(), self.number):
            noted = clock.see(time_of(text), number, None) or noted
        return noted


@lru_cache(maxsize=4096)
def time_of(text: str) -> datetime:
    """Return the time that a stamp without its zone states: UTC, whole microseconds."""
    return datetime.fromisoformat(text[:26]).replace(tzinfo=UTC)
