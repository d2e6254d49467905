"""Rows of lines whose parts are told by where they stand: what they share comes from their templates."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import polars as pl

from arclogs.browse.block import SHARED, SUSPECT, distinct
from arclogs.browse.bulk.cut import cut_of
from arclogs.browse.bulk.parts import between, keys_of, parts_of
from arclogs.browse.bulk.templates import TOLD, Example, Templates
from arclogs.browse.parameter import PARAMETER, TEMPLATE, filled, open_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.browse.bulk.parts import Parts
    from arclogs.scan.lines.buffer import Words
    from arclogs.scan.lines.lines import Lines, Rows

_OF_THE_RUN: Final = ("source", "member")


class PartedLines(NamedTuple):
    """Lines of one chunk."""

    exact: pl.Series
    parts: Parts
    keys: Words
    columns: pl.DataFrame
    """`text`, and `parameter` where lines have some."""

    def example(self, row: int) -> Example:
        """Return a line as one of its template."""
        parts, start = self.parts, int(self.parts.starts[row])

        def part(first: NDArray[Any], end: NDArray[Any]) -> slice:
            return slice(int(first[row]) - start, int(end[row]) - start)

        return Example(
            self.exact[row], part(parts.texts, parts.text_ends), part(parts.rests, parts.ends),
            part(parts.parameters, parts.parameter_ends),
        )  # fmt: skip


def parted(lines: Lines, rows: Rows, exact: pl.Series) -> PartedLines:
    """Return some lines with their parts; `exact` has them as text."""
    varies = cut_of(lines.shape).varies
    parts = parts_of(lines, rows, exact, varies)
    columns = [between(exact, parts.starts, parts.texts, parts.text_ends).alias("text")]
    if varies is not None:
        parameters = between(exact, parts.starts, parts.parameters, parts.parameter_ends)
        columns.append(parameters.alias(PARAMETER))
    return PartedLines(exact, parts, keys_of(lines, parts), pl.DataFrame(columns))


def rows_of(
    frame: pl.DataFrame, chunks: Sequence[PartedLines], templates: Templates, likes: pl.DataFrame,
    which: pl.Series,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:  # fmt: skip
    """Return lines with their levels, what they share, and where each has its part of that.

    `frame` has them as they stand with the columns of `PartedLines`. Where it is known which may hold
    a secret, it is known of what they share: no template with a parameter may, lines of such a one
    have their part for themselves.
    """
    firsts = list(accumulate((len(chunk.keys) for chunk in chunks), initial=0))

    def example(row: int) -> Example:
        chunk = bisect_right(firsts, row) - 1
        return chunks[chunk].example(row - firsts[chunk])

    told, at = templates.tell(np.concatenate([chunk.keys for chunk in chunks]), example)
    places = pl.Series("place", at.astype(np.uint32))
    frame = frame.with_columns(told["level"].gather(places))
    alone, template, doubt = (told[name].to_numpy() for name in ("alone", TEMPLATE, SUSPECT))
    some = alone[at]
    if SUSPECT in frame.columns:
        suspect = frame[SUSPECT].to_numpy() | (alone | (template & doubt))[at]
        frame = frame.with_columns(pl.Series(SUSPECT, suspect))
        some = suspect & (alone | template)[at]
    rows = pl.Series(np.flatnonzero(some).astype(np.uint32))
    if len(rows):
        frame, own = _apart(frame, told[places.gather(rows)], rows, templates)
        below = pl.int_range(told.height, told.height + own.height, dtype=pl.UInt32, eager=True)
        told, places = pl.concat([told, own]), places.scatter(rows, below)
    return frame, *_of_runs(told, places, likes, which, templates)


def _apart(
    frame: pl.DataFrame, own: pl.DataFrame, rows: pl.Series, templates: Templates
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return lines, and what some of them tell, each for itself."""
    parameters = frame[PARAMETER].gather(rows)
    changed = [filled(own[name], parameters, own[TEMPLATE]) for name in open_columns(own, TOLD)]
    closed = pl.lit(value=False).alias(TEMPLATE)
    own = own.with_columns(*changed, closed, pl.lit(value=True).alias(SUSPECT))
    alone = own["alone"].arg_true()
    if alone.is_empty():
        return frame, own
    at = rows.gather(alone).alias("at")
    read = templates.read_alone(frame[at].select("line", "time"))
    texts = read.select("time", "text", "level").with_columns(at)
    told = read.select(TOLD).with_columns(alone.alias("at"))
    return _updated(frame, texts), _updated(own, told)


def _updated(frame: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index("at").update(some, on="at", include_nulls=True).drop("at")


def _of_runs(
    told: pl.DataFrame, places: pl.Series, likes: pl.DataFrame, which: pl.Series,
    templates: Templates,
) -> tuple[pl.DataFrame, pl.Series]:  # fmt: skip
    """Return what templates tell, and beside it what the run tells that a line stands in."""
    names = _OF_THE_RUN if templates.tell_all else [name for name in SHARED if name != "logger"]
    some, spots = distinct(likes.select(names))
    pairs = pl.DataFrame({"told": pl.int_range(0, told.height, eager=True), "like": 0})
    if some.height > 1:
        pairs, places = distinct(
            pl.DataFrame([places.alias("told"), spots.gather(which).alias("like")])
        )
    shared = told[pairs["told"]].with_columns(some[pairs["like"]].get_columns())
    return shared, places
