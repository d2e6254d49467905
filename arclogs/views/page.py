"""Lines for a terminal: wrapping, indentation and styles, without markup."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.views.interface import Layout

NARROWEST = 40


class Page:
    """Collects lines. Takes `Text` only: a string could be read as markup."""

    def __init__(self, layout: Layout) -> None:
        self._out = io.StringIO()
        self._width = max(layout.width, NARROWEST)
        self._separator = " - " if layout.ascii else " · "
        self._console = Console(
            file=self._out,
            force_terminal=layout.styled,
            color_system="standard" if layout.styled else None,
            no_color=not layout.color,
            width=self._width,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def text(self) -> str:
        """Return what was put so far."""
        return self._out.getvalue()

    def blank(self) -> None:
        """Put an empty line."""
        self._out.write("\n")

    def put(self, text: Text, indent: int = 0, start: Text | None = None) -> None:
        """Put text after `start`, wrapped; later lines stand under the first."""
        start = start if start is not None else Text()
        room = max(self._width - indent - start.cell_len, NARROWEST // 2)
        for number, line in enumerate(text.wrap(self._console, room, overflow="fold")):
            line.rstrip()
            lead = start if number == 0 else Text(" " * start.cell_len)
            self._print(Text.assemble(" " * indent, lead, line))

    def unwrapped(self, text: Text, indent: int) -> None:
        """Put lines as they are, however long: a command must be one line when it is copied."""
        for line in text.split("\n"):
            self._print(Text(" " * indent) + line)

    def joined(self, parts: Sequence[Text]) -> Text:
        """Return short texts as one, with separators."""
        return Text().join(self._separated(parts))

    def _separated(self, parts: Sequence[Text]) -> Iterator[Text]:
        for index, part in enumerate(parts):
            if index:
                yield Text(self._separator, "dim")
            yield part

    def fits(self, text: Text, indent: int) -> bool:
        """Tell whether the text takes one line at most."""
        return text.cell_len <= self._width - indent

    def run(self, parts: Sequence[Text], indent: int) -> None:
        """Put short texts one after the other, as many to a line as fit."""
        line: list[Text] = []
        for part in parts:
            if line and not self.fits(self.joined([*line, part]), indent):
                self.put(self.joined(line), indent)
                line = []
            line.append(part)
        if line:
            self.put(self.joined(line), indent)

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)
