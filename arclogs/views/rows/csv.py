r"""Rows as CSV that a spreadsheet cannot take for formulas.

A cell that begins with a sign that starts a formula gets an apostrophe in front, and every cell is
quoted: OWASP "CSV Injection". Line ends inside a message are written as \n, so that a row is a line.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from arclogs.browse.rows import SCHEMA
from arclogs.views.rows.words import level_name, rfc3339
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    import polars as pl

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_COLUMNS: Final = tuple(SCHEMA)


class CsvView:
    """Prints a line a row, the names of the columns first."""

    def head(self) -> str:
        """Return the names of the columns."""
        return _lines([_COLUMNS])

    def rows(self, frame: pl.DataFrame) -> str:
        """Return one line a row."""
        return _lines(
            tuple(map(cell, (rfc3339(row[0]), level_name(row[1]), *row[2:])))
            for row in frame.select(_COLUMNS).iter_rows()
        )


def cell(value: object) -> str:
    """Return a value as a harmless cell."""
    text = "" if value is None else sanitize(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(rows: object) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()
