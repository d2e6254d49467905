"""How many rows there are by time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl
from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime


class Histogram(Struct, frozen=True):
    """Rows by time, in parts of equal length."""

    first: datetime
    last: datetime
    counts: tuple[int, ...]
    errors: tuple[int, ...]

    def part(self, moment: datetime, parts: int) -> int:
        """Return in which of so many parts a moment lies."""
        span = self.last - self.first + timedelta(microseconds=1)
        return max(0, min(parts - 1, (moment - self.first) * parts // span))

    def in_parts(self, parts: int) -> list[tuple[int, int]]:
        """Return rows and errors of fewer or more parts."""
        found = [[0, 0] for _ in range(parts)]
        for at, (number, wrong) in enumerate(zip(self.counts, self.errors)):
            there = found[at * parts // len(self.counts)]
            there[0] += number
            there[1] += wrong
        return [(number, wrong) for number, wrong in found]


def histogram_of(times: pl.Series, errors: pl.Series, slices: int) -> Histogram | None:
    """Return how many of some times, which are in order, and of errors among them, each slice has."""
    if times.is_empty():
        return None
    first, last = times[0], times[-1]
    span = (last - first) // timedelta(microseconds=1) + 1
    begins = [first + timedelta(microseconds=-(-span * at // slices)) for at in range(slices)]
    bounds = pl.Series(begins, dtype=times.dtype)

    def counts(some: pl.Series) -> tuple[int, ...]:
        places = [*some.search_sorted(bounds, side="left").to_list(), len(some)]
        return tuple(after - before for before, after in pairwise(places))

    return Histogram(first, last, counts(times), counts(errors))
