"""Dull runs of a chunk as one block of rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from arclogs.browse.block import PLACE, SHARED, SUSPECT, Block, distinct
from arclogs.browse.bulk.cut import cut
from arclogs.browse.bulk.parted import parted, rows_of
from arclogs.browse.bulk.suspects import suspects
from arclogs.browse.bulk.templates import Templates, origin_in
from arclogs.browse.bulk.times import times_of
from arclogs.browse.doubt import doubtful
from arclogs.browse.parameter import PARAMETER, TEMPLATE
from arclogs.browse.rows import RAW, SCHEMA, record_row
from arclogs.scan.lines.stamps import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.ingest.interface import Elided
    from arclogs.model.record import Record
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.lines import Lines, Rows

_SHAPES: Final = 16
"""Whose templates are remembered."""
PARTED: Final = ("controller", "listener", "dind", "runner")
"""Programs whose lines have parts that are told by where they stand."""


class DullRows:
    """Makes rows of the dull runs of one member after the other."""

    def __init__(self, *, suspect: bool = False, raw: bool = True) -> None:
        self._suspect, self._raw = suspect, raw
        self._templates: dict[object, Templates] = {}
        """The ones used last come last."""

    def block(self, runs: Sequence[Elided]) -> Block:
        """Return the rows of runs of one member that have the same shape, in order."""
        spans = [item.run for item in runs if isinstance(item.run, Run)]
        shape = spans[0].of.shape
        chunks = [_Chunk(list(some)) for _, some in groupby(spans, key=lambda run: id(run.of))]
        likes, which = _likes(runs)
        frame = pl.concat([self._lines(chunk) for chunk in chunks])
        if shape.layout.parser in PARTED:
            lines = [parted(chunk.lines, chunk.at, chunk.exact) for chunk in chunks]
            frame = frame.hstack(pl.concat([part.columns for part in lines]))
            templates = self._of(runs[0].like, shape)
            frame, shared, places = rows_of(frame, lines, templates, likes, which)
        else:
            frame = cut(frame["line"], shape).hstack(frame.drop("line"))
            shared, places = _shared(likes, which, frame)
        if self._suspect and (SUSPECT not in shared.columns or doubtful(likes["member"]).any()):
            shared = shared.with_columns(pl.lit(value=True).alias(SUSPECT))
        marks = [SUSPECT] if self._suspect else []
        open_too = [TEMPLATE] if TEMPLATE in shared.columns and shared[TEMPLATE].any() else []
        own = frame.select(
            "time", "level", pl.col("number").alias("line"), "text",
            *([pl.col("line").alias(RAW)] if self._raw else ()), *marks,
            *([PARAMETER] if open_too else ()), places.alias(PLACE),
        )  # fmt: skip
        return Block(own, shared.select(*SHARED, *marks, *open_too)).slim()

    def _lines(self, chunk: _Chunk) -> pl.DataFrame:
        """Return lines as they stand, and what is found in the bytes of their chunk."""
        lines, at = chunk.lines, chunk.at
        columns = [
            chunk.exact.alias("line"),
            times_of(_stamps(lines, at)),
            pl.Series("number", (at + chunk.number).astype(np.uint32)),
        ]
        if self._suspect:
            columns.append(pl.Series(SUSPECT, suspects(lines)[at]))
        return pl.DataFrame(columns)

    def _of(self, like: Record, shape: Shape) -> Templates:
        """Return the templates of a shape; files of the same pod and container have the same."""
        origin = origin_in(like, shape)
        key = shape, tuple(sorted(origin.items()))
        kept = self._templates.pop(key, None) or Templates(origin, shape)
        self._templates[key] = kept
        if len(self._templates) > _SHAPES:
            del self._templates[next(iter(self._templates))]
        return kept


def _stamps(lines: Lines, rows: Rows) -> NDArray[np.uint8]:
    width = lines.shape.width
    if not width:
        return np.zeros((len(rows), 0), dtype=np.uint8)
    return lines.buffer.bytes_at(lines.stamped[rows], width)


class _Chunk:
    """Dull lines of one chunk."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.lines = runs[0].of.lines
        self.at = np.concatenate([np.arange(run.first, run.end) for run in runs])
        self.number = runs[0].number - runs[0].first
        """Of the chunk's first line."""
        whole = len(self.at) == len(self.lines)
        self.exact = self.lines.exact if whole else self.lines.exact.gather(self.at)


def _likes(runs: Sequence[Elided]) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows of the records that runs are like, and for each line of a run which it is."""
    known: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []
    for run in runs:
        if id(run.like) not in known:
            known[id(run.like)] = len(rows)
            rows.append(record_row(run.like))
    frame = pl.DataFrame(rows, schema={**SCHEMA, RAW: pl.String}, orient="row")
    which = np.array([known[id(run.like)] for run in runs], dtype=np.uint32)
    return frame, pl.Series("like", np.repeat(which, [run.count for run in runs]))


def _shared(
    likes: pl.DataFrame, which: pl.Series, frame: pl.DataFrame
) -> tuple[pl.DataFrame, pl.Series]:
    """Return what lines share that tell nothing but their logger, if that."""
    if "logger" not in frame.columns:
        return likes, which
    some, places = distinct(frame.select(which, "logger"))
    return likes[some["like"]].with_columns(some["logger"]), places
