"""Rows of a view, written to a file as `arclogs records -o` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from arclogs.errors import UsageError
from arclogs.views.interface import Layout
from arclogs.views.rows.interface import RowFormat
from arclogs.views.rows.parquet import parquet_bytes
from arclogs.views.rows.registry import ROW_VIEWS

if TYPE_CHECKING:
    from arclogs.browse.index import RowIndex, View

_BY_SUFFIX: Final = {
    ".jsonl": RowFormat.JSONL,
    ".ndjson": RowFormat.JSONL,
    ".csv": RowFormat.CSV,
    ".parquet": RowFormat.PARQUET,
    ".txt": RowFormat.TABLE,
}
SLICE: Final = 50_000


def export(index: RowIndex, view: View, name: str) -> Path:
    """Write the rows; raise UsageError for a suffix that is none of ours or a file that is there."""
    path = Path(name).expanduser()
    form = _BY_SUFFIX.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path.name} ends in none of {' '.join(_BY_SUFFIX)}; "
            "`arclogs records --format log` writes the original lines"
        )
    if path.exists():
        raise UsageError(f"{path} is there already: name another file")
    if form is RowFormat.PARQUET:
        path.write_bytes(parquet_bytes(index.frame(view)))
        return path
    printed = ROW_VIEWS[form](Layout())
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(printed.head())
        for start in range(0, len(view), SLICE):
            file.write(printed.rows(index.frame(view, start, SLICE)))
    return path
