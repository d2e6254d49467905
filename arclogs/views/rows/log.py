"""Rows as the lines that the bundle has, made harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.browse.rows import RAW
from arclogs.views.sanitize import sanitize_lines

if TYPE_CHECKING:
    import polars as pl


class LogView:
    """Prints the original lines."""

    def head(self) -> str:
        """Return nothing."""
        return ""

    def rows(self, frame: pl.DataFrame) -> str:
        """Return the lines of each row."""
        return "".join(f"{sanitize_lines(text)}\n" for text in frame[RAW].to_list())
