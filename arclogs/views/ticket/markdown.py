"""A text for a ticket in GitHub's Markdown: tables, boxes to tick, folded details.

A comment on GitHub holds 65,536 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.markdown_text import cell_code, code, fence, prose
from arclogs.views.ticket.blocks import (
    Code,
    Evidence,
    Fold,
    Heading,
    Items,
    Label,
    Paragraph,
    Prose,
    Strong,
    Table,
    Verbatim,
)
from arclogs.views.ticket.parts import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.views.ticket.blocks import Block, Fact, Line

MOST_CHARACTERS: Final = 65_536
LONGEST_CELL: Final = 160


def markdown_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of blocks, an empty one after each."""
    for block in blocks:
        yield from _block(block)


def markdown_line(line: Line, code: Callable[[str], str] = code) -> str:
    """Return spans as one line; `code` is how code is written where it stands."""
    return "".join(_span(span, code) for span in line)


def _span(span: object, code: Callable[[str], str]) -> str:
    match span:
        case Prose(text):
            return prose(text, code)
        case Code(text):
            return code(text)
        case Strong(text):
            return f"**{text}**"
    return str(span)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line):
            yield from (f"{'#' * level} {markdown_line(line)}", "")
        case Label(text):
            yield from (f"**{text}**", "")
        case Paragraph(line):
            yield from (markdown_line(line), "")
        case Items():
            yield from _items(block)
        case Verbatim(text, language):
            yield from (*fence(text, language), "")
        case Table():
            yield from _table(block.head, (map(_cell, row) for row in block.rows))
        case Evidence():
            rows = [*map(_fact, block.facts)]
            rows += [("", "", f"{block.left:,} more")] if block.left else []
            yield from _table(("time (UTC)", "where", "what"), rows)
        case Fold():
            yield from _fold(block)


def _items(block: Items) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        start = f"{number}." if block.ordered else "- [ ]" if block.boxes else "-"
        yield f"{start} {markdown_line(item.line)}"
        if item.command:
            yield from ("", *fence(item.command, "sh", "  "), "")
    if not block.items[-1].command:
        yield ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = list(head)
    yield f"| {' | '.join(cells)} |" if any(cells) else "|" + " |" * len(cells)
    yield "|---" * len(cells) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _cell(line: Line) -> str:
    return markdown_line(line, cell_code)


def _fact(fact: Fact) -> tuple[str, str, str]:
    said = f"{prose(fact.says, cell_code)}: " if fact.says else ""
    against = " (speaks against it)" if fact.against else ""
    what = f"{said}{cell_code(cut(fact.text, LONGEST_CELL))}{against}"
    return prose(fact.time), cell_code(fact.place), what


def _fold(block: Fold) -> Iterator[str]:
    lines = list(markdown_lines(block.blocks))
    if block.folded:
        yield f"<details><summary>{block.heading}</summary>"
    else:
        yield f"**{block.heading}**"
    yield from ("", *lines)
    if block.folded:
        yield from ("</details>", "")
