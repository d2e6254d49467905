"""The line in which a filter is typed; it is applied while one types."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input


class FilterLine(Input):
    """Hidden until it is wanted; `enter` keeps the filter, `escape` drops it."""

    BINDINGS: ClassVar = [Binding("escape", "drop", show=False)]

    class Typed(Message):
        """The filter is another now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The line is closed, the filter stays."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="filter: show only entries with this text",
            compact=True,
            select_on_focus=False,  # the present filter is there to be changed, not to be replaced
        )

    def open(self) -> None:
        """Show the line with the present filter, ready to be changed."""
        self.add_class("open")
        self.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is typed so far."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the list."""
        event.stop()
        self._leave()

    def action_drop(self) -> None:
        """Forget the filter."""
        self.value = ""
        self._leave()

    def _leave(self) -> None:
        self.remove_class("open")
        self.post_message(self.Left())
