"""The Records screen: every log record and event of the bundle in order of time, filtered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl
from textual import on, work

from arclogs.errors import ArclogsError
from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, Item
from arclogs.tui.models.record_page import NEAR, Shape, one_line, record_page
from arclogs.tui.screens.filtered_rows import FilteredRows
from arclogs.tui.session.export import export
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.ask_line import AskLine
from arclogs.tui.widgets.block_messages import Opened
from arclogs.tui.widgets.frame_view import FrameView

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_SECONDS, MOST_NEAR = 5, 200
REST = 0.1
"""Seconds after which what is around a row is looked up: a key that is held down must not wait."""
_NEIGHBOUR = (pl.col("time"), pl.col("text").str.head(400))


class Records(FilteredRows):
    """Goes about among the rows, and shows all that is known of the one under the cursor."""

    BINDINGS: ClassVar = bindings_of("records")

    def __init__(self) -> None:
        super().__init__()
        self._shape = Shape.MESSAGE

    # --- going about

    def _to(self, place: int | None, what: str) -> None:
        if place is None:
            self.app.say(f"no {what} in this direction")
        else:
            self.rows.go(place)

    def action_level(self, level: int, by: int) -> None:
        """Go to the next row of a level."""
        found = self._looked.index.next_of_level(self._looked.shown, self.rows.cursor, by, level)
        self._to(found, "error" if level == 40 else "warning")

    def action_match(self, by: int) -> None:
        """Go to the next row that fits the filter."""
        looked = self._looked
        at = self.rows.cursor
        self._to(looked.index.next_that_fits(looked.shown, at, by, looked.fitting), "row that fits")

    def action_mark(self) -> None:
        """Mark the row, or no longer."""
        if self.rows.position is not None:
            self.rows.marks ^= {self.rows.position}
            self.rows.refresh()

    def action_marked(self, by: int) -> None:
        """Go to the next marked row; one that is hidden is passed over."""
        shown, index = self._looked.shown, self._looked.index
        places = sorted(
            place
            for position in self.rows.marks
            for place in [shown.place(index.rank(position))]
            if place < len(shown) and shown.positions[place] == position
        )
        here = self.rows.cursor
        beyond = [p for p in places if (p > here if by > 0 else p < here)]
        self._to((beyond[0] if by > 0 else beyond[-1]) if beyond else None, "mark")

    def action_time(self) -> None:
        """Ask for a time to go to."""
        row = self.rows.row_at(self.rows.cursor)
        zone = self.app.zone.name(row.time) if row is not None and row.time is not None else "UTC"
        asked = f"go to a time ({zone}): 10:04, 10:04:20.114, 2026-03-02T10:04"
        self.query_one(AskLine).ask("time", asked)

    def action_timeline(self) -> None:
        """Show the timeline at the row."""
        row = self.rows.row_at(self.rows.cursor)
        if row is None or row.time is None:
            self.app.say("this row has no time")
        else:
            self.app.open_moment("timeline", row.time)

    # --- how rows look

    def rezoned(self) -> None:
        """Show times in another zone."""
        super().rezoned()
        if self.detail.has_class("open"):
            self._describe()

    def action_delta(self) -> None:
        """Show the time since the row above, or no longer."""
        self.rows.restyle(delta=not self.rows.look.delta)

    def action_wrap(self) -> None:
        """Show all lines of each message, or the first."""
        self.rows.restyle(wraps=not self.rows.look.wraps)

    def action_shape(self) -> None:
        """Show the row as a message, with its JSON laid out, or as it is written in its file."""
        if self.detail.has_class("open"):
            self._shape = self._shape.next
        else:
            self.detail.add_class("open")
            self._shape = Shape.PRETTY
        self._describe()

    # --- the row under the cursor

    def moved(self) -> None:
        """Show where in time the row under the cursor is, and all that is known of it."""
        super().moved()
        if self.detail.has_class("open"):
            self._describe()

    @on(FrameView.Opened)
    def _opened(self) -> None:
        if self.detail.has_class("open"):
            self.detail.focus()
        else:
            self.detail.add_class("open")
            self._describe()

    def _describe(self) -> None:
        """Show what the row tells at once, and what is around it soon after."""
        self.detail.entitle("", f"{self._shape} · p: {self._shape.next}")
        position = self.rows.position
        if position is None:
            self.workers.cancel_group(self, "detail")
            self.detail.show([], anew=True)
            return
        row = self._looked.index.row(position)
        self.detail.show(record_page(row, (), self.app.zone, self._shape), anew=True)
        self._look_around(position, row)

    @work(exclusive=True, group="detail")
    async def _look_around(self, position: int, row: dict[str, Any]) -> None:
        await asyncio.sleep(REST)
        index, shape = self._looked.index, self._shape
        near = await asyncio.to_thread(index.near, position, NEAR_SECONDS, MOST_NEAR)
        told = [(at, *row) for at, row in zip(near, index.rows(near, _NEIGHBOUR))]
        self.detail.show(record_page(row, told, self.app.zone, shape))
        if shape is Shape.WRITTEN:
            lines = await self._written(row)
            self.detail.show(record_page(row, told, self.app.zone, shape, lines))

    async def _written(self, row: dict[str, Any]) -> Sequence[str]:
        """Return the lines of the file from the row on, to where the next row begins."""
        member, line = row["member"], row["line"]
        end = await asyncio.to_thread(self._looked.index.line_after, member, line)
        try:
            excerpt = await self.session.lines(member, line)
        except NoAnswer as said:
            return [str(said)]
        return excerpt.lines[line - excerpt.first :][: end and end - line]

    @on(Opened, "#detail")
    def _detail_opened(self, event: Opened) -> None:
        match event.block.target:
            case AtLine(member, number):
                self.app.open_original(member, number)
            case Item(name) if name.startswith(NEAR):
                self._go(int(name.removeprefix(NEAR)))
            case _:
                self.action_copy()

    def stepped_back(self) -> bool:
        """Close the detail pane, if it is open."""
        was_open = self.detail.has_class("open")
        self.detail.remove_class("open")
        self.rows.focus()
        return was_open

    def action_close(self) -> None:
        """Close the detail pane."""
        self.stepped_back()

    def action_copy(self) -> None:
        """Copy the row, or what is under the cursor of the detail pane."""
        block = self.detail.block if self.detail.has_focus else None
        if block is not None and block.copies:
            self.app.copy(block.copies, "it")
        elif self.rows.position is not None:
            self.app.copy(one_line(self._looked.index.row(self.rows.position)), "the row")

    def action_export(self) -> None:
        """Ask for the file to write to."""
        self.query_one(AskLine).ask(
            "export", "write to (.jsonl .csv .parquet .txt)", "records.jsonl"
        )

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        self.rows.focus()
        if event.text is None:
            return
        if event.purpose == "export":
            self._export(event.text)
            return
        if not self.show_time(event.text):
            self.app.say(f"{event.text} is no time: write 10:04 or 2026-03-02T10:04", wrong=True)

    @work(group="export")
    async def _export(self, name: str) -> None:
        looked = self._looked
        try:
            path = await asyncio.to_thread(export, looked.index, looked.shown, name)
        except (ArclogsError, OSError) as error:
            self.app.say(str(error), wrong=True)
        else:
            self.app.say(f"{len(looked.shown):,} rows written to {path}")
