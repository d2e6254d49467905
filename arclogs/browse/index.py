"""All rows of a bundle, kept to be looked at: in order of time, filtered, a page at a time.

Rows stay where they were read, compressed (`browse.piece`); order and filter are series of their
positions. They come redacted from `browse.reading.Sieve`: a row here is a row of `arclogs records`.
"""

from __future__ import annotations

from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeVar

import polars as pl
from msgspec import Struct

from arclogs.browse.histogram import Histogram, histogram_of
from arclogs.browse.order import order_of
from arclogs.browse.piece import Question, begun_by
from arclogs.browse.rows import SCHEMA
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from arclogs.browse.filter_terms import Filter
    from arclogs.browse.piece import Batch, Piece

_Found = TypeVar("_Found")

_THREADS: Final = 2
"""Unpack and search at the same time. What each does, polars does with all cores."""
_MOST_UNPACKED: Final = 64
"""Batches whose columns a screen needs are kept unpacked: 1 MB each."""


class View(Struct, frozen=True):
    """Rows that are shown, by position, in order of time."""

    positions: pl.Series
    fits: pl.Series | None = None
    """For each row of the index in order of time whether it is shown; None: all are."""

    def __len__(self) -> int:
        return len(self.positions)

    def place(self, rank: int) -> int:
        """Return where the row of a rank in time stands, or would stand."""
        return rank if self.fits is None else int(self.fits.head(rank).sum())


