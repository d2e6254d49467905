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

_LEVELS: Final = {
    "DEBUG": Level.DEBUG, "VERB": Level.DEBUG, "INFO": Level.INFO, "WARN": Level.WARNING,
    "debug": Level.DEBUG, "info": Level.INFO, "warning": Level.WARNING,
    "I": Level.INFO, "W": Level.WARNING,  # klog
}  # fmt: skip
_BLANKS: Final = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"  # what `str.strip` takes of ASCII
_COLOURS: Final = r"\x1b\[[0-9;]*m"
_AFTER: Final = "after"
_KLOG: Final = r"^([IW])\d{4} \S+ +\d+ ([^\s\]]+)\] ?([^\n]*)$"
_BEHIND_A_TIME: Final = r"^Z?[\])]?[:,|]?[\s\x1c-\x1f]*"
_UNQUOTED: Final = r"^(\S*)([^\n]*)$"


class Varies(NamedTuple):
    """What of a rest differs from line to line: the word behind `opening`."""

    opening: str
    quoted: bool


class Cut(NamedTuple):
    """How the lines of one format are cut, and how one of them is put together again."""

    columns: Callable[[pl.DataFrame, Shape], pl.DataFrame]
    """Of `line` as it stands and `after`, what follows the stamp: `text`, `level`, `logger`, and
    for formats with templates `head` and `rest`, what stands before and behind the text."""
    whole: Callable[[str, str, str], str] | None = None
    """Returns a line of the program of head, text and rest; None: the lines have no fields."""
    again: str = ""
    """What in a rest may take the text's place."""
    varies: Varies | None = None


def _level(words: pl.Expr) -> pl.Expr:
    numbers = {word: int(level) for word, level in _LEVELS.items()}
    return words.replace_strict(numbers, default=None, return_dtype=pl.UInt8).alias("level")


def _split(text: pl.Expr, by: str, count: int, of: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of a text, `field_0` and on: once, where each part as a query splits anew."""
    return of.select(text.str.splitn(by, count).alias("parts")).unnest("parts")


def _console(lines: pl.DataFrame, _shape: Shape) -> pl.DataFrame:
    parts = _split(pl.col(_AFTER).str.slice(len("Z\t")), "\t", 4, lines)
    return parts.select(
        pl.col("field_2").str.strip_chars(_BLANKS).alias("text"),
        _level(pl.col("field_0")),
        pl.col("field_1").alias("head"),
        pl.col("field_3").fill_null("").alias("rest"),
    )


def _json(lines: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    later = shape.layout.later
    assert later is not None
    quiet = pl.col("line").str.slice(shape.carried, len(later[0])) == later[0]
    level = pl.when(quiet).then(Level.DEBUG).otherwise(Level.INFO).cast(pl.UInt8).alias("level")
    # Z","logger":"X","message":"Y", and the rest: none of them holds a quote.
    parts = _split(pl.col(_AFTER), '"', 10, lines)
    return parts.select(
        pl.col("field_8").alias("text"),
        lines.select(level)["level"],
        pl.col("field_4").alias("head"),
        pl.col("field_9").alias("rest"),
    )


def _logfmt(lines: pl.DataFrame, _shape: Shape) -> pl.DataFrame:
    # Z level=INFO source=… msg="text" and the rest
    sides = _split(pl.col(_AFTER), " msg=", 2, lines)
    before = _split(pl.col("field_0"), " ", 3, sides)
    behind = _split(pl.col("field_1"), '"', 3, sides)
    texts, rests = behind["field_1"], behind["field_2"]
    quoted = behind["field_0"] == ""
    if not quoted.all():
        bare = sides.select(pl.col("field_1").str.extract_groups(_UNQUOTED)).unnest("field_1")
        texts, rests = texts.zip_with(quoted, bare["1"]), rests.zip_with(quoted, bare["2"])
    return before.select(
        texts.alias("text"),
        _level(pl.col("field_1").str.strip_prefix("level=")),
        pl.col("field_2").fill_null("").alias("head"),
        rests.alias("rest"),
    )


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


_WHOLE_JSON: Final = (
    '{{"severity":"info","ts":"2026-01-01T00:00:00Z","logger":"{}","message":"{}"{}'
)
_WHOLE_CONSOLE: Final = "2026-01-01T00:00:00Z\tINFO\t{}\t{}\t{}"


def _whole_listener(head: str, text: str, rest: str) -> str:
    head = f"{head} " if head else ""
    return f'time=2026-01-01T00:00:00.000Z level=INFO {head}msg="{text}"{rest}'


def _whole_dind(head: str, text: str, rest: str) -> str:
    head = f"{head} " if head else ""
    return f'time="2026-01-01T00:00:00Z" level=info {head}msg="{text}"{rest}'


_NAME: Final = Varies('"name":', quoted=True)
_CONSOLE: Final = Cut(_console, _WHOLE_CONSOLE.format, '"message"', _NAME)
_JSON: Final = Cut(_json, _WHOLE_JSON.format, '"m', _NAME)
_LISTENER: Final = Cut(_logfmt, _whole_listener, "msg=", Varies("ID=", quoted=False))
_DIND: Final = Cut(_logfmt, _whole_dind, "msg=", Varies(" container=", quoted=False))
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
    return frame.select("line").hstack(cut_of(shape).columns(frame, shape))
