"""Which rows the Records screen shows: computed in a thread, handed to the screen as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.browse.filter_terms import Filter
from arclogs.browse.index import RowIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.browse.histogram import Histogram
    from arclogs.browse.index import View
    from arclogs.browse.piece import Piece

SLICES: Final = 240
"""Parts of time that rows are counted in; a screen shows as many as it has columns for."""


class Looked(Struct, frozen=True, dict=True):
    """Rows, the filter over them, and which of them are shown."""

    index: RowIndex
    pieces: int
    """How many pieces the index is made of."""
    where: Filter
    on: bool
    """Whether the filter hides what does not fit."""
    fitting: View
    histogram: Histogram | None

    @property
    def shown(self) -> View:
        """Return the rows that are on the screen."""
        return self.fitting if self.on else self.index.everything


def nothing() -> Looked:
    """Return what is shown before the first row comes."""
    index = RowIndex()
    return Looked(index, 0, Filter(), True, index.everything, None)


def look(before: Looked, pieces: Sequence[Piece], where: Filter, *, on: bool) -> Looked:
    """Return what is to be shown now; what has not changed is not computed again."""
    index = before.index if before.pieces == len(pieces) else RowIndex(pieces)
    same = index is before.index and where == before.where
    fitting = before.fitting if same else index.view(where)
    now = Looked(index, len(pieces), where, on, fitting, None)
    return Looked(
        index, len(pieces), where, on, fitting,
        before.histogram if same and on == before.on else index.histogram(now.shown, SLICES),
    )  # fmt: skip


def worth_it(before: Looked, pieces: Sequence[Piece], *, complete: bool) -> bool:
    """Tell whether enough rows have come to put all in order anew, so that little is done twice."""
    if complete:
        return before.pieces != len(pieces)
    return sum(piece.height for piece in pieces) > 1.5 * before.index.height
