"""A line of the bundle among its neighbours, as it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from arclogs.tui.models.block import AtLine, line
from arclogs.tui.models.excerpt_page import excerpt_page
from arclogs.tui.screens.dialog import Dialog
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.block_messages import Opened
from arclogs.tui.widgets.block_view import BlockView
from arclogs.views import words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Context(Dialog[None]):
    """Shows two hundred lines before and after; the bundle is read again for them."""

    def __init__(self, at: AtLine) -> None:
        super().__init__()
        self._at = at

    def compose(self) -> ComposeResult:
        """Give one pane."""
        yield BlockView()

    def on_mount(self) -> None:
        """Ask for the lines."""
        view = self.query_one(BlockView)
        view.entitle(words.place(self._at.member, self._at.line), "y copies the line · esc back")
        view.show([line("reading …")])
        self._ask()

    @work(exclusive=True)
    async def _ask(self) -> None:
        view = self.query_one(BlockView)
        try:
            excerpt = await self.session.lines(self._at.member, self._at.line)
        except NoAnswer as said:
            view.show([line(str(said))])
        else:
            view.show(excerpt_page(excerpt), self._at)

    @on(Opened)
    def action_copy(self) -> None:
        """Copy the line under the cursor."""
        block = self.query_one(BlockView).block
        if block is not None:
            self.app.copy(block.copies, "the line")
