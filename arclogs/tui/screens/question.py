"""A question that is answered by yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from arclogs.tui.models.block import BLANK, Block, Item, Part, Tone, line
from arclogs.tui.screens.dialog import Dialog
from arclogs.tui.widgets.block_view import BlockView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from arclogs.tui.widgets.block_messages import Opened


class Question(Dialog[bool]):
    """Asks; escape is no."""

    BINDINGS: ClassVar = [Binding("y", "answer(True)"), Binding("n", "answer(False)")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Give the question and the two answers."""
        yield BlockView()

    def on_mount(self) -> None:
        """Put the question."""
        said = [line(text) for text in self._text.split("\n")]
        answers = [
            Block((Part(word),), 2, (Part(f"{key}  ", Tone.KEY),), Item(key))
            for key, word in (("y", "yes"), ("n", "no (esc)"))
        ]
        self.query_one(BlockView).show([*said, BLANK, *answers])

    def on_block_view_opened(self, event: Opened) -> None:
        """Take the answer under the cursor."""
        self.dismiss(event.block.target == Item("y"))

    def action_answer(self, yes: bool) -> None:
        """Take the answer of a key."""
        self.dismiss(yes)

    def action_close(self) -> None:
        """Take silence for no."""
        self.dismiss(False)
