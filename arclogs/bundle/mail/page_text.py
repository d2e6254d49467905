"""HTML of a mail as plain text: blocks are lines, rows of tables too, what is preformatted stays.

Each character is looked at a few times at most, whatever the page; `html.parser` of older Pythons is not
so: a page of comments that never end takes it minutes.
"""

from __future__ import annotations

import html
import re
from typing import Final

from arclogs.lazy_regex import lazy_compile

_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3",
     "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip
_HIDDEN: Final = frozenset({"style", "script", "title", "template"})
_TAG = lazy_compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,31})(?:[\s/][^<>]{0,8192})?>")
_DECLARATION = lazy_compile(r"<[!?][^<>]{0,8192}>")
_SPACE = lazy_compile(r"[ \t\r\n\f]+")


def plain(page: str) -> str:
    """Return the text of a page."""
    text = _Text()
    hidden = _Hidden(page)
    at = 0
    while at < len(page):
        tag = page.find("<", at)
        tag = len(page) if tag < 0 else tag
        text.add(page[at:tag])
        at = _after_tag(page, tag, text, hidden)
    lines = (line.rstrip() for line in "".join(text.out).replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _after_tag(page: str, at: int, text: _Text, hidden: _Hidden) -> int:
    """Return where a page goes on after what begins with `<`."""
    if page.startswith("<!--", at):
        end = page.find("-->", at + 4)
        return end + 3 if end >= 0 else len(page)
    if tag := _TAG.match(page, at):
        name = tag[2].lower()
        text.tag(name, closes=bool(tag[1]))
        return tag.end() if tag[1] or name not in _HIDDEN else hidden.end(name, tag.end())
    if declaration := _DECLARATION.match(page, at):
        return declaration.end()
    text.add(page[at : at + 1])
    return at + 1


class _Hidden:
    """Finds where what is not shown ends: styles and scripts."""

    def __init__(self, page: str) -> None:
        self._page = page.encode("latin-1", "replace").lower()  # a byte for each character
        self._open: set[str] = set()

    def end(self, name: str, at: int) -> int:
        found = -1 if name in self._open else self._page.find(f"</{name}".encode(), at)
        if found < 0:
            self._open.add(name)  # never looked for again
        return at if found < 0 else found


class _Text:
    def __init__(self) -> None:
        self.out: list[str] = []
        self._kept = 0  # how many <pre> are open

    def tag(self, name: str, *, closes: bool) -> None:
        if name in ("td", "th") and not closes and not self._at_line_start():
            self.out.append("   ")
        elif name in _BLOCKS and not (closes and name == "br"):
            if name == "br" or not self._at_line_start():
                self.out.append("\n")
            if name == "pre":
                self._kept = max(0, self._kept - 1) if closes else self._kept + 1

    def add(self, data: str) -> None:
        data = html.unescape(data)
        if not self._kept:
            data = _SPACE.sub(" ", data)
            if self._at_line_start():
                data = data.lstrip(" ")
        if data:
            self.out.append(data)

    def _at_line_start(self) -> bool:
        return not self.out or self.out[-1].endswith("\n")