class RowIndex:
    """A snapshot: what was read up to a moment. Safe to share between threads."""

    def __init__(self, pieces: Sequence[Piece] = ()) -> None:
        self._pieces = list(pieces)
        self._parts = [part for piece in self._pieces for part in piece.parts()]
        *starts, self.height = accumulate((heads.height for heads, _ in self._parts), initial=0)
        self._starts = starts
        """Position of the first row of each batch."""
        self._unpacked: dict[tuple[int, tuple[str, ...]], pl.DataFrame] = {}
        self.level = self._column("level", pl.UInt8)
        time = self._column("time", SCHEMA["time"])
        self.order = order_of(time, [piece.heads for piece in self._pieces])
        self.times = time.gather(self.order).drop_nulls()
        """Of all rows that have one, in order."""
        self.everything = View(self.order)

    def _column(self, name: str, kind: Any) -> pl.Series:
        columns = [piece.heads[name] for piece in self._pieces]
        return pl.concat([pl.Series(name, [], kind), *columns], rechunk=True)

    # --- rows

    def view(self, where: Filter) -> View:
        """Return the rows that fit a filter."""
        if not where.terms or not self.height:
            return self.everything
        asked = {own: Question(where, own_fields=own) for own in (True, False)}
        held = pl.concat(
            self._each(lambda heads, batch: asked[batch.own_fields].held(heads, batch)),
            rechunk=True,
        )
        fits = held.gather(self.order)
        return View(self.order.filter(fits), fits)

    def _each(self, find: Callable[[pl.DataFrame, Batch], _Found]) -> list[_Found]:
        """Return what is found in each batch, several looked through at a time."""
        with ThreadPoolExecutor(_THREADS) as pool:
            return list(pool.map(lambda part: find(*part), self._parts))

    def rows(self, positions: Sequence[int], columns: Sequence[pl.Expr]) -> list[tuple[Any, ...]]:
        """Return some rows, in the order of the positions."""
        wanted: dict[int, list[int]] = {}
        for position in positions:
            wanted.setdefault(bisect_right(self._starts, position) - 1, []).append(position)
        needed = _names(columns)
        found: dict[int, tuple[Any, ...]] = {}
        for (batch, some), rows in zip(wanted.items(), self._unpack(list(wanted), needed)):
            part = rows[[position - self._starts[batch] for position in some]]
            found.update(zip(some, part.select(columns).rows()))
        return [found[position] for position in positions]

    def _unpack(self, batches: Sequence[int], columns: tuple[str, ...]) -> list[pl.DataFrame]:
        """Return some columns of batches; the last ones are kept, as the next row is most often near."""
        known = {at: self._unpacked.pop((at, columns), None) for at in batches}
        new = [at for at, rows in known.items() if rows is None]
        known |= {at: self._batch(at, columns) for at in new}
        found = [rows for rows in known.values() if rows is not None]
        self._unpacked |= {(at, columns): rows for at, rows in zip(known, found)}
        for key in list(self._unpacked)[:-_MOST_UNPACKED]:
            self._unpacked.pop(key, None)
        return found

    def _batch(self, at: int, columns: Collection[str] = tuple(SCHEMA)) -> pl.DataFrame:
        heads, batch = self._parts[at]
        return batch.columns(columns, heads)

    def row(self, position: int) -> dict[str, Any]:
        """Return all that is known of a row."""
        (found,) = self.rows([position], [*map(pl.col, SCHEMA)])
        return dict(zip(SCHEMA, found))

    def frame(self, view: View, start: int = 0, count: int | None = None) -> pl.DataFrame:
        """Return rows of a view in the types of `browse.rows.SCHEMA`."""
        wanted = view.positions.slice(start, count)
        place = pl.DataFrame({"at": wanted}).with_row_index("place")
        parts = []
        ends = [*self._starts[1:], self.height]
        for at, (first, end) in enumerate(zip(self._starts, ends)):
            inside = place.filter(pl.col("at").is_between(first, end, closed="left"))
            if inside.height:
                part = self._batch(at)[(inside["at"] - first)]
                parts.append(part.with_columns(inside["place"]))
        if not parts:
            return pl.DataFrame(schema=SCHEMA)
        return pl.concat(parts).sort("place").drop("place")

    def histogram(self, view: View, slices: int) -> Histogram | None:
        """Return how many rows of a view, and errors among them, are in equal parts of its time."""
        times, positions = self.times, view.positions.head(len(self.times))
        if view.fits is not None:
            times = times.filter(view.fits.head(len(times)))
            positions = view.positions.head(len(times))
        wrong = self.level.gather(positions) == Level.ERROR
        return histogram_of(times, times.filter(wrong), slices)

    # --- finding

    def rank(self, position: int) -> int:
        """Return where a row stands among all rows in order of time."""
        found = self.order.index_of(position)
        return 0 if found is None else found

    def rank_at(self, moment: Any) -> int:
        """Return the rank of the first row that is not before a moment."""
        wanted = pl.Series([moment], dtype=SCHEMA["time"])
        return int(self.times.search_sorted(wanted)[0])

    def position_of(self, member: str, line: int) -> int | None:
        """Return the row that a line of a member belongs to: a record has many lines, an event one."""
        best: tuple[int, int] | None = None
        for start, (heads, batch) in zip(self._starts, self._parts):
            found = begun_by(heads, batch, member, line)
            if found is not None and (best is None or found[0] > best[0]):
                best = found[0], start + found[1]
        return best[1] if best else None

    def line_after(self, member: str, line: int) -> int | None:
        """Return where the next row of a member behind a line begins."""
        behind = (pl.col("member") == member) & (pl.col("line") > line)
        lazy = [p.heads.lazy().filter(behind).select(pl.col("line").min()) for p in self._pieces]
        begins = [found.item() for found in pl.collect_all(lazy)]
        return min((begin for begin in begins if begin is not None), default=None)

    def next_of_level(self, view: View, at: int, by: int, level: int) -> int | None:
        """Return the nearest row of a level behind (`by` > 0) or before a place of a view."""

        def test(start: int, count: int) -> pl.Series:
            return self.level.gather(view.positions.slice(start, count)) == level

        return _next(test, len(view), at, by)

    def next_that_fits(self, view: View, at: int, by: int, wanted: View) -> int | None:
        """Return the nearest place of a view whose row another view shows, too."""
        if not len(wanted):
            return None
        if wanted.fits is None:
            return at + by if 0 <= at + by < len(view) else None
        fits = wanted.fits if view.fits is None else wanted.fits.filter(view.fits)
        return _next(fits.slice, len(view), at, by)

    def near(self, position: int, seconds: float, most: int) -> list[int]:
        """Return rows of the same pod or runner so near in time, this one among them, by time."""
        row = self.row(position)
        who = row["pod"] or row["runner"]
        if row["time"] is None or who is None:
            return []
        reach = timedelta(seconds=seconds)
        first = self.rank_at(row["time"] - reach)
        last = self.rank_at(row["time"] + reach + timedelta(microseconds=1))
        rank = self.rank(position)
        first, last = max(first, rank - 20 * most), min(last, rank + 20 * most)
        around = self.order.slice(first, last - first).to_list()
        names = self.rows(around, [pl.col("pod"), pl.col("runner")])
        same = [at for at, named in zip(around, names) if who in named]
        middle = same.index(position) if position in same else 0
        start = max(0, middle - most // 2)
        return same[start : start + most]


def _names(columns: Iterable[pl.Expr]) -> tuple[str, ...]:
    """Return which columns of rows expressions need: `level` if none, so that there are rows."""
    names = {name for column in columns for name in column.meta.root_names()}
    return tuple(sorted(names)) or ("level",)


def _next(test: Any, height: int, at: int, by: int) -> int | None:
    """Look for the nearest place at which `test(start, count)` holds, in ever larger steps."""
    step, edge = 1024, at + 1 if by > 0 else at
    while 0 <= edge < height if by > 0 else edge > 0:
        start = edge if by > 0 else max(0, edge - step)
        count = min(step, height - start) if by > 0 else edge - start
        held = test(start, count).arg_true()
        if len(held):
            return start + int(held[0 if by > 0 else -1])
        edge = start + count if by > 0 else start
        step *= 4
    return None
