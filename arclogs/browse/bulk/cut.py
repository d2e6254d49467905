r"""Dull lines cut into what each format says, by columns.

    2026-11-23T02:06:24Z<TAB>INFO<TAB>EphemeralRunner<TAB>Creating new pod<TAB>{"version": "0.12.1"…
                             level    logger              text                 rest: read by templates

The cuts are those of the parsers (`ingest.logs`), for lines that have a shape of `scan.shapes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from arclogs.browse.bulk.words import level_by_word
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.scan.shapes import Shape

VARIES: Final = "\ue000"
"""Stands in a template for a name that differs from line to line. Lines with templates are ASCII."""
_LEVELS: Final = {
    "DEBUG": Level.DEBUG, "VERB": Level.DEBUG, "INFO": Level.INFO, "WARN": Level.WARNING,
    "debug": Level.DEBUG, "info": Level.INFO, "warning": Level.WARNING,
    "I": Level.INFO, "W": Level.WARNING,  # klog
}  # fmt: skip
_BLANKS: Final = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"  # what `str.strip` takes of ASCII
_COLOURS: Final = r"\x1b\[[0-9;]*m"
_NAME: Final = r'("name": ?")([A-Za-z0-9.-]+)(")'
_ID: Final = r"([A-Za-z]ID=)([\w.-]+)(\s|$)"
_CONTAINER: Final = r"(\scontainer=)([\w.-]+)(\s|$)"
_AFTER: Final = "after"
_AFTER_ZAP_JSON: Final = r'^Z","logger":"([^"]*)","(?:message|msg)":"([^"]*)"([^\n]*)$'
_KLOG: Final = r"^([IW])\d{4} \S+ +\d+ ([^\s\]]+)\] ?([^\n]*)$"
_BEHIND_A_TIME: Final = r"^Z?[\])]?[:,|]?[\s\x1c-\x1f]*"
_AFTER_LOGFMT: Final = r'^Z"? level=([A-Za-z]+) (source=\S+ )?msg=(?:"([^"]*)"|(\S*))([^\n]*)$'


class Cut(NamedTuple):
    """How the lines of one format are cut, and how one of them is put together again."""

    columns: Callable[[Shape], list[pl.Expr]]
    """Of `line` as it stands and `after`, what follows the stamp: `text`, `level`, `logger`, and
    for formats with templates `head` and `rest`, what stands before and behind the text."""
    whole: Callable[[str, str, str], str] | None = None
    """Returns a line of the program of head, text and rest; None: the lines have no fields."""
    again: str = ""
    """What in a rest may take the text's place."""
    varies: str = ""
    """Takes from a rest what differs from line to line: three groups, the middle one."""


def _level(words: pl.Expr) -> pl.Expr:
    numbers = {word: int(level) for word, level in _LEVELS.items()}
    return words.replace_strict(numbers, default=None, return_dtype=pl.UInt8).alias("level")


def _console(_shape: Shape) -> list[pl.Expr]:
    parts = pl.col(_AFTER).str.slice(len("Z\t")).str.splitn("\t", 4).struct
    return [
        parts.field("field_2").str.strip_chars(_BLANKS).alias("text"),
        _level(parts.field("field_0")),
        parts.field("field_1").alias("head"),
        parts.field("field_3").fill_null("").alias("rest"),
    ]


def _json(shape: Shape) -> list[pl.Expr]:
    parts = pl.col(_AFTER).str.extract_groups(_AFTER_ZAP_JSON).struct
    later = shape.layout.later
    assert later is not None
    quiet = pl.col("line").str.slice(shape.carried, len(later[0])) == later[0]
    return [
        parts.field("2").alias("text"),
        pl.when(quiet).then(Level.DEBUG).otherwise(Level.INFO).cast(pl.UInt8).alias("level"),
        parts.field("1").alias("head"),
        parts.field("3").alias("rest"),
    ]


def _logfmt(_shape: Shape) -> list[pl.Expr]:
    parts = pl.col(_AFTER).str.extract_groups(_AFTER_LOGFMT).struct
    return [
        pl.coalesce(parts.field("3"), parts.field("4")).alias("text"),
        _level(parts.field("1")),
        parts.field("2").fill_null("").alias("head"),
        parts.field("5").alias("rest"),
    ]


def _runner(_shape: Shape) -> list[pl.Expr]:
    own = pl.col(_AFTER).str.slice(len("Z "))
    parts = own.str.slice(len("INFO ")).str.splitn("]", 2).struct
    return [
        parts.field("field_1").str.strip_prefix(" ").alias("text"),
        _level(own.str.slice(0, len("INFO"))),
        parts.field("field_0").alias("logger"),
    ]


def _job(_shape: Shape) -> list[pl.Expr]:
    return [
        pl.col(_AFTER).str.slice(len("Z ")).str.replace_all(_COLOURS, "").alias("text"),
        pl.lit(0, pl.UInt8).alias("level"),
    ]


def _text(shape: Shape) -> list[pl.Expr]:
    if not shape.layout.between:
        own = pl.col("line").str.slice(shape.carried)
        if shape.layout.loud:  # klog's
            parts = own.str.extract_groups(_KLOG).struct
            return [
                parts.field("3").alias("text"),
                _level(parts.field("1")),
                parts.field("2").alias("logger"),
            ]
    else:
        own = pl.col(_AFTER).str.replace(_BEHIND_A_TIME, "")
    return [own.alias("text"), level_by_word(own).alias("level")]


_WHOLE_JSON: Final = (
    '{{"severity":"info","ts":"2026-01-01T00:00:00Z","logger":"{}","message":"{}"{}'
)
_WHOLE_LISTENER: Final = 'time=2026-01-01T00:00:00.000Z level=INFO {}msg="{}"{}'
_WHOLE_DIND: Final = 'time="2026-01-01T00:00:00Z" level=info {}msg="{}"{}'
_WHOLE_CONSOLE: Final = "2026-01-01T00:00:00Z\tINFO\t{}\t{}\t{}"

_CONSOLE: Final = Cut(_console, _WHOLE_CONSOLE.format, '"message"', _NAME)
_JSON: Final = Cut(_json, _WHOLE_JSON.format, '"m', _NAME)
_LISTENER: Final = Cut(_logfmt, _WHOLE_LISTENER.format, "msg=", _ID)
_DIND: Final = Cut(_logfmt, _WHOLE_DIND.format, "msg=", _CONTAINER)
_CUTS: Final = {
    "listener": _LISTENER, "dind": _DIND, "runner": Cut(_runner), "job-log": Cut(_job),
    "text": Cut(_text),
}  # fmt: skip


def cut_of(shape: Shape) -> Cut:
    """Return how lines of a shape are cut."""
    if shape.layout.parser == "controller":
        return _JSON if shape.layout.later else _CONSOLE
    return _CUTS[shape.layout.parser]


def cut(lines: pl.Series, shape: Shape) -> pl.DataFrame:
    """Return the columns of lines of a shape: `line`, and those that `Cut.columns` tells of."""
    line = pl.col("line")
    after = line.str.slice(shape.offset + shape.width)
    if shape.layout.later is not None:
        beginning, offset = shape.layout.later
        moved = line.str.slice(shape.carried, len(beginning)) == beginning
        later = line.str.slice(shape.carried + offset + shape.width)
        after = pl.when(moved).then(later).otherwise(after)
    frame = lines.alias("line").to_frame().with_columns(after.alias(_AFTER))
    return frame.with_columns(cut_of(shape).columns(shape)).drop(_AFTER)
