"""The Records screen: every log record and event of the bundle in order of time, filtered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

import polars as pl
from textual import on, work
from textual.widgets import Static

from arclogs.browse.filter_expression import read_filter
from arclogs.errors import ArclogsError, FilterError
from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, Item
from arclogs.tui.models.record_line import highlights
from arclogs.tui.models.record_page import NEAR, one_line, record_page
from arclogs.tui.models.record_words import count_shown, filter_for, moment_of
from arclogs.tui.screens.base import BrowserScreen
from arclogs.tui.session.events import Rows
from arclogs.tui.session.export import export
from arclogs.tui.session.looking import look, nothing, worth_it
from arclogs.tui.widgets.ask_line import AskLine
from arclogs.tui.widgets.block_messages import Opened
from arclogs.tui.widgets.block_view import BlockView
from arclogs.tui.widgets.filter_line import FilterLine
from arclogs.tui.widgets.frame_view import FrameView
from arclogs.tui.widgets.record_strips import Chips, HistogramLine
from arclogs.views.sanitize import sanitize_lines

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from arclogs.tui.bindings import Scope
    from arclogs.tui.session.events import Event
    from arclogs.tui.session.looking import Looked

DEBOUNCE = 0.15
NEAR_SECONDS, MOST_NEAR = 5, 200
_NEIGHBOUR = (pl.col("time"), pl.col("text").str.head(400))


class Records(BrowserScreen):
    """Chips, rows, histogram, and below them all that is known of the row under the cursor."""

    AUTO_FOCUS: ClassVar[str | None] = "FrameView"
    BINDINGS: ClassVar = bindings_of("records")
    scope: ClassVar[Scope] = "records"

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked = nothing()
        self._where = self._looked.where
        self._on = True
        self._pretty = False
        self._wanted: tuple[str, int] | datetime | None = None
        """A line or moment to go to once its row is there."""

    def panes(self) -> ComposeResult:
        """Give the panes from top to bottom."""
        yield Chips()
        yield FrameView()
        yield HistogramLine()
        yield BlockView(id="detail")
        yield FilterLine()
        yield Static(id="wrong", markup=False)
        yield AskLine()

    @property
    def rows(self) -> FrameView:
        """Return the pane of rows."""
        return self.query_one(FrameView)

    @property
    def detail(self) -> BlockView:
        """Return the pane of the row under the cursor."""
        return self.query_one("#detail", BlockView)

    # --- what is shown

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(FilterLine).placeholder = 'level>=W  src:job,hook  -word  /re/  "two words"'
        super().on_mount()

    def refreshed(self) -> None:
        """Show the rows of another reading, or that all have come."""
        if not self.session.frames and self._looked.frames:
            self.rows.marks.clear()
            self._looked = nothing()
            self._show(self._looked)
        self._look()

    def take(self, event: Event) -> None:
        """Show more rows once there are many more."""
        super().take(event)
        if isinstance(event, Rows) and worth_it(
            self._looked, self.session.frames, complete=not self.session.reading
        ):
            self._look()

    def ticked(self) -> None:
        """Show how far the reading has come."""
        self._draw_chips()

    @work(exclusive=True, group="rows")
    async def _look(self, delay: float = 0.0) -> None:
        """Put rows into order and filter them in a thread, then show them all at once."""
        await asyncio.sleep(delay)
        frames = list(self.session.frames)
        found = await asyncio.to_thread(look, self._looked, frames, self._where, on=self._on)
        self._show(found)

    def _show(self, found: Looked) -> None:
        """Show other rows, the cursor on the same row as before, or where it would stand."""
        here = self.rows.position
        kept = here is not None and here < found.index.height
        place = found.shown.place(found.index.rank(here)) if here is not None and kept else 0
        self._looked = found
        times = found.index.times
        several = len(times) > 0 and times[0].date() != times[-1].date()
        self.rows.restyle(dated=several, highlights=highlights(found.where))
        self.rows.show(found.index, found.shown, place)
        self.query_one(HistogramLine).show(found.histogram)
        self._draw_chips()
        if isinstance(self._wanted, tuple):
            self.show_line(*self._wanted)
        elif self._wanted is not None:
            self.show_moment(self._wanted)

    def _draw_chips(self) -> None:
        terms = [term.text for term in self._looked.where.terms]
        count = count_shown(self._looked, self.session)
        self.query_one(Chips).show(terms, count, on=self._on)

    def _is_behind(self) -> bool:
        return self._looked.frames != len(self.session.frames)

    def show_line(self, member: str, line: int) -> None:
        """Put the cursor on the row that a line belongs to, with filters off if they hide it."""
        position = self._looked.index.position_of(member, line)
        self._wanted = (member, line) if position is None and self._is_behind() else None
        if position is not None:
            self._go(position)

    def _go(self, position: int) -> None:
        rank = self._looked.index.rank(position)
        place = self._looked.shown.place(rank)
        shown = self._looked.shown.positions
        if place < len(shown) and shown[place] == position:
            self.rows.jump(place)
        else:
            self.app.say("the filter hides this row, so it is off now: ctrl+f brings it back")
            self._on = False
            self.rows.show(self._looked.index, self._looked.index.everything, rank)
            self.rows.jump(rank)
            self._look()

    # --- the filter

    def action_filter(self, more: str = "") -> None:
        """Type a filter; the present one is there to be changed."""
        line = self.query_one(FilterLine)
        line.open()
        line.value += more if line.value else more.lstrip()
        line.cursor_position = len(line.value)

    def action_field(self) -> None:
        """Ask for rows of the same pod, job or program."""
        if self.rows.position is not None:
            self.action_filter(f" {filter_for(self._looked.index.row(self.rows.position))}")

    def action_filters(self) -> None:
        """Switch the filter off, or on again."""
        self._on = not self._on
        self._look()

    @on(FilterLine.Typed)
    def _filter_typed(self, event: FilterLine.Typed) -> None:
        wrong = self.query_one("#wrong", Static)
        try:
            self._where = read_filter(event.text)
        except FilterError as error:
            wrong.update(sanitize_lines(str(error)))
            wrong.add_class("open")
            return
        wrong.remove_class("open")
        self._on = True
        self._look(DEBOUNCE)

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        self.query_one("#wrong", Static).remove_class("open")
        self.rows.focus()

    @on(Chips.Dropped)
    def _chip_dropped(self, event: Chips.Dropped) -> None:
        terms = [term.text for term in self._looked.where.terms]
        del terms[event.number]
        self.query_one(FilterLine).value = " ".join(terms)

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
        self.query_one(AskLine).ask("time", "go to a time: 10:04, 10:04:20.114, 2026-03-02T10:04")

    def action_timeline(self) -> None:
        """Show the timeline at the row."""
        row = self.rows.row_at(self.rows.cursor)
        if row is None or row.time is None:
            self.app.say("this row has no time")
        else:
            self.app.open_moment("timeline", row.time)

    def show_moment(self, moment: datetime) -> None:
        """Put the cursor on the first row that is not before a moment."""
        self._wanted = moment if self._is_behind() else None
        self.rows.jump(self._looked.shown.place(self._looked.index.rank_at(moment)))

    # --- how rows look

    def action_delta(self) -> None:
        """Show the time since the row above, or no longer."""
        self.rows.restyle(delta=not self.rows.look.delta)

    def action_wrap(self) -> None:
        """Show all lines of each message, or the first."""
        self.rows.restyle(wraps=not self.rows.look.wraps)

    def action_pretty(self) -> None:
        """Lay out JSON in the detail pane, or no longer."""
        self._pretty = not self._pretty
        self.detail.add_class("open")
        self._describe()

    # --- the row under the cursor

    @on(FrameView.Moved)
    def _moved(self) -> None:
        row = self.rows.row_at(self.rows.cursor)
        self.query_one(HistogramLine).point(row.time if row else None)
        if self.detail.has_class("open"):
            self._describe()

    @on(FrameView.Opened)
    def _opened(self) -> None:
        if self.detail.has_class("open"):
            self.detail.focus()
        else:
            self.detail.add_class("open")
            self._describe()

    @work(exclusive=True, group="detail")
    async def _describe(self) -> None:
        position, index = self.rows.position, self._looked.index
        if position is None:
            self.detail.show([], anew=True)
            return
        row = index.row(position)
        self.detail.show(record_page(row, (), pretty=self._pretty), anew=True)
        near = await asyncio.to_thread(index.near, position, NEAR_SECONDS, MOST_NEAR)
        told = [(at, *row) for at, row in zip(near, index.rows(near, _NEIGHBOUR))]
        self.detail.show(record_page(row, told, pretty=self._pretty))

    @on(Opened, "#detail")
    def _detail_opened(self, event: Opened) -> None:
        match event.block.target:
            case AtLine(member, number):
                self.app.open_original(member, number)
            case Item(name) if name.startswith(NEAR):
                self._go(int(name.removeprefix(NEAR)))
            case _:
                self.action_copy()

    async def action_close(self) -> None:
        """Close the detail pane, or go back."""
        if self.detail.has_class("open"):
            self.detail.remove_class("open")
            self.rows.focus()
        else:
            await self.app.action_back()

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
        moment = moment_of(event.text, self._looked.index, self.rows.row_at(self.rows.cursor))
        if moment is None:
            self.app.say(
                f"{event.text} is no time: write 10:04 or 2026-03-02T10:04 (UTC)", wrong=True
            )
        else:
            self.show_moment(moment)

    @work(group="export")
    async def _export(self, name: str) -> None:
        looked = self._looked
        try:
            path = await asyncio.to_thread(export, looked.index, looked.shown, name)
        except (ArclogsError, OSError) as error:
            self.app.say(str(error), wrong=True)
        else:
            self.app.say(f"{len(looked.shown):,} rows written to {path}")
