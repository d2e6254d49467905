"""A pane of millions of rows with a cursor: only what is seen is fetched, in pages.

Every row takes one unit of scrolling, however many lines it is drawn in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style as RichStyle
from rich.text import Text
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from arclogs.browse.index import RowIndex, View
from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import Tone
from arclogs.tui.models.record_line import COLUMNS, Drawn, Shown, Style, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.selection import Selection

PAGE: Final = 32
PAGES: Final = 64
MOST_SELECTED: Final = 10_000


class FrameView(ScrollView, can_focus=True):
    """Shows a view of an index of rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"frame--cursor", *(f"tone--{tone}" for tone in Tone)}
    BINDINGS: ClassVar = bindings_of("moving")

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The place of the row under the cursor in the view."""

    class Opened(Message):
        """Somebody wants to see all of the row under the cursor."""

    def __init__(self, moved: Callable[[], None]) -> None:
        """Make an empty pane; `moved` is called when the cursor stands on another row, or on none.

        At once, as by a message what is said of the row would be drawn a frame after it.
        """
        super().__init__()
        self._moved = moved
        self.index = RowIndex()
        self.rows = self.index.everything
        self.look = Style()
        self.marks: set[int] = set()
        """Positions that the user wants to come back to."""
        self._centred = False
        """The cursor came from afar and is to be seen with what was before and after."""
        self._pages: dict[int, list[Shown]] = {}
        self._drawn: tuple[object, list[Drawn]] = None, []
        self._styles: dict[str, RichStyle] = {}

    def show(self, index: RowIndex, rows: View, cursor: int) -> None:
        """Show other rows, the cursor on one of them at the height where it stood."""
        height = self.cursor - self.scroll_offset.y
        self.index, self.rows = index, rows
        self._pages.clear()
        self._measure()
        self.set_reactive(FrameView.cursor, max(0, min(cursor, len(rows) - 1)))
        self.scroll_to(y=max(0, self.cursor - height), animate=False, force=True)
        self._reveal()
        self._moved()

    def restyle(self, **changes: object) -> None:
        """Change how lines look; the cursor's row stays where it is."""
        self.look = replace(self.look, **changes)
        self._measure()
        self._reveal()
        self.refresh()

    @property
    def position(self) -> int | None:
        """Return the position of the row under the cursor."""
        return self.rows.positions[self.cursor] if self.cursor < len(self.rows) else None

    def row_at(self, place: int) -> Shown | None:
        """Return a row of the view, its page kept for the next."""
        if not 0 <= place < len(self.rows):
            return None
        number = place // PAGE
        page = self._pages.pop(number, None)
        if page is None:
            wanted = self.rows.positions.slice(number * PAGE, PAGE).to_list()
            page = [Shown(*row) for row in self.index.rows(wanted, COLUMNS)]
        self._pages[number] = page
        while len(self._pages) > PAGES:
            del self._pages[next(iter(self._pages))]
        return page[place % PAGE]

    # --- drawing

    def _measure(self) -> None:
        """Give the scroll bar its size. Where rows wrap, the last may be the first that is seen."""
        region = self.scrollable_content_region
        beyond = max(0, region.height - 1) if self.look.wraps else 0
        if region.width != self.look.width:
            self.look = replace(self.look, width=region.width)
        self.virtual_size = Size(region.width, len(self.rows) + beyond)
        self._drawn = None, []
        self.refresh()

    def on_resize(self) -> None:
        """Draw for another width; a scroll bar that was not there yet does not know where it is."""
        self._measure()
        self._reveal()
        self.vertical_scrollbar.position = self.scroll_y

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme."""
        super().notify_style_update()
        self._styles.clear()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw other rows; the scroll bar only if it looks different, which is rare among millions."""
        if round(old_value) != round(new_value):
            self.refresh()
        bar, eighths = self.vertical_scrollbar, 8 * self.size.height / max(1, len(self.rows))
        if self.show_vertical_scrollbar and (
            int(bar.position * eighths) != int(new_value * eighths) or not new_value
        ):
            bar.position = new_value

    def _lines(self) -> list[Drawn]:
        """Return the lines that are seen."""
        top, height = self.scroll_offset.y, self.size.height
        key = (top, height, self.look, id(self.rows), id(self.index))
        if self._drawn[0] != key:
            lines: list[Drawn] = []
            place = top
            while len(lines) < height and place < len(self.rows):
                lines += self._lines_of(place)
                place += 1
            self._drawn = key, lines
        return self._drawn[1]

    def _lines_of(self, place: int) -> Iterator[Drawn]:
        row = self.row_at(place)
        assert row is not None
        before = self.row_at(place - 1) if self.look.delta else None
        return lines_of(place, row, before, self.look)

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        width, lines = self.size.width, self._lines()
        if y >= len(lines):
            return Strip.blank(width, self._style())
        line = lines[y]
        under = line.place == self.cursor
        cursor = "frame--cursor" if under and self.has_focus else ""
        mark = "▌" if under else " "
        if line.first and self.marks and self.rows.positions[line.place] in self.marks:
            mark = "●"
        parts = [Segment(mark, self._style(f"tone--{Tone.KEY}", cursor))]
        parts += [Segment(p.text, self._style(f"tone--{p.tone}", cursor)) for p in line.parts]
        strip = Strip(self._with_selection(parts, self._selected_line(y)))
        plain = self._style("", cursor)
        if strip.cell_length > width:
            strip = Strip([*strip.crop(0, width - 1), Segment("…", plain)])
        strip = strip.adjust_cell_length(width, plain)
        return strip.apply_offsets(0, self._selected_line(y))

    def _style(self, name: str = "", upon: str = "") -> RichStyle:
        """Return the style of a part on the pane, or on the line of the cursor."""
        key = f"{name} {upon}"
        if key not in self._styles:
            styles = [self.get_component_rich_style(n, partial=True) for n in (name, upon) if n]
            self._styles[key] = RichStyle.combine([self.rich_style, *styles])
        return self._styles[key]

    # --- selecting with the mouse

    def _selected_line(self, y: int) -> int:
        """Return by which number a line is selected: of its row, or of what is seen where they wrap."""
        return y if self.look.wraps else y + self.scroll_offset.y

    def _with_selection(self, parts: list[Segment], at: int) -> list[Segment]:
        selection = self.text_selection
        span = selection.get_span(at) if selection is not None else None
        if span is None:
            return parts
        text = Text(end="")
        for part in parts:
            text.append(part.text, part.style)
        start, end = span
        style = self.screen.get_component_rich_style("screen--selection")
        text.stylize(style, start, len(text) if end == -1 else end)
        return list(text.render(self.app.console))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what is selected with the mouse, ten thousand lines at most."""
        if self.look.wraps:
            return selection.extract("\n".join(f" {line.text}" for line in self._lines())), "\n"
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else len(self.rows) - 1
        last = min(last, len(self.rows) - 1, first + MOST_SELECTED - 1)
        lines = [f" {next(self._lines_of(place)).text}" for place in range(first, last + 1)]
        if selection.end and last == selection.end.y and lines:
            lines[-1] = lines[-1][: selection.end.x]
        if selection.start and lines:
            lines[0] = lines[0][selection.start.x :]
        return "\n".join(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    # --- moving

    def watch_cursor(self, before: int, cursor: int) -> None:
        """Show where the cursor is: two rows look different, if nothing is scrolled."""
        self._reveal()
        for y, line in enumerate(self._lines()):
            if line.place in (before, cursor):
                self.refresh(Region(0, y, self.size.width, 1))
        self._moved()

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not height or not len(self.rows):
            return
        if self._centred or not top - height <= self.cursor < top + 2 * height:
            top = max(0, self.cursor - height // 2)
            self.scroll_to(y=top, animate=False, force=True)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height or self.look.wraps:
            first, room = self.cursor, height - self._height_of(self.cursor)
            while first > top and first > 0 and room >= (higher := self._height_of(first - 1)):
                first, room = first - 1, room - higher
            if first > top:
                self.scroll_to(y=first, animate=False, force=True)

    def _height_of(self, place: int) -> int:
        return sum(1 for _ in self._lines_of(place)) if self.look.wraps else 1

    def jump(self, place: int) -> None:
        """Put the cursor on a row and the row into the middle, whenever there is a size to it."""
        self.go(place)
        self._centred = True
        self._reveal()

    def go(self, place: int) -> None:
        """Put the cursor on a row, the nearest there is."""
        self._centred = False
        self.cursor = max(0, min(place, len(self.rows) - 1))

    def action_move(self, by: int) -> None:
        """Go to the next or previous row."""
        self.go(self.cursor + by)

    def action_page(self, by: float) -> None:
        """Go so many pages on, what is seen with it."""
        rows = int(self.scrollable_content_region.height * by) or (1 if by > 0 else -1)
        self.scroll_to(y=max(0, self.scroll_offset.y + rows), animate=False, force=True)
        self.go(self.cursor + rows)

    def action_edge(self, end: bool) -> None:
        """Go to the first or last row."""
        self.go(len(self.rows) - 1 if end else 0)

    def action_open(self) -> None:
        """Say that somebody wants to see all of the row."""
        if self.position is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click opens."""
        lines = self._lines()
        if 0 <= event.y < len(lines):
            again = lines[event.y].place == self.cursor and event.chain > 1
            self.go(lines[event.y].place)
            if again:
                self.action_open()
