"""Dull runs of a chunk as one block of rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from arclogs.browse.block import PLACE, SHARED, SUSPECT, Block, distinct
from arclogs.browse.bulk.cut import cut, cut_of
from arclogs.browse.bulk.suspects import suspects
from arclogs.browse.bulk.templates import Templates
from arclogs.browse.bulk.times import times_of
from arclogs.browse.doubt import doubtful
from arclogs.browse.parameter import PARAMETER, TEMPLATE
from arclogs.browse.rows import RAW, SCHEMA, record_row
from arclogs.scan.stamps import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.ingest.interface import Elided
    from arclogs.model.record import Record
    from arclogs.scan.shapes import Shape

_OF_THE_RUN: Final = ("source", "member")


class DullRows:
    """Makes rows of the dull runs of one member after the other."""

    def __init__(self, *, suspect: bool = False, raw: bool = True) -> None:
        self._suspect, self._raw = suspect, raw
        self._templates: tuple[str, Shape, Templates] | None = None

    def block(self, runs: Sequence[Elided]) -> Block:
        """Return the rows of runs of one member that have the same shape, in order, with `raw`."""
        spans = [item.run for item in runs if isinstance(item.run, Run)]
        shape = spans[0].of.shape
        chunks = [list(some) for _, some in groupby(spans, key=lambda run: id(run.of))]
        frame = self._lines(chunks)
        frame = cut(frame["line"], shape).hstack(frame.drop("line"))
        likes, which = _likes(runs)
        if cut_of(shape).whole is None:
            shared, places = _shared(likes, which, frame)
        else:
            frame, shared, places = self._of(runs[0].like, shape).fill(frame)
            shared, places = _of_runs(shared, places, likes.select(_OF_THE_RUN), which)
        if self._suspect and (SUSPECT not in shared.columns or doubtful(likes["member"]).any()):
            shared = shared.with_columns(pl.lit(value=True).alias(SUSPECT))
        marks = [SUSPECT] if self._suspect else []
        templates = [TEMPLATE] if TEMPLATE in shared.columns and shared[TEMPLATE].any() else []
        own = frame.select(
            "time", "level", pl.col("number").alias("line"), "text",
            *([pl.col("line").alias(RAW)] if self._raw else ()), *marks,
            *([PARAMETER] if templates else ()), places.alias(PLACE),
        )  # fmt: skip
        return Block(own, shared.select(*SHARED, *marks, *templates)).slim()

    def _lines(self, chunks: Sequence[Sequence[Run]]) -> pl.DataFrame:
        """Return the lines of runs as they stand, and what is found in the bytes of their chunks."""
        found = []
        for runs in chunks:
            lines, first = runs[0].of.lines, runs[0]
            at = np.concatenate([np.arange(run.first, run.end) for run in runs])
            places = lines.stamped[at][:, None] + np.arange(lines.shape.width)
            columns = [
                _taken(lines.exact, at).alias("line"),
                times_of(lines.buffer.bytes[places]),
                pl.Series("number", (at + (first.number - first.first)).astype(np.uint32)),
            ]
            if self._suspect:
                columns.append(pl.Series(SUSPECT, suspects(lines)[at]))
            found.append(pl.DataFrame(columns))
        return pl.concat(found)

    def _of(self, like: Record, shape: Shape) -> Templates:
        kept = self._templates
        if kept is None or kept[:2] != (like.member, shape):
            kept = self._templates = (like.member, shape, Templates(like, shape))
        return kept[2]


def _taken(lines: pl.Series, at: NDArray[Any]) -> pl.Series:
    return lines if len(at) == len(lines) else lines.gather(at)


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


def _of_runs(
    shared: pl.DataFrame, places: pl.Series, likes: pl.DataFrame, which: pl.Series
) -> tuple[pl.DataFrame, pl.Series]:
    """Return what templates tell, and beside it what the run tells that a line stands in."""
    told, _ = distinct(likes)
    if told.height == 1:
        return shared.with_columns(
            pl.lit(told[name][0]).alias(name) for name in told.columns
        ), places
    some, spots = distinct(pl.DataFrame([places.alias("told"), which]))
    return shared[some["told"]].with_columns(likes[some["like"]].get_columns()), spots
