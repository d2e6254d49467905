"""Counts of all records over time, in bounded memory: where they get too many, slices get wider."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
from msgspec import Struct

from arclogs.browse.timeline.slices import COARSER, tick_of
from arclogs.case.survey import EVENTS
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.model.record import Record

MOST_CELLS: Final = 100_000
MOST_STREAMS: Final = 5_000
OTHER, WARNING, ERROR = 0, 1, 2
_TICK_US: Final = 100_000


class Origin(NamedTuple):
    """Where records come from, as far as lanes tell them apart."""

    member: str
    source: str
    pod: str | None
    job: str | None


_ORIGIN: Final = Origin._fields


class Stream(Struct):
    """The records of one origin."""

    records: int = 0
    undated: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def stretch(self, first: datetime, last: datetime) -> None:
        """Take in when records were written."""
        if self.first is None or first < self.first:
            self.first = first
        if self.last is None or last > self.last:
            self.last = last


class Tally:
    """Counts records by origin, slice and severity.

    `see` takes records one by one, while a bundle is read; `put` takes frames of rows
    (`browse.rows`), so that a screen which holds them all can count any part of them again.
    """

    def __init__(self, most_cells: int = MOST_CELLS, most_streams: int = MOST_STREAMS) -> None:
        self._most_cells, self._most_streams = most_cells, most_streams
        self.streams: dict[Origin, Stream] = {}
        self._cells: defaultdict[tuple[Origin, int, int], int] = defaultdict(int)
        self._step = 0

    @property
    def resolution(self) -> int:
        """Return the width of the slices that are counted, in ticks of 100 ms."""
        if self._step < len(COARSER):
            return COARSER[self._step]
        return COARSER[-1] * int(10 ** (self._step - len(COARSER) + 1))

    def see(self, record: Record) -> None:
        """Take in one record."""
        said = record.fields
        origin = Origin(record.member, record.source.value, said.get("pod"), said.get("job"))
        level = record.level or 0
        grade = ERROR if level >= Level.ERROR else WARNING if level >= Level.WARNING else OTHER
        moment = record.timestamp
        tick = tick_of(moment) if moment is not None else None
        self._add(origin, grade, 1, tick, moment, moment)

    def put(self, frame: pl.DataFrame) -> None:
        """Take in rows; those of events are left out, which marks show."""
        level = pl.col("level")
        frame = frame.filter(pl.col("source") != EVENTS)
        if frame.is_empty():
            return
        alike = {key: frame[key][0] for key in _ORIGIN if _is_one(frame[key])}
        counted = (
            frame.lazy()
            .select(
                *(key for key in _ORIGIN if key not in alike),
                "time",
                grade=pl.when(level >= int(Level.ERROR)).then(ERROR)
                .when(level >= int(Level.WARNING)).then(WARNING).otherwise(OTHER),
                tick=pl.col("time").dt.epoch("us") // (_TICK_US * self.resolution) * self.resolution,
            )
            .group_by(pl.exclude("time"), maintain_order=True)
            .agg(pl.len().alias("n"), pl.col("time").min().alias("first"),
                 pl.col("time").max().alias("last"))
            .with_columns(pl.lit(value, pl.String).alias(key) for key, value in alike.items())
            .select(*_ORIGIN, "grade", "tick", "n", "first", "last")
            .collect()
        )  # fmt: skip
        for member, source, pod, job, grade, tick, n, first, last in counted.iter_rows():
            self._add(Origin(member, source, pod, job), grade, n, tick, first, last)

    def _add(
        self, origin: Origin, grade: int, n: int, tick: int | None,
        first: datetime | None, last: datetime | None,
    ) -> None:  # fmt: skip
        stream = self.streams.get(origin)
        if stream is None:
            if len(self.streams) >= self._most_streams:
                origin = Origin("", origin.source, None, None)
            stream = self.streams.setdefault(origin, Stream())
        stream.records += n
        if tick is None or first is None or last is None:
            stream.undated += n
            return
        stream.stretch(first, last)
        self._cells[origin, tick // self.resolution, grade] += n
        while len(self._cells) > self._most_cells:
            self._coarsen()

    def _coarsen(self) -> None:
        before = self.resolution
        self._step += 1
        ratio = self.resolution // before
        cells, self._cells = self._cells, defaultdict(int)
        for (origin, at, grade), n in cells.items():
            self._cells[origin, at // ratio, grade] += n

    def cells(self) -> Iterator[tuple[Origin, int, int, int]]:
        """Yield origin, tick where the slice begins, severity (`ERROR` …) and count."""
        width = self.resolution
        for (origin, at, grade), n in self._cells.items():
            yield origin, at * width, grade, n


def _is_one(values: pl.Series) -> bool:
    """Tell whether all values are the same."""
    return bool(values.eq_missing(values[0]).all())
