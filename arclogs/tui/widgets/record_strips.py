"""The lines around the rows of the Records screen: chips of the filter, and a histogram."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from arclogs.tui.models.block import Part, Tone
from arclogs.tui.models.zone import UTC_ZONE, Zone
from arclogs.tui.theme import rich_text
from arclogs.tui.widgets.edge_lines import strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual import events

    from arclogs.browse.histogram import Histogram

BARS = " ▁▂▃▄▅▆▇█"


class Chips(Widget):
    """Shows each term of the filter as a chip, which a click takes away, and a count at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in Tone}

    @dataclass
    class Dropped(Message):
        """Somebody clicked on a chip."""

        number: int

    def __init__(self) -> None:
        super().__init__()
        self._terms: Sequence[str] = ()
        self._on = True
        self._count = ""
        self._spans: list[tuple[int, int]] = []

    def show(self, terms: Sequence[str], count: str, *, on: bool) -> None:
        """Show other terms; those that are off are in parentheses."""
        self._terms, self._count, self._on = terms, count, on
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        left, right = Text(" ", end=""), rich_text(self, [Part(f"{self._count} ", Tone.DIM)])
        self._spans = []
        opening, closing = ("[", " ×]") if self._on else ("(", " off)")
        for term in self._terms:
            start = left.cell_len
            chip = Part(f"{opening}{term}{closing}", Tone.STRONG if self._on else Tone.DIM)
            left.append_text(rich_text(self, [chip]))
            self._spans.append((start, left.cell_len))
            left.append(" ")
        if not self._terms:
            left.append_text(rich_text(self, [Part("all rows · / filters", Tone.DIM)]))
        left.truncate(max(1, width - right.cell_len - 1), overflow="ellipsis", pad=True)
        return strip_of(self, left.append(" ").append_text(right))

    def on_click(self, event: events.Click) -> None:
        """Take the term of a chip away."""
        for number, (start, end) in enumerate(self._spans):
            if start <= event.x < end:
                self.post_message(self.Dropped(number))


class HistogramLine(Widget):
    """Shows how many rows there are by time, where errors are, and where the cursor is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"tone--{tone}" for tone in Tone}

    def __init__(self) -> None:
        super().__init__()
        self._histogram: Histogram | None = None
        self._here: datetime | None = None
        self._zone = UTC_ZONE

    def show(self, histogram: Histogram | None, zone: Zone) -> None:
        """Show other counts, or times in another zone."""
        self._histogram, self._zone = histogram, zone
        self.refresh()

    def point(self, here: datetime | None) -> None:
        """Show another place of the cursor."""
        if here != self._here:
            self._here = here
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line: first time, bars, last time. One with errors is red; `e` finds them, too."""
        found = self._histogram
        if found is None:
            return Strip.blank(self.size.width, self.rich_style)
        first, last = self._zone.of(found.first), self._zone.of(found.last)
        form = "%H:%M:%S" if first.date() == last.date() else "%m-%d %H:%M"
        ends = [f" {first:{form}} ", f" {last:{form}} "]
        parts = max(1, self.size.width - sum(map(len, ends)))
        bars = found.in_parts(parts)
        most = max(number for number, _ in bars) or 1
        here = found.part(self._here, parts) if self._here is not None else None
        cells = [(ends[0], Tone.DIM)]
        for at, (number, errors) in enumerate(bars):
            height = -(-number * (len(BARS) - 1) // most)
            sign, tone = BARS[height], Tone.FAILED if errors else Tone.DIM
            cells.append(("┃", Tone.KEY) if at == here else (sign, tone))
        cells.append((ends[1], Tone.DIM))
        runs = [
            Part("".join(sign for sign, _ in run), tone)
            for tone, run in groupby(cells, key=itemgetter(1))
        ]
        return strip_of(self, rich_text(self, runs))
