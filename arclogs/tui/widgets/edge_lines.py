"""The first and the last line of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

from arclogs.tui.models.block import Part, Tone
from arclogs.tui.theme import rich_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from arclogs.tui.bindings import Key


class TopLine(Widget):
    """Shows the way here and the screens at the left, facts at the right, as many as fit."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in Tone}

    def __init__(self) -> None:
        super().__init__()
        self._left: Sequence[Part] = ()
        self._right: Sequence[str] = ()

    def show(self, left: Sequence[Part], right: Sequence[str]) -> None:
        """Show other parts; of those at the right the last are dropped first."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        text = rich_text(self, self._left)
        facts = list(self._right)
        while len(facts) > 1 and text.cell_len + len("  ".join(facts)) + 2 > width:
            facts.pop()
        right = rich_text(self, [Part("  ".join(facts), Tone.DIM)])
        right.truncate(max(1, width - text.cell_len - 2), overflow="ellipsis")
        text.append(" " * max(1, width - text.cell_len - right.cell_len - 1))
        text.append_text(right)
        return strip_of(self, text)


class KeyLine(Widget):
    """Shows the most useful keys; each is also a button."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in Tone}

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = keys
        self._spans: list[tuple[int, int, str]] = []

    def render_line(self, y: int) -> Strip:
        """Return the line: as many keys as fit, the last two always."""
        always = self._keys[-2:]
        room = self.size.width - sum(_width(key) for key in always)
        shown: list[Key] = []
        for key in self._keys[:-2]:
            if sum(map(_width, shown)) + _width(key) <= room:
                shown.append(key)
        text, self._spans = Text(end=""), []
        for key in (*shown, *always):
            start = text.cell_len
            label = [Part(f" {key.label} ", Tone.KEY), Part(f"{key.brief} ")]
            text.append_text(rich_text(self, label))
            self._spans.append((start, text.cell_len, key.action))
        return strip_of(self, text)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        for start, end, action in self._spans:
            if start <= event.x < end:
                await self.run_in_context(action)

    async def run_in_context(self, action: str) -> None:
        """Run an action as its key would: by what has the focus, or what is around it."""
        node = self.screen.focused or self.screen
        while node is not None:
            if await self.app.run_action(action, default_namespace=node):
                return
            node = node.parent  # type: ignore[assignment]


def _width(key: Key) -> int:
    return len(key.label) + len(key.brief) + 3


def strip_of(widget: Widget, text: Text) -> Strip:
    """Return a text as the one line of a widget."""
    width = widget.size.width
    strip = Strip(text.render(widget.app.console)).apply_style(widget.rich_style)
    return strip.adjust_cell_length(width, widget.rich_style)
