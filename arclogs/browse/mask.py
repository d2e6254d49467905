"""Redaction of rows at speed: only what could hold a secret is looked at closely."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import polars as pl

from arclogs.redact import Redactor
from arclogs.redact.known import Known, sweep_of
from arclogs.redact.patterns import PATTERNS
from arclogs.redact.placeholder import kind_only
from arclogs.redact.words import VIEW_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

# Words of patterns and of carriers; a Secret; colours, which may stand within a word.
_WORDS: Final = sorted(
    {word for pattern in PATTERNS for word in pattern.keywords} | {*VIEW_WORDS, "secret", "\x1b"}
)
_RUN: Final = r"[A-Za-z0-9+/_-]{24}"  # what no word gives away is as long as this
_NAMES: Final = ("namespace", "pod", "container", "runner", "job", "step", "reason", "object",
                 "logger", "member", "type")  # fmt: skip
_KEY_BEGINS: Final = "PRIVATE KEY"
_LINES_OF_A_KEY: Final = 100
_CONTEXT_CHARS: Final = 8_000


def suspicious(column: str) -> pl.Expr:
    """Return the test whether redaction could change a text: too often yes, never too rarely."""
    text = pl.col(column)
    # Lower case first, as the redactor does: it also folds letters that are not ASCII.
    return text.str.to_lowercase().str.contains_any(_WORDS) | text.str.contains(_RUN)


class Mask:
    """Redacts rows in the order of reading, so that a secret's name may stand on the line before."""

    def __init__(self, column: str) -> None:
        self._column = column
        """The text column that is shown: `text` or `raw`."""
        self._known = Known()
        """What the rows so far have shown to be secret."""
        self._redactor = Redactor(seen=self._known.add)
        self._name = lru_cache(maxsize=4096)(self._redactor.redact)
        self._before: deque[str] = deque(maxlen=_LINES_OF_A_KEY)
        self._member = ""
        self._key_since: int | None = None

    def apply(self, frame: pl.DataFrame, kept: pl.Series) -> pl.DataFrame:
        """Return the kept rows of a batch, redacted; `kept` has a boolean for each row."""
        column = self._column
        if frame.is_empty():
            return frame
        doubtful = _doubts(frame, column)
        texts, members = frame[column].to_list(), frame["member"].to_list()
        shown: list[str] = []
        uneasy = False
        for text, member, doubt, wanted in zip(texts, members, doubtful, kept.to_list()):
            if member != self._member:
                self._forget(member)
                uneasy = False
            if wanted:
                context = self._context() if doubt or uneasy else ""
                shown.append(self._redacted(context, text) if doubt or uneasy else text)
            self._remember(text)
            uneasy = doubt or self._key_since is not None
        if self._known:
            sweep = sweep_of(self._known)
            shown = [sweep.replace(text, kind_only, self._known.add) for text in shown]
        out = frame.filter(kept).with_columns(pl.Series(column, shown, pl.String))
        return self._names(out)

    def _forget(self, member: str) -> None:
        self._member = member
        self._before.clear()
        self._key_since = None

    def _remember(self, text: str) -> None:
        self._before.append(text)
        if _KEY_BEGINS in text:
            self._key_since = 1 if "BEGIN" in text else None
        elif self._key_since is not None:
            self._key_since += 1
            if self._key_since >= _LINES_OF_A_KEY:
                self._key_since = None

    def _context(self) -> str:
        """Return what was read before: the last row, or all since a private key began."""
        rows = max(1, self._key_since or 1)
        before = list(self._before)[-rows:]
        return "\n".join(before)[-_CONTEXT_CHARS:]

    def _redacted(self, context: str, text: str) -> str:
        lines = text.count("\n") + 1
        whole = self._redactor.redact(f"{context}\n{text}" if context else text)
        return "\n".join(whole.split("\n")[-lines:])

    def _names(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Redact the short columns, whose values repeat, and the fields, whose keys tell."""
        told = [name for name in _NAMES if frame[name].null_count() < frame.height]
        clean = [_column(frame[name], self._name) for name in told]
        doubtful = _doubts(frame, "fields")
        fields = [
            self._redactor.redact(value) if doubt else value
            for value, doubt in zip(frame["fields"].to_list(), doubtful)
        ]
        return frame.with_columns(*clean, pl.Series("fields", fields, pl.String))


def _doubts(frame: pl.DataFrame, column: str) -> list[bool]:
    return frame.select(suspicious(column).fill_null(value=False).alias("d"))["d"].to_list()


def _column(values: pl.Series, redact: Callable[[str], str]) -> pl.Series:
    clean = [None if value is None else redact(value) for value in values.to_list()]
    return pl.Series(values.name, clean, pl.String)
