"""Rows as they are kept to be browsed: what order needs at hand, everything else compressed.

    65,536 rows → time, level, line, member: 17 bytes a row
                → text, and what rows share (`browse.block`), in Zstandard, 8,192 rows each: some 23

Nothing of it is written to disk. A filter unpacks one batch after the other, on all cores; a screen
those that its rows stand in.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from arclogs.browse.block import OWN, PLACE, SHARED, joined, spread
from arclogs.browse.filter_expression import OWN_FIELDS, expression
from arclogs.case.survey import EVENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from arclogs.browse.block import Block
    from arclogs.browse.filter_terms import Filter

_AT_HAND: Final = ("time", "level", "line")
BATCH: Final = 8_192
"""Rows that are unpacked together."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Up to `BATCH` rows, compressed."""

    own: bytes
    """`text` and `place`: an Arrow file."""
    shared: bytes
    """`SHARED` of these rows only: an Arrow file."""
    own_fields: bool
    """Whether any row has fields that a filter by text looks into."""

    def columns(self, names: Collection[str], heads: pl.DataFrame) -> pl.DataFrame:
        """Return some columns of `browse.rows.SCHEMA`; `heads` has those that are kept at hand."""
        shared = [name for name in names if name in SHARED]
        needed = [*(("text",) if "text" in names else ()), *((PLACE,) if shared else ())]
        own = pl.read_ipc(self.own, columns=needed) if needed else heads
        told = pl.read_ipc(self.shared, columns=shared) if shared else heads
        return pl.DataFrame(
            [
                spread(told[name], own[PLACE]) if name in shared
                else (own if name == "text" else heads)[name]
                for name in names
            ]
        )  # fmt: skip


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
        unpacked = [name for name in ("text",) if name in self._own]
        unpacked += [PLACE] if self._shared else []
        own = pl.read_ipc(batch.own, columns=unpacked) if unpacked else heads
        columns = [(own if name == "text" else heads)[name] for name in self._own]
        if self._shared:
            told = pl.read_ipc(batch.shared, columns=self._needed).select(self._shared)
            columns += [spread(column, own[PLACE]) for column in told]
        return pl.DataFrame(columns).select(self._test).to_series()


@dataclass(frozen=True, slots=True)
class Piece:
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
        packed = sum(len(batch.own) + len(batch.shared) for batch in self.batches)
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
    shared = block.shared.select(SHARED)
    return Batch(_file(block.own.select("text", PLACE)), _file(shared), own_fields)


def _file(rows: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    # Strings in one run, not cut into views, compress far better.
    rows.write_ipc(file, compression="zstd", compat_level=pl.CompatLevel.oldest())
    return file.getvalue()
