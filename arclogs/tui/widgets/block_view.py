"""A pane of blocks with a cursor: every list and page of text is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import Block, Tone
from arclogs.tui.widgets.block_lines import Line, lay_out
from arclogs.tui.widgets.block_messages import AllShown, Moved, Opened
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

    from arclogs.tui.models.block import Target


class BlockView(ScrollView, can_focus=True):
    """Shows blocks, wrapped; the cursor stands on a block with a target, or nowhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "block--cursor", *(f"tone--{tone}" for tone in Tone)
    }  # fmt: skip
    BINDINGS: ClassVar = bindings_of("moving")

    cursor: reactive[int | None] = reactive(None)
    """The index of the block under the cursor."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: Sequence[Block] = ()
        self._lines: list[Line] = []
        self._first_line: list[int] = []
        self._laid_out_for = 0

    def show(
        self, blocks: Sequence[Block], at: Target | None = None, *, anew: bool = False
    ) -> None:
        """Show other blocks; the cursor stays on its target, or goes to `at`.

        `anew`: they are about something else, so that nothing is to stay.
        """
        wanted = at or (None if anew else self.target)
        self.blocks = blocks
        self._laid_out_for = 0
        stops = self._stops()
        kept = next((i for i in stops if wanted is not None and blocks[i].target == wanted), None)
        first = stops[0] if stops else None
        self.set_reactive(BlockView.cursor, first if kept is None else kept)
        self._lay_out()
        if kept is None:
            self.scroll_home(animate=False)
        elif at is not None:
            self._reveal()
        if self.block is not None:
            self.post_message(Moved(self, self.block))
        self.refresh()

    def entitle(self, title: str, subtitle: str = "") -> None:
        """Write on the frame: data, so never as markup."""
        self.border_title = Text(sanitize(title))
        self.border_subtitle = Text(sanitize(subtitle))

    @property
    def block(self) -> Block | None:
        """Return the block under the cursor."""
        at = self.cursor
        return self.blocks[at] if at is not None and at < len(self.blocks) else None

    @property
    def target(self) -> Target | None:
        """Return what the cursor stands on."""
        return self.block.target if self.block else None

    def _stops(self) -> list[int]:
        return [i for i, block in enumerate(self.blocks) if block.target is not None]

    # --- drawing

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width or self._laid_out_for == width:
            return
        self._laid_out_for = width
        self._lines = lay_out(self.blocks, width)
        self._first_line = [0] * len(self.blocks)
        for y in range(len(self._lines) - 1, -1, -1):
            self._first_line[self._lines[y].block] = y
        self.virtual_size = Size(width, len(self._lines))

    def on_resize(self) -> None:
        """Wrap again."""
        self._lay_out()
        self._reveal()

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme."""
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        at, width = y + self.scroll_offset.y, self.size.width
        base = self.rich_style
        if at >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[at]
        under = line.block == self.cursor
        text = Text(end="")
        text.append("▌" if under else " ", self._tone(Tone.KEY) if under else Style())
        for part in line.parts:
            text.append(part.text, self._tone(part.tone))
        if under:
            text.pad_right(max(0, width - text.cell_len))
            if self.has_focus:
                text.stylize(self.get_component_rich_style("block--cursor", partial=True))
        self._mark_selection(text, at)
        strip = Strip(text.render(self.app.console)).apply_style(base)
        return strip.adjust_cell_length(width, base).apply_offsets(0, at)

    def _tone(self, tone: Tone) -> Style:
        return self.get_component_rich_style(f"tone--{tone}", partial=True)

    def _mark_selection(self, text: Text, at: int) -> None:
        selection = self.text_selection
        span = selection.get_span(at) if selection is not None else None
        if span is not None:
            start, end = span
            style = self.screen.get_component_rich_style("screen--selection")
            text.stylize(style, start, len(text) if end == -1 else end)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what is selected with the mouse."""
        return selection.extract("\n".join(f" {line.text}" for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    # --- moving

    def watch_cursor(self) -> None:
        """Show where the cursor is and say what it stands on."""
        self._reveal()
        self.refresh()
        if self.block is not None:
            self.post_message(Moved(self, self.block))

    def _reveal(self) -> None:
        at = self.cursor
        if at is None or at >= len(self._first_line):
            return
        top, height = self._first_line[at], self.scrollable_content_region.height
        bottom = top
        while bottom + 1 < len(self._lines) and self._lines[bottom + 1].block == at:
            bottom += 1
        if at == next(iter(self._stops()), None):
            top = min(top, max(0, bottom - height + 1)) if bottom < height else top
        if top < self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        elif bottom >= self.scroll_offset.y + height:
            self.scroll_to(y=min(top, bottom - height + 1), animate=False)

    def jump(self, block: int) -> None:
        """Put a block at the top, and the cursor on it or on the next that it can stand on."""
        beyond = [i for i in self._stops() if i >= block]
        if beyond:
            self.set_reactive(BlockView.cursor, beyond[0])
            self.post_message(Moved(self, self.blocks[beyond[0]]))
        self.scroll_to(y=self._first_line[block], animate=False)
        self.refresh()

    def reveal_below(self) -> None:
        """Show what has just opened under the cursor, half a page of it at most."""
        if self.cursor is None:
            return
        height = self.scrollable_content_region.height
        top = self._first_line[self.cursor]
        if top - self.scroll_offset.y > height // 2:
            self.scroll_to(y=top - height // 2, animate=False)

    def action_move(self, by: int) -> None:
        """Go to the next or previous stop; where there is none near, scroll."""
        stops = self._stops()
        here = self.cursor
        beyond = [i for i in stops if here is None or (i > here if by > 0 else i < here)]
        target = (beyond[0] if by > 0 else beyond[-1]) if beyond else None
        if target is None or not self._near(target):
            self.scroll_relative(y=by, animate=False)
        else:
            self.cursor = target

    def _near(self, block: int) -> bool:
        """Tell whether a block is on the screen or one page at most away from it."""
        y, top = self._first_line[block], self.scroll_offset.y
        height = self.scrollable_content_region.height
        return top - 3 <= y < top + height + 3

    def action_page(self, by: float) -> None:
        """Scroll by so many pages; the cursor goes along."""
        height = self.scrollable_content_region.height
        if len(self._lines) <= height:
            self.post_message(AllShown(self, by))
            return
        self.scroll_relative(y=round(by * height), animate=False)
        self.call_after_refresh(self._follow, 1 if by > 0 else -1)

    def action_edge(self, end: bool) -> None:
        """Go to the beginning or the end."""
        stops = self._stops()
        if stops:
            self.cursor = stops[-1] if end else stops[0]
        self.scroll_to(y=self.virtual_size.height if end else 0, animate=False)

    def _follow(self, way: int) -> None:
        """Take the cursor into what is shown."""
        top = self.scroll_offset.y
        bottom = top + self.scrollable_content_region.height
        shown = [i for i in self._stops() if top <= self._first_line[i] < bottom]
        if shown and self.cursor not in shown:
            self.cursor = shown[-1] if way > 0 else shown[0]

    def action_open(self) -> None:
        """Say that somebody wants to see what is under the cursor."""
        if self.block is not None:
            self.post_message(Opened(self, self.block))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click opens."""
        y = event.y + self.scroll_offset.y
        if not 0 <= y < len(self._lines):
            return
        block = self._lines[y].block
        while block > 0 and self.blocks[block].target is None and self.blocks[block].indent:
            block -= 1
        if self.blocks[block].target is None:
            return
        again = block == self.cursor and event.chain > 1
        self.cursor = block
        if again:
            self.action_open()
