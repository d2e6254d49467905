"""Counts of all records over time, in bounded memory: where they get too many, slices get wider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
from msgspec import Struct

from arclogs.browse.block import PLACE, distinct, spread
from arclogs.browse.parameter import open_columns
from arclogs.browse.timeline.slices import COARSER
from arclogs.case.survey import EVENTS
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.browse.block import Block

MOST_CELLS: Final = 100_000
MOST_STREAMS: Final = 5_000
OTHER, WARNING, ERROR = 0, 1, 2
_TICK_US: Final = 100_000
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
        shared, places = block.shared, block.own[PLACE]
        if open_columns(shared, _ORIGIN):
            shared, places = distinct(pl.DataFrame([block.column(name) for name in _ORIGIN]))
        origins, which = distinct(shared.select(_ORIGIN))
        counted = origins["source"] != EVENTS
        numbers = [
            self._numbered(Origin(*row)) if wanted else None
            for row, wanted in zip(origins.iter_rows(), counted)
        ]
        of_place = pl.Series("origin", numbers, pl.UInt32).gather(which)
        rows = block.own.select("time", "level", spread(of_place, places).alias("origin")).filter(
            pl.col("origin").is_not_null()
        )
        self._stretch(rows)
        dated = _counted(rows.filter(pl.col("time").is_not_null()), self._width)
        self._new.append(dated)
        self._new_cells += dated.height
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

    def _stretch(self, rows: pl.DataFrame) -> None:
        """Add rows to the streams they are of."""
        time = pl.col("time")
        told = rows.group_by("origin", maintain_order=True).agg(
            pl.len(), time.null_count().alias("undated"),
            time.min().alias("first"), time.max().alias("last"),
        )  # fmt: skip
        origins = list(self._numbers)
        for number, n, undated, first, last in told.iter_rows():
            stream = self.streams[origins[number]]
            stream.records += n
            stream.undated += undated
            if first is not None:
                stream.stretch(first, last)

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


def _counted(rows: pl.DataFrame, width: int) -> pl.DataFrame:
    """Return cells of rows that follow each other: the same cell may come again."""
    level = pl.col("level")
    cell = pl.struct(
        "origin",
        grade=pl.when(level >= int(Level.ERROR)).then(pl.lit(ERROR, pl.UInt8))
        .when(level >= int(Level.WARNING)).then(pl.lit(WARNING, pl.UInt8))
        .otherwise(pl.lit(OTHER, pl.UInt8)),
        tick=pl.col("time").dt.epoch("us") // (_TICK_US * width) * width,
    )  # fmt: skip
    runs = rows.select(cell.alias("cell")).unnest("cell")
    ends = runs.select(
        (pl.any_horizontal(pl.all() != pl.all().shift(-1))).fill_null(value=True).arg_true()
    ).to_series()
    counts = (ends - ends.shift(1).fill_null(-1)) if len(ends) else ends
    return runs[ends].with_columns(counts.cast(pl.UInt32).alias("n")).select(*_CELL)


def _added_up(cells: pl.DataFrame, width: int) -> pl.DataFrame:
    return (
        cells.with_columns(pl.col("tick") // width * width)
        .group_by("origin", "grade", "tick", maintain_order=True)
        .agg(pl.col("n").sum())
        .select(*_CELL)
    )
