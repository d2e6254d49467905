"""Prose of rules as HTML: paragraphs, lists and code; everything in it is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views import words
from arclogs.views.sanitize import sanitize, sanitize_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE: Final = lazy_compile(r"`([^`\n]+)`")


def inline(text: str) -> str:
    """Return one line of prose; words in backticks are code."""
    parts = _CODE.split(sanitize(text))
    return "".join(
        f"<code>{escape(part)}</code>" if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def paragraphs(text: str) -> str:
    """Return prose of several paragraphs and lists."""
    return "".join(_blocks(words.reflow(sanitize_lines(text))))


def _blocks(text: str) -> Iterator[str]:
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        said = line.strip()
        if said.startswith(("- ", "* ")):
            items.append(f"<li>{inline(said[2:])}</li>")
            continue
        if items:
            yield f"<ul>{''.join(items)}</ul>"
            items = []
        if said:
            yield f"<p>{inline(said)}</p>"
