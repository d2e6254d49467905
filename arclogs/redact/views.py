r"""The same passage, read as its carriers meant it, each character traced back to where it stands.

    2026-03-02T10:04:20Z stdout P using gh        a container runtime splits long lines
    2026-03-02T10:04:20Z stdout F p_x81…
    "{\"password\":\"x\"}"                         JSON inside of JSON
    http://proxy/?to=user%3Ax%40host               URL encoding
    using ghp_\x1b[31mx81…                         colours

A secret that shows only in such a view is covered in the passage itself; what the view left out (the
head of the second line, the colour) stays.
"""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Range = tuple[int, int]


class Rewrite(NamedTuple):
    """How a view is made: what is replaced by what; None leaves a match alone."""

    triggers: tuple[str, ...]
    """Pieces of text without which there is nothing to do."""
    form: re.Pattern[str]
    replacement: Callable[[re.Match[str]], str | None]
    begins: Callable[[str], Iterator[int]] | None = None
    """Where matches begin, for a form that would be tried at too many places."""


_NO_PIECE: Final = (0, sys.maxsize, sys.maxsize)


class View:
    """A text made of another one by replacing pieces of it."""

    def __init__(self, source: str, rewrite: Rewrite, passages: Sequence[Range]) -> None:
        parts: list[str] = []
        self._at: list[int] = []  # where in the view each piece stands
        self._pieces: list[tuple[int, int, int]] = []  # its length there; its place in the source
        taken = size = 0
        for match in _matches(source, rewrite, passages):
            new = rewrite.replacement(match)
            if new is None:
                continue
            start, end = match.span()
            parts += (source[taken:start], new)
            size += start - taken
            self._at.append(size)
            self._pieces.append((len(new), start, end))
            size += len(new)
            taken = end
        self.text = "".join([*parts, source[taken:]]) if parts else source
        self.changed = bool(parts)

    def follow(self, passages: Sequence[Range]) -> tuple[list[Range], list[Range]]:
        """Return where the source's passages stand in the view: those that it changed, and all."""
        changed: list[Range] = []
        everywhere: list[Range] = []
        shift = 0
        pieces = iter(self._pieces)
        length, start, end = next(pieces, _NO_PIECE)
        for first, last in passages:
            if start >= last:
                everywhere.append((first + shift, last + shift))
                continue
            begin = first + shift
            while start < last:
                shift += length - (end - start)
                length, start, end = next(pieces, _NO_PIECE)
            everywhere.append((begin, last + shift))
            changed.append(everywhere[-1])
        return changed, everywhere

    def ranges(self, start: int, end: int) -> Iterator[Range]:
        """Yield where in the source the view's `start:end` stands, without what was left out."""
        index = bisect_right(self._at, start) - 1
        at = start
        while at < end:
            if index >= 0:
                begin, (length, source, source_end) = self._at[index], self._pieces[index]
                if at < begin + length:
                    yield source, source_end
                    at = begin + length
                    continue
                source_at = source_end + at - begin - length
            else:
                source_at = at
            index += 1
            until = min(end, self._at[index]) if index < len(self._at) else end
            if until > at:
                yield source_at, source_at + until - at
            at = until


def _matches(source: str, rewrite: Rewrite, passages: Sequence[Range]) -> Iterator[re.Match[str]]:
    if rewrite.begins is not None:
        for at in rewrite.begins(source):
            if match := rewrite.form.match(source, at):
                yield match
        return
    for start, end in holding(source, rewrite.triggers, passages):
        yield from rewrite.form.finditer(source, start, end)


def holding(source: str, words: Iterable[str], passages: Sequence[Range]) -> Sequence[Range]:
    """Return the passages in which one of the words stands."""
    if not any(word in source for word in words):
        return ()
    starts = [start for start, _ in passages]
    found: set[int] = set()
    for word in words:
        at = source.find(word)
        while at >= 0:
            index = max(0, bisect_right(starts, at) - 1)
            found.add(index)
            at = source.find(word, max(at + 1, passages[index][1]))
    return [passages[index] for index in sorted(found)]


