"""A text for a ticket in the wiki markup of Jira Data Center and Server.

    h3. arclogs: The runner's token belongs to a deleted service account (critical, confirmed)
    ||time (UTC)||where||what||
    |2026-03-02 10:04:20.114|{{Worker.log:344}}|{{Error: HttpError: HTTP request failed}}|

A comment holds 32,767 characters unless the administrator allows more (jira.text.field.character.limit).
Jira has no fold of its own, so what is folded elsewhere stands under headings, as far as it is needed.
Source: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.jira_text import code, escaped, noformat, prose
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.views.ticket.blocks import Block, Fact, Line

MOST_CHARACTERS: Final = 32_767


def jira_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of blocks, an empty one after each."""
    for block in blocks:
        yield from _block(block)


def jira_line(line: Line) -> str:
    """Return spans as one line."""
    return "".join(map(_span, line))


def _span(span: object) -> str:
    match span:
        case Prose(text):
            return prose(text)
        case Code(text):
            return code(text)
        case Strong(text):
            return f"*{escaped(text)}*"
    return escaped(str(span))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line):
            yield from (f"h{level}. {jira_line(line)}", "")
        case Label(text):
            yield from (f"*{escaped(text)}*", "")
        case Paragraph(line):
            yield from (jira_line(line), "")
        case Items():
            yield from _items(block)
        case Verbatim(text, _):
            yield from (*noformat(text), "")
        case Table():
            yield from _table(block)
        case Evidence():
            yield "||time (UTC)||where||what||"
            yield from map(_fact, block.facts)
            yield from ([f"| | |{block.left:,} more|", ""] if block.left else [""])
        case Fold() if not (block.dispensable):
            yield from (f"h5. {escaped(block.heading)}", "", *jira_lines(block.blocks))


def _items(block: Items) -> Iterator[str]:
    """Yield a list. A block belongs to the item above it where no empty line parts the two."""
    mark = "#" if block.ordered else "*"
    for item in block.items:
        yield f"{mark} {jira_line(item.line)}"
        yield from noformat(item.command) if item.command else ()
    yield ""


def _table(block: Table) -> Iterator[str]:
    if any(block.head[1:]):
        yield f"||{'||'.join(block.head)}||"
    for first, *rest in block.rows:
        start = "|" if any(block.head[1:]) else "||"
        yield f"{start}{_cell(first)}|{'|'.join(map(_cell, rest))}|"
    yield ""


def _cell(line: Line) -> str:
    return jira_line(line) or " "  # two bars without anything between them begin a head


def _fact(fact: Fact) -> str:
    said = f"{prose(fact.says)}: " if fact.says else ""
    against = " (speaks against it)" if fact.against else ""
    return f"|{prose(fact.time) or ' '}|{code(fact.place)}|{said}{code(fact.text)}{against}|"
