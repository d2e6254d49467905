"""Every presentation of rows as text, by the name that `--format` gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.rows.csv import CsvView
from arclogs.views.rows.interface import RowFormat
from arclogs.views.rows.jsonl import JsonlView
from arclogs.views.rows.log import LogView
from arclogs.views.rows.table import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arclogs.views.interface import Layout
    from arclogs.views.rows.interface import RowView

ROW_VIEWS: Final[Mapping[RowFormat, Callable[[Layout], RowView]]] = {
    RowFormat.TABLE: TableView,
    RowFormat.JSONL: lambda layout: JsonlView(ascii_only=layout.ascii),
    RowFormat.CSV: lambda _: CsvView(),
    RowFormat.LOG: lambda _: LogView(),
}