def _joint(match: re.Match[str]) -> str | None:
    """Leave out colours, and what stands between two parts of a line that the runtime split."""
    if match[0].startswith("\n"):
        text, at = match.string, match.start()
        if not _PARTIAL.match(text, text.rfind("\n", 0, at) + 1, at):
            return None
    return ""


def _json(match: re.Match[str]) -> str:
    char = match[1]
    return chr(int(char[1:], 16)) if len(char) > 1 else _JSON_ESCAPES.get(char, char)


def _percent(match: re.Match[str]) -> str | None:
    """Decode what is no part of a path: a password may hold a slash, the address around it not."""
    if match[1] is None:
        return "://"
    if match[1].upper() == "2F":
        return None
    char = chr(int(match[1], 16))
    return char if " " <= char <= "~" or char in "\t\r\n" else None


def _broken(match: re.Match[str]) -> str | None:
    """Leave out a line end that a terminal or a mail program put there."""
    text, at = match.string, match.start()
    end = text.find("\n", match.end())
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return "" if goes_on(line, text[match.end() : end if end >= 0 else None]) else None


def _wide(text: str) -> Iterator[int]:
    """Yield the ends of the lines at which a terminal could have broken a word."""
    at = -1
    for width in map(len, text.split("\n")):
        at += width + 1
        if width in WIDTHS and at < len(text):
            yield at


def goes_on(line: str, following: str) -> bool:
    """Tell whether a word is broken: where such lines end, and the next begins like none."""
    return (
        len(line) in WIDTHS
        and _WORD.match(line[-1]) is not None
        and _WORD.match(following) is not None
        and not _BEGINS.match(following)
    )


# How a line of its own begins: a key, a time, a fence, the end of a private key.
_BEGINS = lazy_compile(r"[\w.-]{1,64}(?::(?:\s|$)|=[^=\s])|\d{4}-\d\d|\d\d:\d\d|-{3}", re.M)
_PARTIAL = lazy_compile(r"[^\s]{20,40} std(?:out|err) P ")
_JSON_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WORD = lazy_compile(r"[\w+/=.~-]")
WIDTHS: Final = frozenset({64, 72, 76, 78, 79, 80, 100, 120})

JOINTS: Final = Rewrite(
    ("\x1b", " stdout P ", " stderr P ", '","stream":"std'),
    lazy_compile(
        r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)"
        r"|\n[^\s]{20,40} std(?:out|err) [PF] "
        r'|(?<!\\n)","stream":"std(?:out|err)","time":"[^"\n]{0,64}"\}\r?\n\{"log":"'
    ),
    _joint,
)
WRAPPED: Final = Rewrite(("\n",), lazy_compile(r"\n(?=[\w+/=.~-])"), _broken, _wide)
_PERCENT = Rewrite(("%",), lazy_compile(r"%3[Aa]%2[Ff]%2[Ff]|%([0-9A-Fa-f]{2})"), _percent)
_SLASH = Rewrite(("%2",), lazy_compile(r"%2[Ff]"), lambda match: "/")
_ESCAPED = Rewrite(("\\",), lazy_compile(r"\\(u00[0-7][0-9A-Fa-f]|[^\n])"), _json)
_ENTITIES = Rewrite(
    ("&",), lazy_compile(r"&(?:quot|amp|lt|gt|apos|#\d{1,4}|#x[0-9a-fA-F]{1,4});"),
    lambda match: html.unescape(match[0]),
)  # fmt: skip
CHAINS: Final[tuple[tuple[Rewrite, ...], ...]] = (
    (_PERCENT, _PERCENT, _SLASH),
    (_ESCAPED, _ESCAPED, _ESCAPED),
    (_ENTITIES,),
)
"""Views of views: each chain begins at the passage without its joints."""
