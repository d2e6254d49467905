"""Rows as they are kept to be browsed: what order needs at hand, everything else compressed.

    65,536 rows → time, level, line, member: 17 bytes a row
                → all columns in Zstandard, 8,192 rows each: some 30 bytes a row

Nothing of it is written to disk. A filter unpacks one batch after the other, on all cores; a screen
those that its rows stand in.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import polars as pl
from msgspec import Struct

from arclogs.browse.filter_expression import OWN_FIELDS
from arclogs.browse.rows import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_HAND: Final = ("time", "level", "line", "member")
BATCH: Final = 8_192
"""Rows that are unpacked together."""


class Piece(Struct, frozen=True):
    """Rows in the order of reading."""

    heads: pl.DataFrame
    """`time`, `level`, `line` and `member`; names of members once each."""
    packed: tuple[bytes, ...]
    """All columns of `browse.rows.SCHEMA`: a compressed Arrow file for each `BATCH` of rows."""
    own_fields: tuple[bool, ...]
    """For each batch whether any row has fields that a filter by text looks into."""

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return self.heads.height

    @property
    def bytes_kept(self) -> int:
        """Return how much memory it takes."""
        return sum(map(len, self.packed)) + int(self.heads.estimated_size())

    def lazy(self) -> pl.LazyFrame:
        """Return its rows, to be unpacked."""
        return pl.concat([pl.scan_ipc(batch) for batch in self.packed])


def pack(frames: Sequence[pl.DataFrame]) -> Piece:
    """Return rows of `browse.rows.SCHEMA` as they are kept."""
    whole = pl.concat(frames).select(list(SCHEMA))
    heads = whole.select(_AT_HAND).with_columns(pl.col("member").cast(pl.Categorical))
    batches = list(whole.iter_slices(BATCH))
    own_fields = (batch.select(OWN_FIELDS.any()).item() for batch in batches)
    return Piece(heads.rechunk(), tuple(map(_packed, batches)), tuple(own_fields))


def _packed(rows: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    # Strings in one run, not cut into views, compress far better.
    rows.write_ipc(file, compression="zstd", compat_level=pl.CompatLevel.oldest())
    return file.getvalue()
