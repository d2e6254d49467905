"""Rows in the order of reading, cut in two: what is each row's own, and what many of them share.

    own                                            shared
    time      level  line  text           place    source      pod      logger  …
    02:06:24  20     1     Waiting for…   0        controller  arc-7c…  setup
    02:06:25  20     2     Still waiting  0

A file's rows share their pod, job and step, so that most of what is to be done to a row (redact, count,
pack) is done to few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl
from msgspec import Struct

from arclogs.browse.parameter import PARAMETER, TEMPLATE, filled, open_columns
from arclogs.browse.rows import RAW, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PLACE: Final = "place"
OWN: Final = ("time", "level", "line", "text")
SHARED: Final = tuple(name for name in SCHEMA if name not in OWN)
SUSPECT: Final = "suspect"
"""A further column of both where rows are redacted: whether one may hold what redaction changes."""


class Block(Struct, frozen=True):
    """Rows; `place` of a row in `own` is that of what it shares."""

    own: pl.DataFrame
    """`OWN`, `raw` and `suspect` where they are wanted, `parameter` where any is, and `place`."""
    shared: pl.DataFrame
    """`SHARED`, `suspect` if `own` has it, `template` if it has parameters."""

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return self.own.height

    def column(self, name: str) -> pl.Series:
        """Return a column of all rows."""
        if name in self.own.columns:
            return self.own[name]
        values = spread(self.shared[name], self.own[PLACE])
        if not open_columns(self.shared, [name]):
            return values
        return filled(values, self.own[PARAMETER], spread(self.shared[TEMPLATE], self.own[PLACE]))

    def whole(self) -> pl.DataFrame:
        """Return the rows with the columns of `browse.rows.SCHEMA`, and `raw` if there is one."""
        names = [*SCHEMA, *([RAW] if RAW in self.own.columns else ())]
        return pl.DataFrame([self.column(name) for name in names])

    def taken(self, rows: Any) -> Block:
        """Return some rows, in the order of their numbers, or those of a mask."""
        chosen = self.own.filter(rows) if rows.dtype == pl.Boolean else self.own[rows]
        return Block(chosen, self.shared)

    def slim(self) -> Block:
        """Return the same rows, and of what is shared only what they do."""
        places, every = self.own[PLACE], self.shared.height
        used = pl.repeat(value=False, n=every, dtype=pl.Boolean, eager=True).scatter(places, True)
        if used.all():
            return self
        anew = (used.cum_sum() - 1).cast(pl.UInt32).gather(places)
        return Block(self.own.with_columns(anew.alias(PLACE)), self.shared.filter(used))

    def slices(self, rows: int) -> Iterable[Block]:
        """Yield blocks of so many rows."""
        for own in self.own.iter_slices(rows):
            yield Block(own, self.shared).slim()


def block_of(frame: pl.DataFrame) -> Block:
    """Return rows, as `browse.rows` has them, as a block."""
    own = [name for name in (*OWN, RAW) if name in frame.columns]
    shared, places = distinct(frame.select(SHARED))
    return Block(frame.select(*own, places), shared)


def joined(blocks: Sequence[Block]) -> Block:
    """Return the rows of blocks behind each other."""
    if len(blocks) == 1:
        return blocks[0]
    before = 0
    owns = []
    if any(TEMPLATE in block.shared.columns for block in blocks):
        blocks = list(map(_with_parameters, blocks))
    for block in blocks:
        owns.append(block.own.with_columns(pl.col(PLACE) + before))
        before += block.shared.height
    return Block(pl.concat(owns), pl.concat([block.shared for block in blocks]))


def _with_parameters(block: Block) -> Block:
    if TEMPLATE in block.shared.columns:
        return block
    none = pl.lit(None, pl.String).alias(PARAMETER)
    shared = block.shared.with_columns(pl.lit(value=False).alias(TEMPLATE))
    return Block(block.own.select(pl.exclude(PLACE), none, PLACE), shared)


def distinct(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Return the different rows of a frame as they first come, and for each row which it is."""
    first, places = first_of(frame)
    return frame[first], places


def first_of(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return where each of the different rows of a frame first stands, and for each row which it is."""
    numbered = frame.with_row_index("at")
    first = numbered.select(pl.col("at").first().over(frame.columns)).to_series()
    some = numbered["at"].filter(numbered["at"] == first)
    which = pl.int_range(0, len(some), dtype=pl.UInt32, eager=True)
    spots = pl.repeat(0, frame.height, dtype=pl.UInt32, eager=True).scatter(some, which)
    return some, spots.gather(first).alias(PLACE)


def spread(values: pl.Series, places: pl.Series) -> pl.Series:
    """Return for each place the value that stands there."""
    if len(values) == 1:
        return values.new_from_index(0, len(places))
    return values.gather(places)
