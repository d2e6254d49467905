"""Rows as a Parquet file, for polars, DuckDB and the like: columns as in `browse.rows.SCHEMA`."""

from __future__ import annotations

import io
from typing import Final

import polars as pl

from arclogs.browse.rows import SCHEMA
from arclogs.views.rows.words import level_name
from arclogs.views.sanitize import sanitize, sanitize_lines

_LINES: Final = frozenset({"text", "fields"})


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """Return a Parquet file; `level` is a word, texts are made harmless and keep their line ends."""
    texts = [name for name, kind in SCHEMA.items() if kind == pl.String]
    safe = frame.select(list(SCHEMA)).with_columns(
        *(_safe(frame[name], lines=name in _LINES) for name in texts),
        pl.Series("level", [level_name(level) for level in frame["level"].to_list()], pl.String),
    )
    out = io.BytesIO()
    safe.write_parquet(out, compression="zstd")
    return out.getvalue()


def _safe(values: pl.Series, *, lines: bool) -> pl.Series:
    clean = sanitize_lines if lines else sanitize
    return pl.Series(
        values.name,
        [None if value is None else clean(value) for value in values.to_list()],
        pl.String,
    )
