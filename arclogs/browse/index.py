"""All rows of a bundle, kept to be looked at: in order of time, filtered, a page at a time.

Rows stay where they were read, compressed (`browse.piece`); order and filter are series of their
positions. They come redacted from `browse.reading.Sieve`: a row here is a row of `arclogs records`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from msgspec import Struct

from arclogs.browse.filter_expression import expression
from arclogs.browse.histogram import Histogram, histogram_of
from arclogs.browse.piece import BATCH
from arclogs.browse.rows import SCHEMA
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.browse.filter_terms import Filter
    from arclogs.browse.piece import Piece


_TOGETHER: Final = 4
"""Batches that are gone through as one: each has a cost of its own."""
_AT_ONCE: Final = 8
"""Of those that are unpacked at the same time."""
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
        self._packed: list[bytes] = []
        self._own_fields: list[bool] = []
        self._starts: list[int] = []
        """Position of the first row of each batch."""
        self.height = 0
        for piece in self._pieces:
            self._packed += piece.packed
            self._own_fields += piece.own_fields
            self._starts += range(self.height, self.height + piece.height, BATCH)
            self.height += piece.height
        self._unpacked: dict[tuple[int, tuple[str, ...]], pl.DataFrame] = {}
        self.level = self._column("level", pl.UInt8)
        time = self._column("time", SCHEMA["time"])
        self.order = self._order(time)
        self.times = time.gather(self.order).drop_nulls()
        """Of all rows that have one, in order."""
        self.everything = View(self.order)

    def _column(self, name: str, kind: Any) -> pl.Series:
        columns = [piece.heads[name] for piece in self._pieces]
        return pl.concat([pl.Series(name, [], kind), *columns], rechunk=True)

    def _order(self, time: pl.Series) -> pl.Series:
        """Return positions as `browse.shelf` orders rows: by time, member and line, no time last.

        By one key after the other, which takes far less memory than by all at once.
        """
        place = self._member_ranks().cast(pl.UInt64) * (1 << 32) + self._column("line", pl.UInt32)
        by_place = _sorted(place)
        return by_place.gather(_sorted(time.gather(by_place)))

    def _member_ranks(self) -> pl.Series:
        """Return for each row where its member stands among the names of all in order."""
        members = [piece.heads["member"] for piece in self._pieces]
        names = [column.unique() for column in members]
        told = {name for some in names for name in some.cast(pl.String)}
        ranks = {name: rank for rank, name in enumerate(sorted(told))}
        columns = [
            column.to_physical().replace_strict(
                some.to_physical(), [ranks[name] for name in some.cast(pl.String)],
                return_dtype=pl.UInt32,
            )
            for column, some in zip(members, names)
        ]  # fmt: skip
        return pl.concat([pl.Series("rank", [], pl.UInt32), *(c.rename("rank") for c in columns)])

    # --- rows

    def view(self, where: Filter) -> View:
        """Return the rows that fit a filter."""
        if not where.terms or not self.height:
            return self.everything
        tests = {own: expression(where, own_fields=own).alias("fits") for own in (True, False)}
        lazy = [
            pl.scan_ipc(batches[first : first + _TOGETHER]).select(tests[own])
            for own, batches in self._runs()
            for first in range(0, len(batches), _TOGETHER)
        ]
        # Some at a time: all together would be unpacked together.
        found = (
            part
            for first in range(0, len(lazy), _AT_ONCE)
            for part in pl.collect_all(lazy[first : first + _AT_ONCE])
        )
        held = pl.concat([part["fits"] for part in found], rechunk=True)
        fits = held.gather(self.order)
        return View(self.order.filter(fits), fits)

    def _runs(self) -> Iterator[tuple[bool, list[bytes]]]:
        """Yield batches in their order, those together that have fields to look into, or have not."""
        for own, run in groupby(zip(self._own_fields, self._packed), key=itemgetter(0)):
            yield own, [batch for _, batch in run]

    def rows(self, positions: Sequence[int], columns: Sequence[pl.Expr]) -> list[tuple[Any, ...]]:
        """Return some rows, in the order of the positions."""
        wanted: dict[int, list[int]] = {}
        for position in positions:
            wanted.setdefault(bisect_right(self._starts, position) - 1, []).append(position)
        needed = tuple(sorted({name for column in columns for name in column.meta.root_names()}))
        found: dict[int, tuple[Any, ...]] = {}
        for (batch, some), rows in zip(wanted.items(), self._unpack(list(wanted), needed)):
            part = rows[[position - self._starts[batch] for position in some]]
            found.update(zip(some, part.select(columns).rows()))
        return [found[position] for position in positions]

    def _unpack(self, batches: Sequence[int], columns: tuple[str, ...]) -> list[pl.DataFrame]:
        """Return some columns of batches; the last ones are kept, as the next row is most often near."""
        known = {at: self._unpacked.pop((at, columns), None) for at in batches}
        new = [at for at, rows in known.items() if rows is None]
        lazy = [pl.scan_ipc(self._packed[at]).select(columns) for at in new]
        known |= dict(zip(new, pl.collect_all(lazy)))
        found = [rows for rows in known.values() if rows is not None]
        self._unpacked |= {(at, columns): rows for at, rows in zip(known, found)}
        for key in list(self._unpacked)[:-_MOST_UNPACKED]:
            self._unpacked.pop(key, None)
        return found

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
        for first, end, batch in zip(self._starts, ends, self._packed):
            inside = place.filter(pl.col("at").is_between(first, end, closed="left"))
            if inside.height:
                part = pl.scan_ipc(batch).collect()[(inside["at"] - first)]
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
        here = (pl.col("member") == member) & (pl.col("line") <= line)
        begun = (pl.col("source") != "events") | (pl.col("line") == line)
        best: tuple[int, int] | None = None
        lazy = [
            pl.scan_ipc(batch).with_row_index("at").filter(here & begun).select("line", "at")
            for batch in self._packed
        ]
        for start, found in zip(self._starts, pl.collect_all(lazy)):
            last = found.sort("line").tail(1).rows()
            if last and (best is None or last[0][0] > best[0]):
                best = last[0][0], start + last[0][1]
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


def _sorted(keys: pl.Series) -> pl.Series:
    """Return the places of keys in their order, equal ones as they stand, missing ones last."""
    by = pl.arg_sort_by(keys.name, nulls_last=True, maintain_order=True).cast(pl.UInt32)
    return keys.to_frame().select(by.alias("order"))["order"]


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
