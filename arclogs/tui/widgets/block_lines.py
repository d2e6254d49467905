"""Blocks broken into lines of a width: here, and only here, text becomes harmless to draw."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from arclogs.tui.models.block import Block, Part, Tone
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NARROWEST: Final = 16
_TAB: Final = "    "


class Line(Struct, frozen=True):
    """One line of a pane, and the block that it is of."""

    block: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return the line without looks."""
        return "".join(part.text for part in self.parts)


def lay_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Return the lines of blocks; the first column is left to the cursor."""
    return [
        Line(index, parts)
        for index, block in enumerate(blocks)
        for parts in _lines(block, max(width - 1, NARROWEST))
    ]


def _lines(block: Block, width: int) -> Iterator[tuple[Part, ...]]:
    lead = tuple(Part(_shown(p.text), p.tone) for p in block.lead)
    margin = Part(" " * block.indent)
    hang = " " * sum(Text(p.text).cell_len for p in lead)
    room = max(width - block.indent - len(hang), NARROWEST)
    body = Text()
    for part in block.parts:
        body.append(_shown(part.text), part.tone.value)
    wrapped = body.wrap(_console(), room, overflow="fold") if block.wraps else [body]
    for number, text in enumerate(wrapped or [Text()]):
        text.rstrip()
        start = lead if number == 0 else (Part(hang),)
        yield (margin, *start, *_parts(text))


def _shown(text: str) -> str:
    return sanitize(text).replace("\t", _TAB)


def _parts(text: Text) -> Iterator[Part]:
    """Yield the runs of a text; each character is in one span, as it was appended."""
    done = 0
    for span in sorted(text.spans, key=lambda s: s.start):
        start, end = max(span.start, done), min(span.end, len(text.plain))
        if start < end:
            yield Part(text.plain[start:end], Tone(str(span.style)))
            done = end


@lru_cache(1)
def _console() -> Console:
    """Return what Rich wants for wrapping; nothing is ever printed on it."""
    return Console(width=80, markup=False, emoji=False, highlight=False)
