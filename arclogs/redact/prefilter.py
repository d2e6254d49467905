"""Where in a text a secret could be: one pass over all of it for words, one for long runs.

The regexes are slow and precise; they see only the passages that this names, a few lines around each
word. Too many passages cost time, one too few costs a secret: every word of every pattern counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

from arclogs.redact.scan import decoded
from arclogs.redact.views import JOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern

# What shows only in a view: a line that goes on in the next, characters that are encoded.
_VIEW_WORDS: Final = (" stdout p ", " stderr p ", '","stream":"std', "%40", "%3a", "%3d")
_WHOLE_LINE: Final = b'\\n","stream":"std'
_RUN: Final = 29
"""Length of a registration token, the shortest thing that only its looks give away."""
_BLOCK: Final = 60
_RUN_BYTES: Final = bytes(
    97 if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "+/") else 32
    for byte in range(256)
)
_REGISTRATION = re.compile(r"A[A-Z0-9]{28}")
_LINES_OF_A_KEY: Final = 200
_WRAPPED: Final = 60


@lru_cache(maxsize=64)
def _words(patterns: tuple[Pattern, ...]) -> ahocorasick_rs.BytesAhoCorasick:
    words = {word for pattern in patterns for word in pattern.keywords} | set(_VIEW_WORDS)
    return ahocorasick_rs.BytesAhoCorasick(sorted(word.encode("ascii") for word in words))


def passages(lines: Sequence[str], patterns: tuple[Pattern, ...]) -> Iterator[tuple[int, int]]:
    """Yield first line and end of the passages that could hold a secret, in order."""
    text = "\n".join(lines)
    if "\x1b" in text:
        # Colours are no line ends: the numbers of the lines stay.
        text = JOINTS.form.sub(lambda m: "" if m[0][0] == "\x1b" else m[0], text)
    start = end = -1
    for number in _numbers(text, patterns):
        if number >= end or end < 0:
            if end >= 0:
                yield start, end
            start = max(number - 1, end, 0)
        end = max(end, _end(lines, number))
    if end >= 0:
        yield start, min(end, len(lines))


def _end(lines: Sequence[str], number: int) -> int:
    """Return the line before which the passage around a line ends."""
    last = min(len(lines), number + _LINES_OF_A_KEY)
    at = number + 1
    if "PRIVATE KEY" in lines[number]:
        while at < last and "-----END" not in lines[at - 1][11:]:
            at += 1
    else:
        while at < last and len(lines[at - 1]) >= _WRAPPED and " " not in lines[at]:
            at += 1
    return at + 2


def _numbers(text: str, patterns: tuple[Pattern, ...]) -> Iterator[int]:
    """Yield the numbers of suspicious lines, from 0, in order, some of them twice."""
    # One byte a character, so that offsets agree; the words are ASCII.
    data = text.encode("latin-1", "replace")
    at = number = 0
    for offset in sorted({*_told(data.lower(), patterns), *_untold(text, data)}):
        number += data.count(b"\n", at, offset)
        at = offset
        yield number


def _told(folded: bytes, patterns: tuple[Pattern, ...]) -> Iterator[int]:
    for _, start, _end in _words(patterns).find_matches_as_indexes(folded):
        if folded[start : start + 3] == b'","' and folded[start - 2 : start] == _WHOLE_LINE[:2]:
            continue
        yield start


def _untold(text: str, data: bytes) -> Iterator[int]:
    """Yield the offsets of long runs that are a registration token, part of a key, or encoded text."""
    marks = data.translate(_RUN_BYTES)
    needle, at = b"a" * _RUN, 0
    while (at := marks.find(needle, at)) >= 0:
        end = marks.find(b" ", at)
        end = len(marks) if end < 0 else end
        run = text[at:end]
        if not run.isascii() or run.islower() or run.isdigit():
            at = end
            continue
        if len(run) >= _BLOCK or _REGISTRATION.search(run) or decoded(run) is not None:
            yield at
        at = end
