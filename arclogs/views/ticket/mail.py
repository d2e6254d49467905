"""A text for a plain mail: 72 columns, no markup, quoted lines and commands indented.

Lines that a mailer would act upon begin with a space, as RFC 3676 (4.4) says: `From `, `>`, `-- `, a
lone dot, and a first line that looks like a header.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views.sanitize import sanitize, sanitize_lines
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
from arclogs.views.ticket.shell import continued

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from arclogs.views.ticket.blocks import Block, Fact, Item, Line

WIDTH: Final = 72
QUOTED: Final = "    "
LONGEST_WORD: Final = 240
"""RFC 5322 allows 998 octets in a line; a character has up to four."""
_AUTHORED: Final = lazy_compile(r"`([^`\n]+)`")
_WORD: Final = lazy_compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_ACTS: Final = lazy_compile(r"From |>|--$|-- |\.$")
_HEADER: Final = lazy_compile(
    r"(?!arclogs:)[!-9;-~]+:"
)  # one of that name means nothing to anybody


def mail_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of blocks, an empty one after each."""
    for block in blocks:
        yield from _block(block)


def stuffed(text: str) -> str:
    """Return a text with a space before each line that a mailer would act upon."""
    first, *rest = text.split("\n")
    if _HEADER.match(first) or _ACTS.match(first):
        first = f" {first}"
    return "\n".join((first, *(f" {line}" if _ACTS.match(line) else line for line in rest)))


def mail_line(line: Line) -> str:
    """Return spans as one line, as long as it is."""
    return "".join(map(_span, line))


def _span(span: object) -> str:
    match span:
        case Prose(text):
            return _AUTHORED.sub(_quoted, " ".join(sanitize_lines(text).split()))
        case Code(text) | Strong(text):
            return sanitize(text)
    return str(span).replace(" · ", ", ")  # in our own words only


def _quoted(found: re.Match[str]) -> str:
    """Return what stood in backticks: in quotes, unless it is one word."""
    return f'"{found[1]}"' if " " in found[1] else found[1]


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line):
            shown = list(_wrapped(mail_line(line)))
            yield from (*shown, ("=" if level < 4 else "-") * max(map(len, shown)), "")
        case Label(text):
            yield from (f"{text}:", "")
        case Paragraph(line):
            yield from (*_wrapped(mail_line(line)), "")
        case Items():
            yield from _items(block)
        case Verbatim(text, language):
            yield from (*_quote(text, language), "")
        case Table():
            yield from (*_rows(block), "")
        case Evidence():
            yield from _evidence(block)
        case Fold() if not (block.dispensable):
            yield from (block.heading, "-" * len(block.heading), "", *mail_lines(block.blocks))


def _items(block: Items) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        start = f"{number}. " if block.ordered else "[ ] " if block.boxes else "- "
        yield from _item(start, item)
    if not block.items[-1].command:
        yield ""


def _item(start: str, item: Item) -> Iterator[str]:
    yield from _wrapped(mail_line(item.line), start, " " * len(start))
    if item.command:
        yield from ("", *_quote(item.command, "sh", QUOTED + " " * len(start)), "")


def _rows(block: Table) -> Iterator[str]:
    """Yield a row as `first: second`, further cells with the names of their columns."""
    names = ["", *(f"{name} " for name in block.head[2:])]
    for first, *rest in block.rows:
        cells = [f"{name}{mail_line(cell)}" for name, cell in zip(names, rest) if cell]
        yield from _wrapped(
            f"{mail_line(first)}{': ' if cells else ''}{', '.join(cells)}", "", "  "
        )


def _evidence(block: Evidence) -> Iterator[str]:
    yield from ("Evidence (times are UTC):", "")
    for number, fact in enumerate(block.facts, 1):
        yield from (*_fact(f"{number}. ", fact), "")
    if block.left:
        yield from (f"{block.left:,} more", "")


def _fact(start: str, fact: Fact) -> Iterator[str]:
    rest = " " * len(start)
    yield from _wrapped(
        f"{fact.time}{', ' if fact.time else ''}{sanitize(fact.place)}", start, rest
    )
    against = "speaks against it" if fact.against else ""
    said = ": ".join(part for part in (against, mail_line((Prose(fact.says),))) if part)
    yield from _wrapped(said, rest, rest) if said else ()
    yield from _quote(fact.text, "text", QUOTED + rest)


def _quote(text: str, language: str, indent: str = QUOTED) -> Iterator[str]:
    lines = sanitize_lines(text).split("\n")
    for line in lines:
        if language != "sh":
            yield from _wrapped(line, indent, f"{indent}  ")
        elif len(lines) > 1:  # here documents and quotes that reach over lines stay as they are
            yield f"{indent}{line}".rstrip()
        else:
            yield from (f"{indent}{part}".rstrip() for part in continued(line, WIDTH - len(indent)))


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        _WORD.sub(r"\g<0> ", text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
