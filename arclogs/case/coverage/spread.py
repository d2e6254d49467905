"""How a log is spread over time: from when to when, and when it was silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

SILENCE = timedelta(minutes=10)
"""A time without a record that is longer than this is a gap."""

MOST_SLICES = 20_000
"""Slices of ten minutes that are kept of one log, some twenty weeks of them. More than that are the
stamps of a text that is no log."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class Gap(NamedTuple):
    """A silence between two records."""

    first: datetime
    last: datetime

    @property
    def length(self) -> timedelta:
        """Return how long it lasted."""
        return self.last - self.first


class Spread:
    """Takes in time stamps in any order and knows the gaps, exactly, in bounded memory.

    Of every slice as long as a gap must be, first and last stamp are kept: inside of a slice no gap
    fits, so all gaps lie between the last stamp of one and the first of the next.
    """

    __slots__ = ("_begin", "_end", "_high", "_low", "_slices", "scattered")

    def __init__(self) -> None:
        self._slices: dict[datetime, tuple[datetime, datetime]] = {}
        self._begin = self._end = _EPOCH
        self._low = self._high = _EPOCH
        self.scattered = False
        """The stamps lie in too many slices: gaps are not told."""

    def add(self, stamp: datetime) -> None:
        """Take in one stamp."""
        if not self._begin <= stamp < self._end:
            self._turn_to(stamp)
        if stamp < self._low:
            self._low = stamp
        elif stamp > self._high:
            self._high = stamp

    def _turn_to(self, stamp: datetime) -> None:
        """Put the present slice away and take up the one that a stamp lies in."""
        self._store()
        begin = stamp - (stamp - _EPOCH) % SILENCE
        end = begin + SILENCE
        if begin not in self._slices and len(self._slices) >= MOST_SLICES:
            self.scattered = True
            ends = self._slices.values()
            whole = min(low for low, _ in ends), max(high for _, high in ends)
            begin, end = _EVER
            self._slices = {begin: whole}
        self._begin, self._end = begin, end
        self._low, self._high = self._slices.get(begin, (stamp, stamp))

    def merge(self, other: Spread) -> None:
        """Take in all stamps of another spread."""
        for low, high in other._ordered():
            self.add(low)
            self.add(high)
        self.scattered = self.scattered or other.scattered

    def _store(self) -> None:
        if self._end > self._begin:
            self._slices[self._begin] = (self._low, self._high)

    def _ordered(self) -> list[tuple[datetime, datetime]]:
        self._store()
        return [self._slices[begin] for begin in sorted(self._slices)]

    @property
    def first(self) -> datetime | None:
        """Return the earliest stamp."""
        return min((low for low, _ in self._ordered()), default=None)

    @property
    def last(self) -> datetime | None:
        """Return the latest stamp."""
        return max((high for _, high in self._ordered()), default=None)

    def gaps(self) -> list[Gap]:
        """Return the silences in order of time."""
        if self.scattered:
            return []
        ends = self._ordered()
        return [
            Gap(before, after)
            for (_, before), (after, _) in pairwise(ends)
            if after - before > SILENCE
        ]
