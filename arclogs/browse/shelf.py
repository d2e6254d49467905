"""Rows put into order of time: all of them at once in memory, within a bound."""

from __future__ import annotations

from typing import Final

import polars as pl

from arclogs.browse.rows import RAW, SCHEMA
from arclogs.errors import UsageError

MOST_ROWS: Final = 2_000_000
MOST_BYTES: Final = 1024 * 1024 * 1024


class Shelf:
    """Takes frames of rows, gives them back in order."""

    def __init__(self, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES) -> None:
        self._frames: list[pl.DataFrame] = []
        self._most_rows, self._most_bytes = most_rows, most_bytes
        self._rows = self._bytes = 0

    def put(self, frame: pl.DataFrame) -> None:
        """Take in rows; raise UsageError where they are more than memory should hold."""
        self._rows += frame.height
        self._bytes += int(frame.estimated_size())
        if self._rows > self._most_rows or self._bytes > self._most_bytes:
            raise UsageError(
                f"more than {self._most_rows:,} rows or {self._most_bytes >> 20:,} MiB fit: too many "
                "to sort. Narrow them down with --where, or take them as they come with "
                "--order member (--format jsonl, csv, log or table), which needs no memory"
            )
        self._frames.append(frame)

    def in_order(self, *, once: bool = False) -> pl.DataFrame:
        """Return all rows by time, then place; those without a time last.

        `once`: what several members hold (same time, source, pod and text) is returned from the first
        of them only, as analyze takes it.
        """
        if not self._frames:
            return pl.DataFrame(schema=SCHEMA)
        whole = pl.concat(self._frames).sort(
            "time", "member", "line", nulls_last=True, maintain_order=True
        )
        self._frames = []
        if not once:
            return whole
        text = RAW if RAW in whole.columns else "text"
        same = [pl.col(name) for name in ("time", "source", "pod", text)]
        owner = pl.col("member").first().over(same)
        return whole.filter(pl.col("time").is_null() | (pl.col("member") == owner))
