"""Captured text in GitHub's Markdown: shown, never acted upon.

Whatever could be markup, a mention, a reference or a link becomes a code span: GitHub looks for none
of them inside code. (An escaped `@` would still notify; the filter runs on the rendered text.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views.sanitize import sanitize, sanitize_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A word that GitHub could take for more than a word.
_RISKY: Final = lazy_compile(
    r"[\\`*_{}\[\]<>#@&|~$^]"
    r"|://|^www\.|^mailto:|^xmpp:|\bGH-\d"
    r"|(?<!\d):[\w+-]+:(?!\d)"  # an emoji
    r"|(?<![0-9a-zA-Z])[0-9a-f]{7,}(?![0-9a-zA-Z])",  # a commit
    re.IGNORECASE,
)
# What begins a list, underlines a heading or draws a rule, if a line begins with it.
_RISKY_FIRST: Final = lazy_compile(r"[-+=]+|\d+[.)]", re.ASCII)
_WORD: Final = lazy_compile(r"^([\"'(]*)(.*?)([\"').,;:!?]*)$", re.DOTALL)
_AUTHORED: Final = lazy_compile(r"`([^`\n]+)`")
_MOST_IN_BRACKETS: Final = 3
_TICKS: Final = lazy_compile(r"`+")


def code(text: str) -> str:
    """Return the text as a code span."""
    shown = sanitize(text)
    if not shown.strip():
        return ""
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def cell_code(text: str) -> str:
    r"""Return the text as a code span for a table cell.

    A cell ends at `|` even inside code, unless it is escaped. After a backslash of the text the
    escape would itself be escaped: then every sign is written as a character reference.
    """
    if re.search(r"\\\|", text):
        shown = sanitize(text)
        return f"<code>{''.join(c if c.isalnum() else f'&#{ord(c)};' for c in shown)}</code>"
    return code(text).replace("|", "\\|")


def prose(text: str, code: Callable[[str], str] = code) -> str:
    """Return one paragraph. Words in backticks stay code, risky words become code."""
    parts = _AUTHORED.split(" ".join(sanitize_lines(text).split()))
    first, blank, rest = parts[0].partition(" ")
    if _RISKY_FIRST.fullmatch(first):
        return f"{code(first)}{blank}" + _joined([rest, *parts[1:]], code)
    return _joined(parts, code)


def _joined(parts: list[str], code: Callable[[str], str]) -> str:
    """Join prose with the code spans between its pieces."""
    return "".join(
        code(part) if index % 2 else " ".join(_word(w, code) for w in _whole_words(part))
        for index, part in enumerate(parts)
    )


def _whole_words(text: str) -> Iterator[str]:
    """Yield words; what a bracket opens stays one as far as it is closed: `[object Object]`."""
    held: list[str] = []
    for word in text.split(" "):
        held.append(word)
        phrase = " ".join(held)
        unclosed = phrase.count("[") > phrase.count("]")
        if not unclosed or len(held) > _MOST_IN_BRACKETS:
            yield from held if unclosed else [phrase]
            held = []
    yield from held


def fence(text: str, language: str, indent: str = "") -> list[str]:
    """Return a fenced block that nothing in the text can close."""
    shown = sanitize_lines(text)
    ticks = "`" * max(3, _longest_run(shown) + 1)
    return [f"{indent}{line}" for line in (f"{ticks}{language}", *shown.split("\n"), ticks)]


def _word(word: str, code: Callable[[str], str]) -> str:
    if not _RISKY.search(word):
        return word
    found = _WORD.match(word)
    if found and found[2]:
        return f"{found[1]}{code(found[2])}{found[3]}"
    return code(word)


def _longest_run(text: str) -> int:
    return max(map(len, _TICKS.findall(text)), default=0)
