"""Rows of an outline on the terminal: columns as wide as they need, names of files last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from arclogs.views.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.views.outline import Entry
    from arclogs.views.page import Page

_LAST: Final = frozenset({"File"})
"""Names that are as long as a path stand at the end, where nothing is pushed out of its column."""
_NUMBERS: Final = frozenset({"Files", "Records", "Not understood"})


def put_rows(page: Page, rows: Sequence[Entry], indent: int) -> None:
    """Print rows of one table under the names of the columns in which anything stands."""
    labels = list(dict.fromkeys(cell.label for row in rows for cell in row.below if cell.text))
    name = rows[0].label
    columns = [*labels, name] if name in _LAST else [name, *labels]
    table = [[label.lower() for label in columns], *(_cells(row, columns) for row in rows)]
    numbers = [number for number, label in enumerate(columns) if label in _NUMBERS]
    for number, line in enumerate(in_columns(table, numbers)):
        page.unwrapped(Text(line, "" if number else "dim"), indent)


def _cells(row: Entry, columns: Sequence[str]) -> list[str]:
    known = {cell.label: cell.text for cell in row.below} | {row.label: row.text}
    return [known.get(label, "") for label in columns]
