"""What a presentation of rows is: frames in, text out, a frame at a time."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import polars as pl


class RowFormat(StrEnum):
    """Presentations of rows, as `--format` spells them."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    LOG = "log"


class RowView(Protocol):
    """One presentation as text."""

    def head(self) -> str:
        """Return what stands above all rows."""
        ...

    def rows(self, frame: pl.DataFrame) -> str:
        """Return rows, each ending with a line end. Nothing in it acts on a terminal."""
        ...
