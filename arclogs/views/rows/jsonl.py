"""Rows as JSON Lines: one object a row, what is not known left out.

{"time": "2026-03-02T10:04:20.114000Z", "level": "error", "source": "hook", …, "text": "Error: …"}
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arclogs.views.json import compact
from arclogs.views.rows.words import level_name, rfc3339

if TYPE_CHECKING:
    import polars as pl


class JsonlView:
    """Prints one JSON object a row."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        self._ascii_only = ascii_only

    def head(self) -> str:
        """Return nothing."""
        return ""

    def rows(self, frame: pl.DataFrame) -> str:
        """Return one object a row, its values exact."""
        return "".join(
            compact(_object(row), ascii_only=self._ascii_only)
            for row in frame.iter_rows(named=True)
        )


def _object(row: dict[str, Any]) -> dict[str, Any]:
    row = {**row, "time": rfc3339(row["time"]), "level": level_name(row["level"])}
    if row["fields"]:
        row["fields"] = _fields(row["fields"])
    return {key: value for key, value in row.items() if value is not None}


def _fields(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # redaction took a quote with the secret
        return text
