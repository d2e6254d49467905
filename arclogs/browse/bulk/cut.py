r"""Dull lines cut into what each format says, by columns.

    [WORKER 2026-11-23 02:06:24Z INFO JobServerQueue] Try to append 2 batches
                                 level logger         text

The cuts are those of the parsers (`ingest.logs`), for lines that have a shape of `scan.formats.shapes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from arclogs.browse.bulk.parts import Varies
from arclogs.browse.bulk.words import level_by_word
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.scan.formats.shapes import Shape

_LEVELS: Final = {
    "DEBUG": Level.DEBUG, "VERB": Level.DEBUG, "INFO": Level.INFO, "WARN": Level.WARNING,
    "debug": Level.DEBUG, "info": Level.INFO, "warning": Level.WARNING,
    "I": Level.INFO, "W": Level.WARNING,  # klog
}  # fmt: skip
_COLOURS: Final = r"\x1b\[[0-9;]*m"
_AFTER: Final = "after"
_KLOG: Final = r"^([IW])\d{4} \S+ +\d+ ([^\s\]]+)\] ?([^\n]*)$"
_BEHIND_A_TIME: Final = r"^Z?[\])]?[:,|]?[\s\x1c-\x1f]*"


class Cut(NamedTuple):
    """How the lines of one format are cut, or what is to be known of those that templates read."""

    columns: Callable[[pl.DataFrame, Shape], pl.DataFrame] | None
    """Of `line` as it stands and `after`, what follows the stamp: `text`, `level` and `logger`; None:
    the lines have fields, and are read by templates."""
    again: str = ""
    """What, a second time, may take the text's place."""
    varies: Varies | None = None


def _level(words: pl.Expr) -> pl.Expr:
    numbers = {word: int(level) for word, level in _LEVELS.items()}
    return words.replace_strict(numbers, default=None, return_dtype=pl.UInt8).alias("level")


def _split(text: pl.Expr, by: str, count: int, of: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of a text, `field_0` and on: once, where each part as a query splits anew."""
    return of.select(text.str.splitn(by, count).alias("parts")).unnest("parts")


def _runner(lines: pl.DataFrame, _shape: Shape) -> pl.DataFrame:
    parts = _split(pl.col(_AFTER).str.slice(len("Z INFO ")), "]", 2, lines)
    return parts.select(
        pl.col("field_1").str.strip_prefix(" ").alias("text"),
        lines.select(_level(pl.col(_AFTER).str.slice(len("Z "), len("INFO"))))["level"],
        pl.col("field_0").alias("logger"),
    )


def _job(lines: pl.DataFrame, _shape: Shape) -> pl.DataFrame:
    text = pl.col(_AFTER).str.slice(len("Z "))
    if lines.select(text.str.contains("\x1b", literal=True).any()).item():
        text = text.str.replace_all(_COLOURS, "")
    return lines.select(text.alias("text"), pl.lit(0, pl.UInt8).alias("level"))


def _text(lines: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    if shape.layout.between:
        own = pl.col(_AFTER).str.replace(_BEHIND_A_TIME, "")
    else:
        own = pl.col("line").str.slice(shape.carried)
        if shape.layout.loud:  # klog's
            parts = lines.select(own.str.extract_groups(_KLOG).alias("parts")).unnest("parts")
            return parts.select(
                pl.col("3").alias("text"), _level(pl.col("1")), pl.col("2").alias("logger")
            )
    return lines.select(own.alias("text")).with_columns(
        level_by_word(pl.col("text")).alias("level")
    )


_NAME: Final = Varies(('"name":',), quoted=True)
_CUTS: Final = {
    "controller": Cut(None, '"message"', _NAME),
    "listener": Cut(None, "msg=", Varies(("ID=", "Id="), quoted=False)),
    "dind": Cut(None, "msg=", Varies((" container=",), quoted=False)),
    "runner": Cut(_runner), "job-log": Cut(_job), "text": Cut(_text),
}  # fmt: skip
_ZAP_JSON: Final = Cut(None, '"m', _NAME)


def cut_of(shape: Shape) -> Cut:
    """Return how lines of a shape are cut."""
    return _ZAP_JSON if shape.layout.later else _CUTS[shape.layout.parser]


def cut(lines: pl.Series, shape: Shape) -> pl.DataFrame:
    """Return the columns of lines of a shape: `line`, and those that `Cut.columns` tells of."""
    line = pl.col("line")
    after = line.str.slice(shape.offset + shape.width)
    frame = lines.alias("line").to_frame().with_columns(after.alias(_AFTER))
    columns = cut_of(shape).columns
    assert columns is not None
    return frame.select("line").hstack(columns(frame, shape))
