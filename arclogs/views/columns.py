"""Text in columns, as wide as what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

GAP: Final = "  "


def in_columns(rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> list[str]:
    """Return a line for each row of equally many cells; columns `numbers` stand to the right."""
    clean = [[sanitize(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*clean, strict=True)]
    return [
        GAP.join(
            " " * (width - cell_len(cell)) + cell
            if number in numbers
            else cell + " " * (width - cell_len(cell))
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in clean
    ]
