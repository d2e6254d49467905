"""Counts of all records over time, in bounded memory: where they get too many, slices get wider."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np
import polars as pl
from msgspec import Struct

from arclogs.browse.block import PLACE
from arclogs.browse.parameter import open_columns
from arclogs.browse.timeline.slices import COARSER, EPOCH
from arclogs.case.coverage.survey import EVENTS
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from arclogs.browse.block import Block

    Numbers: TypeAlias = NDArray[Any]
    Mask: TypeAlias = NDArray[np.bool_]

MOST_CELLS: Final = 100_000
MOST_STREAMS: Final = 5_000
OTHER, WARNING, ERROR = 0, 1, 2
_TICK_US: Final = 100_000
_LATEST: Final = 2**62
_WIDEST: Final = 1000 * COARSER[-1]
"""All of the calendar in two slices."""


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


_CELL: Final = {"origin": pl.UInt32, "grade": pl.UInt8, "tick": pl.Int64, "n": pl.UInt32}


class Tally:
    """Counts records by origin, slice and severity, while a bundle is read."""

    def __init__(self, most_cells: int = MOST_CELLS, most_streams: int = MOST_STREAMS) -> None:
        self._most_cells, self._most_streams = most_cells, most_streams
        self.streams: dict[Origin, Stream] = {}
        self._numbers: dict[Origin, int] = {}
        self._cells = pl.DataFrame(schema=_CELL)
        """Added up, but for what came since."""
        self._new: list[pl.DataFrame] = []
        self._new_cells = 0
        self._step = 0

    @property
    def resolution(self) -> int:
        """Return the width of the slices that are counted, in ticks of 100 ms."""
        self._settle()
        return self._width

    @property
    def _width(self) -> int:
        if self._step < len(COARSER):
            return COARSER[self._step]
        return COARSER[-1] * int(10 ** (self._step - len(COARSER) + 1))

    def put(self, block: Block) -> None:
        """Take in rows; those of events are left out, which marks show."""
        shared, places = block.shared, block.own[PLACE].to_numpy()
        if open_columns(shared, _ORIGIN):
            shared = pl.DataFrame([block.column(name) for name in _ORIGIN])
            places = np.arange(shared.height)
        known: dict[Origin, int] = {}
        for origin in map(Origin._make, shared.select(_ORIGIN).iter_rows()):
            if origin not in known:
                known[origin] = -1 if origin.source == EVENTS else self._numbered(origin)
        of_place = [known[Origin._make(row)] for row in shared.select(_ORIGIN).iter_rows()]
        origin = np.array(of_place, dtype=np.int64)[places]
        times, levels = block.own["time"], block.own["level"].to_numpy()
        dated = times.is_not_null().to_numpy()
        micros = times.dt.epoch("us").fill_null(0).to_numpy()
        self._count(origin, dated, micros)
        rows = np.flatnonzero(dated & (origin >= 0))
        cells = _counted(
            origin[rows], levels[rows], micros[rows] // (_TICK_US * self._width) * self._width
        )
        self._new.append(cells)
        self._new_cells += cells.height
        if self._new_cells > self._most_cells:
            self._settle()

    def _numbered(self, origin: Origin) -> int:
        number = self._numbers.get(origin)
        if number is None:
            if len(self.streams) >= self._most_streams:
                origin = Origin("", origin.source, None, None)
            self.streams.setdefault(origin, Stream())
            number = self._numbers.setdefault(origin, len(self._numbers))
        return number

    def _count(self, origin: Numbers, dated: Mask, micros: Numbers) -> None:
        """Add rows to the streams they are of; an origin below 0 is none."""
        counted = origin[origin >= 0]
        size = len(self._numbers)
        totals = np.bincount(counted, minlength=size)
        some = np.flatnonzero(dated & (origin >= 0))
        with_time = np.bincount(origin[some], minlength=size)
        first, last = np.full(size, _LATEST), np.full(size, -_LATEST)
        np.minimum.at(first, origin[some], micros[some])
        np.maximum.at(last, origin[some], micros[some])
        origins = list(self._numbers)
        for number in np.flatnonzero(totals).tolist():
            stream = self.streams[origins[number]]
            stream.records += int(totals[number])
            stream.undated += int(totals[number] - with_time[number])
            if with_time[number]:
                stream.stretch(_moment(first[number]), _moment(last[number]))

    def _settle(self) -> None:
        """Add up all cells, of wider slices where they would be too many."""
        if not self._new:
            return
        every = pl.concat([self._cells, *self._new])
        self._new, self._new_cells = [], 0
        self._cells = _added_up(every, self._width)
        while self._cells.height > self._most_cells and self._width < _WIDEST:
            self._step += 1
            self._cells = _added_up(self._cells, self._width)

    def cells(self) -> Iterator[tuple[Origin, int, int, int]]:
        """Yield origin, tick where the slice begins, severity (`ERROR` …) and count."""
        self._settle()
        origins = list(self._numbers)
        for origin, grade, tick, n in self._cells.iter_rows():
            yield origins[origin], tick, grade, n


def _counted(origin: Numbers, level: Numbers, tick: Numbers) -> pl.DataFrame:
    """Return cells of rows that follow each other: the same cell may come again."""
    grade = np.where(level >= Level.ERROR, ERROR, np.where(level >= Level.WARNING, WARNING, OTHER))
    same = (origin[1:] == origin[:-1]) & (grade[1:] == grade[:-1]) & (tick[1:] == tick[:-1])
    ends = np.append(np.flatnonzero(~same), len(origin) - 1) if len(origin) else origin
    counts = np.diff(ends, prepend=-1)
    columns = {"origin": origin[ends], "grade": grade[ends], "tick": tick[ends], "n": counts}
    return pl.DataFrame(columns).cast(pl.Schema(_CELL))


def _moment(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=int(micros))


def _added_up(cells: pl.DataFrame, width: int) -> pl.DataFrame:
    return (
        cells.with_columns(pl.col("tick") // width * width)
        .group_by("origin", "grade", "tick", maintain_order=True)
        .agg(pl.col("n").sum())
        .select(*_CELL)
    )
