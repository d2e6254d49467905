r"""What to look for in raw lines so that no record which a rule wants is missed.

    '^Code: (?<code>\d+)$'          Code: (?<code>\d+)        anchors go: a raw line has more around
    "[\u2018'](?!x)ab"              [']ab, roughly            only ASCII lines are searched

A probe finds at least what its pattern finds in the text of a record, and may find more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from arclogs.lazy_regex import lazy_compile

_EDGES = frozenset({"A", "Z", "z", "G", "K"})
_KINDS = frozenset({"\\w", "\\s", "\\d"})
"""They mean characters beyond ASCII, too."""
_PLAIN = lazy_compile(r"(?:[\x00-#%-Z\]_-\x7f]|\\[!-/:-@\[-`{-~]|\\x[0-7][0-9a-f])*")
"""Nothing in it is another thing in bytes."""


class Role(IntEnum):
    """What it means for a line that a probe finds."""

    HOT = 1
    """A rule may want its record. If the same text comes again and again, it may be counted."""
    FIELDS = 2
    """The same, but a rule looks at its fields, too: all behind the time must be the same."""
    PARSE = 3
    """Its record must be made."""
    CONTEXT = 4
    """It may change what the parser knows, or go with other lines: its neighbours count, too."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A pattern to be searched in raw bytes, or texts one of which must be there."""

    role: Role
    pattern: str
    """In the syntax that hyperscan and Rust share, without anchors."""
    literals: frozenset[str] | None = None
    """Texts one of which stands in every match; None where none can be told."""
    whole: str = ""
    """The pattern with what only text that is not ASCII matches, for Rust; empty: it is the same."""


@lru_cache(maxsize=4096)
def unanchored(pattern: str, *, whole: bool = False) -> str:
    """Return a pattern without anchors.

    Unless `whole`, there is nothing in it that only text matches which is not ASCII.
    """
    if _PLAIN.fullmatch(pattern) is not None:
        return pattern
    out: list[str] = []
    position, in_class = 0, False
    while position < len(pattern):
        element, position = _element(pattern, position)
        if element == "[" and not in_class:
            in_class = True
            if pattern.startswith("^", position):
                element, position = "[^", position + 1
            if pattern.startswith("]", position):
                element, position = f"{element}\\]", position + 1
        elif element == "]":
            in_class = False
        elif not in_class and (element in ("^", "$") or _is_edge(element)):
            element = ""
        elif not whole and (not element.isascii() or element.startswith("\\u")):
            element = "" if in_class else "\\xff"
        out.append(element)
    return "".join(out)


def bytewise(pattern: str) -> str:
    r"""Return a pattern for text in which one byte, \xff, stands for each character beyond ASCII.

    It finds what `pattern` finds in the text itself, and may find more.
    """
    if _PLAIN.fullmatch(pattern) is not None:
        return pattern
    out: list[str] = []
    position, within = 0, ""
    while position < len(pattern):
        element, position = _element(pattern, position)
        foreign = not element.isascii() or element.startswith("\\u")
        if within:
            if element == "]":
                within = ""
                element = "\\n]" if out[-1] == "[^" else element
            elif foreign:
                element = "\\xff" if within == "[" else ""
            elif element in _KINDS and within == "[":
                element += "\\xff"
        elif element == "[":
            negated = pattern.startswith("^", position)
            within = element = "[^" if negated else "["
            position += negated
        elif element in ("\\b", "\\B"):
            element = ""
        elif foreign:
            element = "\\xff"
        elif element in _KINDS:
            element = f"[{element}\\xff]"
        if element:
            out.append(element)
    return "".join(out)


def _element(pattern: str, position: int) -> tuple[str, int]:
    if pattern[position] != "\\":
        return pattern[position], position + 1
    end = position + (6 if pattern.startswith("\\u", position) else 2)
    return pattern[position:end], end


def _is_edge(element: str) -> bool:
    return element.startswith("\\") and element[1:] in _EDGES
