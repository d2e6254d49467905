"""Rows under a filter: what the Records screen shows, and how the filter changes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.widgets import Static

from arclogs.browse.filter_expression import read_filter
from arclogs.errors import FilterError
from arclogs.tui.models.record_line import highlights
from arclogs.tui.models.record_words import count_shown, filter_for, moment_of
from arclogs.tui.screens.base import BrowserScreen
from arclogs.tui.session.events import Rows
from arclogs.tui.session.looking import look, nothing, worth_it
from arclogs.tui.widgets.ask_line import AskLine
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


class FilteredRows(BrowserScreen):
    """Chips, rows, histogram, and below them a pane for the row under the cursor."""

    AUTO_FOCUS: ClassVar[str | None] = "FrameView"
    scope: ClassVar[Scope] = "records"

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked = nothing()
        self._where = self._looked.where
        self._on = True
        self._wanted: tuple[str, int] | datetime | str | None = None
        """A line, a moment, or a time as somebody wrote it, to go to once its row is there."""

    def panes(self) -> ComposeResult:
        """Give the panes from top to bottom."""
        yield Chips()
        yield FrameView(self.moved)
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

    def moved(self) -> None:
        """Show where in time the row under the cursor is."""
        row = self.rows.row_at(self.rows.cursor)
        self.query_one(HistogramLine).point(row.time if row else None)

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(FilterLine).placeholder = 'level>=W  src:job,hook  -word  /re/  "two words"'
        super().on_mount()

    def refreshed(self) -> None:
        """Show the rows of another reading, or that all have come."""
        if not self.session.pieces and self._looked.pieces:
            self.rows.marks.clear()
            self._looked = nothing()
            self._show(self._looked)
        self._look()

    def take(self, event: Event) -> None:
        """Show more rows once there are many more."""
        super().take(event)
        if isinstance(event, Rows) and worth_it(
            self._looked, self.session.pieces, complete=not self.session.reading
        ):
            self._look()

    def ticked(self) -> None:
        """Show how far the reading has come."""
        self._draw_chips()

    @work(exclusive=True, group="rows")
    async def _look(self, delay: float = 0.0) -> None:
        """Put rows into order and filter them in a thread, then show them all at once."""
        await asyncio.sleep(delay)
        pieces = list(self.session.pieces)
        found = await asyncio.to_thread(look, self._looked, pieces, self._where, on=self._on)
        self._show(found)

    def _show(self, found: Looked) -> None:
        """Show other rows, the cursor on the same row as before, or where it would stand."""
        here = self.rows.position
        kept = here is not None and here < found.index.height
        place = found.shown.place(found.index.rank(here)) if here is not None and kept else 0
        self._looked = found
        times = found.index.times
        zone = self.app.zone
        several = len(times) > 0 and zone.of(times[0]).date() != zone.of(times[-1]).date()
        self.rows.restyle(dated=several, highlights=highlights(found.where), zone=zone)
        self.rows.show(found.index, found.shown, place)
        self.query_one(HistogramLine).show(found.histogram, zone)
        self._draw_chips()
        if isinstance(self._wanted, tuple):
            self.show_line(*self._wanted)
        elif isinstance(self._wanted, str):
            self.show_time(self._wanted)
        elif self._wanted is not None:
            self.show_moment(self._wanted)

    def rezoned(self) -> None:
        """Show times in another zone."""
        self._show(self._looked)

    def _draw_chips(self) -> None:
        terms = [term.text for term in self._looked.where.terms]
        count = count_shown(self._looked, self.session, self.app.zone)
        self.query_one(Chips).show(terms, count, on=self._on)

    def _is_behind(self) -> bool:
        return self._looked.pieces != len(self.session.pieces)

    def show_line(self, member: str, line: int) -> None:
        """Put the cursor on the row that a line belongs to, with filters off if they hide it."""
        position = self._looked.index.position_of(member, line)
        self._wanted = (member, line) if position is None and self._is_behind() else None
        if position is not None:
            self._go(position)

    def show_moment(self, moment: datetime) -> None:
        """Put the cursor on the first row that is not before a moment."""
        self._wanted = moment if self._is_behind() else None
        self.rows.jump(self._looked.shown.place(self._looked.index.rank_at(moment)))

    def show_time(self, text: str) -> bool:
        """Go to a time that somebody wrote; tell whether it is one."""
        here = self.rows.row_at(self.rows.cursor)
        moment = moment_of(text, self._looked.index, here, self.app.zone)
        if moment is not None:
            self.show_moment(moment)
        elif self._is_behind() and not self._looked.pieces:
            self._wanted = text
        return moment is not None

    def show_only(self, where: str) -> None:
        """Show only rows that fit a filter."""
        self.query_one(FilterLine).value = where

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
