"""A screen with a list at the left (or above) and a page of what the cursor is on beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container

from arclogs.tui.models.block import line
from arclogs.tui.models.top_line import progress
from arclogs.tui.screens.base import BrowserScreen
from arclogs.tui.widgets.block_messages import AllShown
from arclogs.tui.widgets.block_view import BlockView
from arclogs.tui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TwoPanes(BrowserScreen):
    """A subclass gives `found` and `filtered`, and reacts to the messages of both panes."""

    def panes(self) -> ComposeResult:
        """Give list, page and filter."""
        with Container(id="panes"):
            yield BlockView(id="list")
            yield BlockView(id="page")
        yield FilterLine()

    def found(self) -> None:
        """Show what there is, now that the bundle is read."""
        raise NotImplementedError

    def filtered(self, wanted: str) -> None:
        """Show only what holds a text."""
        raise NotImplementedError

    def refreshed(self) -> None:
        """Show what was found, or why there is nothing yet."""
        if self.session.report is not None:
            self.found()
            return
        said = self.session.failure or progress(self.session)
        self.entries.show([], anew=True)
        self.page.show([line(text) for text in said.split("\n")], anew=True)

    def ticked(self) -> None:
        """Show how far the reading has come."""
        if self.session.reading:
            self.page.show([line(progress(self.session))])

    @property
    def entries(self) -> BlockView:
        """Return the pane to choose from."""
        return self.query_one("#list", BlockView)

    @property
    def page(self) -> BlockView:
        """Return the pane to read."""
        return self.query_one("#page", BlockView)

    @on(AllShown, "#list")
    def _page_on(self, event: AllShown) -> None:
        """Scroll the page where the list has nothing to scroll."""
        self.page.action_page(event.by)

    def action_filter(self) -> None:
        """Type a text that entries must hold."""
        self.query_one(FilterLine).open()

    @on(FilterLine.Typed)
    def _filter_typed(self, event: FilterLine.Typed) -> None:
        self.filtered(event.text)

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        self.entries.focus()
