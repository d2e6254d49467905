"""Dull runs of a chunk as one frame of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from arclogs.browse.bulk.cut import cut, cut_of
from arclogs.browse.bulk.suspects import suspects
from arclogs.browse.bulk.templates import TOLD, Templates, doubtful_rows
from arclogs.browse.bulk.times import times_of
from arclogs.browse.rows import RAW, SCHEMA, SUSPECT, record_row
from arclogs.scan.stamps import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.ingest.interface import Elided
    from arclogs.model.record import Record
    from arclogs.scan.shapes import Shape

_COLUMNS: Final = (*SCHEMA, RAW)
_OF_THE_RUN: Final = ("source", "member")


class DullRows:
    """Makes rows of the dull runs of one member after the other."""

    def __init__(self, *, suspect: bool = False) -> None:
        self._suspect = suspect
        self._templates: tuple[str, Shape, Templates] | None = None

    def frame(self, runs: Sequence[Elided]) -> pl.DataFrame:
        """Return the rows of runs that stand in the same chunk, in order, `raw` last.

        Behind it, if that was wanted, which of them may hold a secret (`browse.rows.SUSPECT`).
        """
        spans = [item.run for item in runs if isinstance(item.run, Run)]
        first = spans[0]
        lines, shape = first.of.lines, first.of.shape
        at = np.concatenate([np.arange(run.first, run.end) for run in spans])
        frame = cut(_taken(lines.exact, at), shape).with_columns(
            times_of(_taken(first.of.texts, at), shape),
            pl.Series("line_number", at + (first.number - first.first)).cast(pl.UInt32),
        )
        suspect = _taken(suspects(lines), at) if self._suspect else None
        likes, codes = _likes(runs)
        if cut_of(shape).whole is None:
            given = {"logger"} & set(frame.columns)
            told = [*_OF_THE_RUN, *(name for name in TOLD if name not in given)]
            if suspect is not None:
                suspect = suspect | _spread(doubtful_rows(likes), codes)
                frame = frame.with_columns(suspect.alias(SUSPECT))
        else:
            frame = self._of(runs[0].like, shape).fill(frame, suspect)
            told = [*_OF_THE_RUN]
        frame = frame.with_columns(_spread(likes[name], codes) for name in told)
        frame = frame.rename({"line": RAW, "line_number": "line"})
        return frame.select(*_COLUMNS, *([SUSPECT] if self._suspect else ()))

    def _of(self, like: Record, shape: Shape) -> Templates:
        kept = self._templates
        if kept is None or kept[:2] != (like.member, shape):
            kept = self._templates = (like.member, shape, Templates(like, shape))
        return kept[2]


def _taken(lines: pl.Series, at: NDArray[Any]) -> pl.Series:
    return lines if len(at) == len(lines) else lines.gather(at)


def _likes(runs: Sequence[Elided]) -> tuple[pl.DataFrame, NDArray[Any]]:
    """Return the rows of the records that runs are like, and for each line of a run which of them."""
    distinct: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []
    for run in runs:
        if id(run.like) not in distinct:
            distinct[id(run.like)] = len(rows)
            rows.append(record_row(run.like))
    codes = np.repeat([distinct[id(run.like)] for run in runs], [run.count for run in runs])
    return pl.DataFrame(rows, schema={**SCHEMA, RAW: pl.String}, orient="row"), codes


def _spread(values: pl.Series, codes: NDArray[Any]) -> pl.Series:
    if len(values) == 1:
        return values.new_from_index(0, len(codes))
    return values.gather(codes)
