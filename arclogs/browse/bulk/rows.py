"""Dull runs of a chunk as one frame of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from arclogs.browse.bulk.cut import cut, cut_of
from arclogs.browse.bulk.templates import TOLD, Templates
from arclogs.browse.rows import RAW, SCHEMA, record_row
from arclogs.scan.stamps import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.ingest.interface import Elided
    from arclogs.model.record import Record
    from arclogs.scan.shapes import Shape

_MICROSECONDS: Final = len("2026-11-23T02:06:24.214553")
_COLUMNS: Final = (*SCHEMA, RAW)
_OF_THE_RUN: Final = ("source", "member")


class DullRows:
    """Makes rows of the dull runs of one member after the other."""

    def __init__(self) -> None:
        self._templates: tuple[str, Shape, Templates] | None = None

    def frame(self, runs: Sequence[Elided]) -> pl.DataFrame:
        """Return the rows of runs that stand in the same chunk, in order, `raw` last."""
        spans = [item.run for item in runs]
        first = spans[0]
        assert isinstance(first, Run)
        lines, shape = first.of.lines, first.of.shape
        at = pl.concat(
            pl.int_range(run.first, run.end, eager=True) for run in spans if isinstance(run, Run)
        )
        frame = cut(lines.exact.gather(at), shape).with_columns(
            _times(first.of.texts.gather(at), shape),
            (at + (first.number - first.first)).cast(pl.UInt32).alias("line_number"),
        )
        likes = _likes([item.like for item in runs], [item.count for item in runs])
        if cut_of(shape).whole is None:
            given = {"logger"} & set(frame.columns)
            told = [name for name in TOLD if name not in given]
            frame = frame.with_columns(likes.select(*_OF_THE_RUN, *told).get_columns())
        else:
            frame = self._of(runs[0].like, shape).fill(frame)
            frame = frame.with_columns(likes.select(_OF_THE_RUN).get_columns())
        frame = frame.rename({"line": RAW, "line_number": "line"})
        return frame.select(_COLUMNS)

    def _of(self, like: Record, shape: Shape) -> Templates:
        kept = self._templates
        if kept is None or kept[:2] != (like.member, shape):
            kept = self._templates = (like.member, shape, Templates(like, shape))
        return kept[2]


def _likes(records: Sequence[Record], counts: Sequence[int]) -> pl.DataFrame:
    """Return the row of each record as often as its run has lines."""
    distinct: dict[int, int] = {}
    rows: list[tuple[Any, ...]] = []
    codes = []
    for record in records:
        if id(record) not in distinct:
            distinct[id(record)] = len(rows)
            rows.append(record_row(record))
        codes.append(distinct[id(record)])
    frame = pl.DataFrame(rows, schema={**SCHEMA, RAW: pl.String}, orient="row")
    each = pl.DataFrame({"code": codes, "count": counts}).select(
        pl.col("code").repeat_by("count").explode()
    )
    return frame[each["code"]]


def _times(stamps: pl.Series, shape: Shape) -> pl.Series:
    if not shape.width:
        return pl.Series("time", [None], SCHEMA["time"]).new_from_index(0, len(stamps))
    fraction = "%.f" if shape.width > len("2026-11-23T02:06:24") else ""
    form = f"%Y-%m-%d{shape.layout.between or 'T'}%H:%M:%S{fraction}"
    if shape.layout.point == ",":
        stamps = stamps.str.replace(",", ".", literal=True)
    times = stamps.str.slice(0, _MICROSECONDS).str.to_datetime(form, time_unit="us", exact=True)
    return times.dt.replace_time_zone("UTC").alias("time")
