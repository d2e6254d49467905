"""The help, to be searched: keys, words, this bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from arclogs.tui.models.help_page import help_page
from arclogs.tui.screens.dialog import Dialog
from arclogs.tui.widgets.block_view import BlockView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from arclogs.tui.bindings import Scope


class Help(Dialog[None]):
    """What is typed narrows it down; arrows move, escape closes."""

    AUTO_FOCUS = "Input"

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def compose(self) -> ComposeResult:
        """Give search line and page."""
        yield Input(placeholder="type to search keys, words and files; esc closes", compact=True)
        yield BlockView()

    def on_mount(self) -> None:
        """Show all of it."""
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one(BlockView).focus()

    def key_down(self) -> None:
        """Leave the search line by moving on."""
        self.query_one(BlockView).focus()

    def action_copy(self) -> None:
        """Copy the line under the cursor."""
        block = self.query_one(BlockView).block
        if block is not None:
            self.app.copy(block.copies, "the line")

    def _show(self, wanted: str) -> None:
        report = self.session.report
        page = help_page(self._scope, self.app.screen_keys(), self.app.keymap, report, wanted)
        self.query_one(BlockView).show(page)
