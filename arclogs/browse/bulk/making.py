"""Records, and the dull runs between them, made into blocks of rows in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from arclogs.browse.block import PLACE, SUSPECT, Block, block_of, joined
from arclogs.browse.bulk.rows import DullRows
from arclogs.browse.rows import RAW, SCHEMA, frame_of, record_row
from arclogs.ingest.interface import Elided
from arclogs.scan.lines.stamps import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.model.record import Record

BATCH: Final = 4096
"""Rows that are handed on together where records come one by one."""
_CHUNKS: Final = 2
"""Chunks whose dull lines are made rows together: the cost of a call does not count then."""
_MEMBER: Final = list(SCHEMA).index("member")


class RowMaker:
    """Hands blocks of rows to everyone who wants them.

    `raw`: with the original lines. `suspect`: with what tells where to look for secrets
    (`browse.block.SUSPECT`).
    """

    def __init__(
        self,
        *consumers: Callable[[Block], None],
        raw: bool = True,
        suspect: bool = False,
    ) -> None:
        self._consumers = consumers
        self._rows: list[tuple[Any, ...]] = []
        self._dull: list[Elided] = []
        self._after: list[int] = []
        """How many rows came before each of them."""
        self._chunks = 0
        """How many chunks they are of."""
        self._most = 1
        self._suspect, self._raw = suspect, raw
        self._maker = DullRows(suspect=suspect, raw=raw)

    def see(self, item: Record | Elided) -> None:
        """Take in a record, or a run of dull ones."""
        if isinstance(item, Elided):
            self._elide(item)
        else:
            self.put(record_row(item))

    def put(self, row: tuple[Any, ...]) -> None:
        """Take in one row, `raw` last."""
        if self._dull and self._dull[0].like.member != row[_MEMBER]:
            self.flush()
        self._rows.append(row)
        # A chunk's records wait for its dull runs, or each run would become a frame of its own.
        if len(self._rows) >= (4 * BATCH if self._dull else BATCH):
            self.flush()

    def _elide(self, item: Elided) -> None:
        run = _run(item)
        other = self._dull and _run(self._dull[-1]).of is not run.of
        if other and (
            self._chunks == self._most
            or self._dull[0].like.member != item.like.member
            or _run(self._dull[0]).of.shape != run.of.shape
        ):
            self.flush()
            self._most = min(_CHUNKS, 2 * self._most)  # the first rows are waited for
        if self._rows and self._rows[0][_MEMBER] != item.like.member:
            self.flush()
        self._chunks += not self._dull or bool(other)
        self._dull.append(item)
        self._after.append(len(self._rows))

    def flush(self) -> None:
        """Hand on what has come so far."""
        rows, dull, after = self._rows, self._dull, self._after
        self._rows, self._dull, self._after, self._chunks = [], [], [], 0
        if not (rows or dull):
            return
        blocks = [self._maker.block(dull)] if dull else []
        blocks += [self._block(rows)] if rows else []
        whole = joined(blocks)
        if dull and rows:
            whole = whole.taken(_order(after, [item.count for item in dull], len(rows)))
        for consume in self._consumers:
            consume(whole)

    def _block(self, rows: list[tuple[Any, ...]]) -> Block:
        frame = frame_of(rows)
        block = block_of(frame if self._raw else frame.drop(RAW))
        if not self._suspect:
            return block
        suspect = pl.lit(value=True).alias(SUSPECT)
        return Block(
            block.own.select(pl.exclude(PLACE), suspect, PLACE), block.shared.with_columns(suspect)
        )


def _run(item: Elided) -> Run:
    assert isinstance(item.run, Run)
    return item.run


def _order(after: list[int], counts: list[int], rows: int) -> pl.Series:
    """Return how dull runs, each after so many rows, and behind them those rows get into their order."""
    runs = pl.DataFrame({"after": after, "count": counts}).select(
        pl.col("after").repeat_by("count").explode().cast(pl.Int64)
    )["after"]
    places = pl.concat([runs * 2, pl.int_range(0, rows, eager=True) * 2 + 1])
    stable = pl.arg_sort_by("place", maintain_order=True)
    return places.alias("place").to_frame().select(stable.alias("order"))["order"]
