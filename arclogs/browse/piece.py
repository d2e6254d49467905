"""Rows as they are kept to be browsed: what order needs at hand, everything else compressed.

    65,536 rows → time, level, line, member: 17 bytes a row
                → text, and what rows share (`browse.block`), in Zstandard, 16,384 rows each: some 22

Nothing of it is written to disk. A filter unpacks one batch after the other, on all cores; a screen
those that its rows stand in.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Final

import polars as pl
import zstandard
from msgspec import Struct

from arclogs.browse.block import OWN, PLACE, SHARED, joined, spread
from arclogs.browse.filter_expression import OWN_FIELDS, expression
from arclogs.browse.parameter import PARAMETER, TEMPLATE, filled, open_columns
from arclogs.case.coverage.survey import EVENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from arclogs.browse.block import Block
    from arclogs.browse.filter_terms import Filter

_AT_HAND: Final = ("time", "level", "line")
BATCH: Final = 16_384
"""Rows that are unpacked together."""


_OWN_FILES: Final = (("text",), (PLACE,), (PARAMETER,))
_SHARED_FILES: Final = ((*(n for n in SHARED if n != "fields"), TEMPLATE), ("fields",))
"""Columns that are unpacked together."""


class Batch(Struct, frozen=True):
    """Up to `BATCH` rows, compressed."""

    files: tuple[bytes, ...]
    """The columns of each of `_OWN_FILES` and `_SHARED_FILES`: an Arrow stream, or nothing."""
    own_fields: bool
    """Whether any row has fields that a filter by text looks into."""
    open: tuple[str, ...] = ()
    """Columns in which rows of templates have their parameters."""

    def read(self, names: Collection[str]) -> dict[str, pl.Series]:
        """Return some columns of the block that it was made of."""
        found: dict[str, pl.Series] = {}
        for columns, file in zip((*_OWN_FILES, *_SHARED_FILES), self.files):
            wanted = [name for name in columns if name in names]
            if wanted and file:
                found |= {column.name: column for column in _read(file, wanted)}
        return found

    def columns(self, names: Collection[str], heads: pl.DataFrame) -> pl.DataFrame:
        """Return some columns of `browse.rows.SCHEMA`; `heads` has those that are kept at hand."""
        shared = [name for name in names if name in SHARED]
        read = self.read({*names, *([PLACE] if shared else ()), *self._beside(shared)})
        return pl.DataFrame(
            [
                self._spread(read, name) if name in shared
                else read[name] if name in read else heads[name]
                for name in names
            ]
        )  # fmt: skip

    def _beside(self, names: Collection[str]) -> tuple[str, ...]:
        """Return what else must be read for some columns."""
        return (PARAMETER, TEMPLATE) if any(name in self.open for name in names) else ()

    def _spread(self, read: Mapping[str, pl.Series], name: str) -> pl.Series:
        values = spread(read[name], read[PLACE])
        if name not in self.open:
            return values
        return filled(values, read[PARAMETER], spread(read[TEMPLATE], read[PLACE]))


class Question:
    """A filter as it is asked of batches: what rows share is looked at once for all of them."""

    def __init__(self, where: Filter, *, own_fields: bool) -> None:
        self._shared: list[pl.Expr] = []
        self._test = expression(where, own_fields=own_fields, shared=self._aside).alias("fits")
        own = set(self._test.meta.root_names())
        self._own = [name for name in OWN if name in own]
        self._needed = sorted({name for test in self._shared for name in test.meta.root_names()})

    def _aside(self, test: pl.Expr) -> pl.Expr:
        name = f"shared {len(self._shared)}"
        self._shared.append(test.alias(name))
        return pl.col(name)

    def held(self, heads: pl.DataFrame, batch: Batch) -> pl.Series:
        """Return of each row of a batch whether it fits."""
        own = batch.read([name for name in self._own if name not in _AT_HAND])
        columns = [own[name] if name in own else heads[name] for name in self._own]
        if any(name in batch.open for name in self._needed):
            columns += batch.columns(self._needed, heads).select(self._shared).get_columns()
        elif self._shared:
            told = pl.DataFrame(list(batch.read(self._needed).values())).select(self._shared)
            places = None
            for column in told:
                if column.n_unique() == 1:
                    columns.append(column.new_from_index(0, heads.height))
                    continue
                places = batch.read([PLACE])[PLACE] if places is None else places
                columns.append(spread(column, places))
        return pl.DataFrame(columns).select(self._test).to_series()


class Piece(Struct, frozen=True):
    """Rows in the order of reading."""

    heads: pl.DataFrame
    """`time`, `level`, `line` and `member`; names of members once each."""
    batches: tuple[Batch, ...]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return self.heads.height

    @property
    def bytes_kept(self) -> int:
        """Return how much memory it takes."""
        packed = sum(len(file) for batch in self.batches for file in batch.files)
        return packed + int(self.heads.estimated_size())

    def parts(self) -> Iterator[tuple[pl.DataFrame, Batch]]:
        """Yield its batches, with the part of `heads` of each."""
        return zip(self.heads.iter_slices(BATCH), self.batches)


def begun_by(heads: pl.DataFrame, batch: Batch, member: str, line: int) -> tuple[int, int] | None:
    """Return the last row of a batch that a line of a member may belong to: its line, its place.

    A record has many lines, an event one.
    """
    before = (pl.col("member") == member) & (pl.col("line") <= line)
    rows = heads.with_row_index("at").filter(before)
    if rows.is_empty():
        return None
    source = batch.columns(["source"], heads)["source"].gather(rows["at"])
    rows = rows.filter((source != EVENTS) | (rows["line"] == line)).sort("line").tail(1)
    return (rows["line"][0], rows["at"][0]) if rows.height else None


def logs_of(pieces: Iterable[Piece], name: str) -> list[tuple[str, int, int]]:
    """Return the members that tell of a pod or runner: name, first line, number of rows."""
    about = (pl.col("pod") == name) | (pl.col("runner") == name)
    told = [
        batch.columns(("member", "line", "pod", "runner"), heads)
        .filter(about).group_by(pl.col("member").cast(pl.String)).agg(pl.col("line").min(), pl.len())
        for piece in pieces for heads, batch in piece.parts()
    ]  # fmt: skip
    if not told:
        return []
    total = pl.concat(told).group_by("member").agg(pl.col("line").min(), pl.col("len").sum())
    return [(str(member), int(line), int(n)) for member, line, n in total.sort("member").rows()]


def pack(blocks: Sequence[Block]) -> Piece:
    """Return rows as they are kept."""
    whole = joined(blocks)
    names = whole.shared["member"].cast(pl.Categorical)
    heads = whole.own.select(*_AT_HAND, spread(names, whole.own[PLACE]))
    return Piece(heads.rechunk(), tuple(map(_packed, whole.slices(BATCH))))


def _packed(block: Block) -> Batch:
    own_fields = bool(block.shared.select(OWN_FIELDS.any()).item())
    files = [_file(block.own, columns) for columns in _OWN_FILES]
    files += [_file(block.shared, columns) for columns in _SHARED_FILES]
    return Batch(tuple(files), own_fields, open_columns(block.shared, SHARED))


_Z = threading.local()


def _file(rows: pl.DataFrame, columns: Sequence[str]) -> bytes:
    wanted = [name for name in columns if name in rows.columns]
    if not wanted:
        return b""
    if not hasattr(_Z, "pack"):
        _Z.pack = zstandard.ZstdCompressor(level=1)
    file = io.BytesIO()
    # Strings in one run, not cut into views, compress far better.
    rows[wanted].write_ipc_stream(file, compat_level=pl.CompatLevel.oldest())
    packed: bytes = _Z.pack.compress(file.getbuffer())
    return packed


def _read(file: bytes, columns: list[str]) -> pl.DataFrame:
    if not hasattr(_Z, "unpack"):
        _Z.unpack = zstandard.ZstdDecompressor()
    return pl.read_ipc_stream(_Z.unpack.decompress(file), columns=columns)
