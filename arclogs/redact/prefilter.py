"""Where in a text a secret could be: one pass over all of it for words, one for long runs.

The regexes are slow and precise; they see only the passages that this names, a few lines around each
word. Too many passages cost time, one too few costs a secret: every word of every pattern counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.scan import decoded
from arclogs.redact.views import JOINTS, WIDTHS, goes_on
from arclogs.redact.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern

# What shows only in a view: a line that goes on in the next, characters that are encoded.
_DOCKER: Final = '","stream":"std'  # of a line that does not end where it ends
VIEW_WORDS: Final = (" stdout p ", " stderr p ", _DOCKER, "%40", "%3a", "%3d", "%25")
_EVERYDAY: Final = frozenset(
    {"token", "secret", "key", "passw", "pwd", "passphrase", "credential", "jit", "_pat", "_pass",
     "_auth", "auth", "dockerc"}
)  # fmt: skip
# Separators as `keyed` has them, an entry of `env`, a parameter in a URL, entities.
_VALUE_FOLLOWS = lazy_compile(
    rb"[\w.-]{0,32}\\*(?:[\"']|&quot;|&#34;)?[ \t]{0,8}"
    rb"(?:[:=,]|%3d|%22|\\u00|(?:\r?\n|(?:\\+[rn])+)[ \t-]*value)"
)
_RUN: Final = 29
"""Length of a registration token, the shortest thing that only its looks give away."""
_BLOCK: Final = 60
_RUN_BYTES: Final = bytes(
    97 if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "+/") else 32
    for byte in range(256)
)
_REGISTRATION = lazy_compile(r"A[A-Z0-9]{28}")
_LINES_OF_A_KEY: Final = 200
_WRAPPED: Final = 60


def passages(lines: Sequence[str], patterns: tuple[Pattern, ...]) -> Iterator[tuple[int, int]]:
    """Yield first line and end of the passages that could hold a secret, in order."""
    text = "\n".join(lines)
    if "\x1b" in text:
        # Colours are no line ends: the numbers of the lines stay.
        text = JOINTS.form.sub(lambda m: "" if m[0][0] == "\x1b" else m[0], text)
    start = end = -1
    for number in sorted({*_numbers(text, patterns), *_broken(lines)}):
        if number < end - 2 and not _goes_on(lines[number]):
            continue
        if number >= end or end < 0:
            if end >= 0:
                yield start, end
            start = max(number - 1, end, 0)
        end = max(end, _end(lines, number))
    if end >= 0:
        yield start, min(end, len(lines))


def _broken(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that a terminal broke in a word, which may be a telling one."""
    for number, line in enumerate(lines[:-1]):
        if len(line) in WIDTHS and goes_on(line, lines[number + 1]):
            yield number


def _goes_on(line: str) -> bool:
    return len(line) >= _WRAPPED or "PRIVATE KEY" in line


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
    """Yield the offsets of telling words, those of everyday only where a value can follow."""
    for word, start, end in words_of(patterns, VIEW_WORDS).places(folded):
        if word in _EVERYDAY:
            if not (
                _VALUE_FOLLOWS.match(folded, end) or b"--" in folded[max(0, start - 16) : start]
            ):
                continue
        elif word == "@":
            if folded.rfind(b"://", max(0, start - 1024), start) < 0:
                continue
        elif word == _DOCKER and folded[max(0, start - 2) : start] == b"\\n":
            continue
        yield start


def _untold(text: str, data: bytes) -> Iterator[int]:
    """Yield the offsets of long runs that are a registration token, part of a key, or encoded text."""
    if len(data) < _RUN:
        return
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
