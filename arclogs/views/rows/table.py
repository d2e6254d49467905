"""Rows for the eye: time, level, program, message, place.

    2026-03-02 10:04:20.114  E  hook        Error: HttpError: HTTP request failed  job-log.txt:7

Nothing is cut but a message of a megabyte on a terminal; further lines of a message are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.text import Text

from arclogs.views.page import Page
from arclogs.views.rows.words import level_name
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl

    from arclogs.views.interface import Layout

MOST_CHARACTERS: Final = 1_000
_NO_TIME: Final = "-" * 23
_SOURCE: Final = 10  # the longest: controller
_STYLES: Final = {"error": "red", "warning": "yellow", "debug": "dim"}


class TableView:
    """Prints a line a row."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def head(self) -> str:
        """Return nothing: the columns speak for themselves, and a header would not be grepped."""
        return ""

    def rows(self, frame: pl.DataFrame) -> str:
        """Return one line a row."""
        columns = ("time", "level", "source", "text", "member", "line")
        cells = (_Cells(*row) for row in frame.select(columns).iter_rows())
        if not self._layout.styled:  # a hundred times as fast as the terminal's library
            return "".join(f"{self._plain(row)}\n" for row in cells)
        page = Page(self._layout)
        for row in cells:
            page.unwrapped(self._styled(row), 0)
        return page.text()

    def _plain(self, row: _Cells) -> str:
        return f"{row.clock}  {row.lead}  {row.message}{row.rest}  {row.place}"

    def _styled(self, row: _Cells) -> Text:
        message = (self._cut(row.message), _STYLES.get(level_name(row.level) or "", ""))
        return Text.assemble(
            (row.clock, "dim"), f"  {row.lead}  ", message, (f"{row.rest}  {row.place}", "dim")
        )

    @staticmethod
    def _cut(line: str) -> str:
        left = len(line) - MOST_CHARACTERS
        if left <= 0:
            return line
        return f"{line[:MOST_CHARACTERS]} ({left:,} more characters: --format jsonl)"


class _Cells(NamedTuple):
    time: datetime | None
    level: int
    source: str
    text: str
    member: str
    line: int

    @property
    def clock(self) -> str:
        return self.time.strftime("%Y-%m-%d %H:%M:%S.%f")[:23] if self.time else _NO_TIME

    @property
    def lead(self) -> str:
        name = level_name(self.level)
        return f"{name[0].upper() if name else '-'}  {self.source:{_SOURCE}}"

    @property
    def message(self) -> str:
        return sanitize(self.text.split("\n", 1)[0])

    @property
    def rest(self) -> str:
        more = self.text.count("\n")
        return f"  (+{more} line{'s' if more > 1 else ''})" if more else ""

    @property
    def place(self) -> str:
        return sanitize(f"{self.member}:{self.line}")
