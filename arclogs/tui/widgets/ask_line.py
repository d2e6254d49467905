"""A line in which something is asked for: a time to go to, a file to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input


class AskLine(Input):
    """Hidden until it is wanted; `enter` answers, `escape` does not."""

    BINDINGS: ClassVar = [Binding("escape", "drop", show=False)]

    @dataclass
    class Answered(Message):
        """Somebody has answered; None: they would rather not."""

        purpose: str
        text: str | None

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self._purpose = ""

    def ask(self, purpose: str, placeholder: str, value: str = "") -> None:
        """Ask for something."""
        self._purpose, self.placeholder, self.value = purpose, placeholder, value
        self.cursor_position = len(value)
        self.add_class("open")
        self.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say nothing yet."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand on the answer."""
        event.stop()
        self._leave(event.value.strip() or None)

    def action_drop(self) -> None:
        """Ask no longer."""
        self._leave(None)

    def _leave(self, text: str | None) -> None:
        self.remove_class("open")
        self.post_message(self.Answered(self._purpose, text))
