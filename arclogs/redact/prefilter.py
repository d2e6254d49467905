"""Where in a text a secret could be: one pass over all of it for words, one for long runs.

The regexes are slow and precise; they see only the passages that this names, a few lines around each
word. Too many passages cost time, one too few costs a secret: every word of every pattern counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.scan import decoded
from arclogs.redact.views import WIDTHS, goes_on
from arclogs.redact.words import VIEW_WORDS, one_byte_each, runs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern

_COLOUR = lazy_compile(rb"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\n\x1b]{0,4096}\x07)")
_TITLE = lazy_compile(rb"\x1b\][^\x07\x1b\n]{0,4096}\x1b\\")
_RUN: Final = 29
"""Length of a registration token, the shortest thing that only its looks give away."""
_BLOCK: Final = 60
_REGISTRATION = lazy_compile(rb"A[A-Z0-9]{28}")
_LINES_OF_A_KEY: Final = 200
_WRAPPED: Final = 60


def passages(
    text: str, lines: Sequence[str], patterns: tuple[Pattern, ...]
) -> Iterator[tuple[int, int]]:
    """Yield first line and end of the passages of a text that could hold a secret, in order."""
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


def _without_colours(data: bytes) -> bytes:
    """Return the text without colours; these are no line ends, so that the numbers of lines stay."""
    if b"\x1b\\" in data:
        data = _TITLE.sub(b"", data)
    return _COLOUR.sub(b"", data) if b"\x1b" in data else data


def _broken(lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines that a terminal broke in a word, which may be a telling one."""
    wide = [number for number, width in enumerate(map(len, lines)) if width in WIDTHS]
    yield from (n for n in wide if n + 1 < len(lines) and goes_on(lines[n], lines[n + 1]))


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
    data = _without_colours(one_byte_each(text))
    told = words_of(patterns, VIEW_WORDS).told(data.lower())
    at = number = 0
    for offset in sorted({*(at for at, _ in told), *_untold(data)}):
        number += data.count(b"\n", at, offset)
        at = offset
        yield number


def _untold(data: bytes) -> Iterator[int]:
    """Yield the offsets of long runs that are a registration token, part of a key, or encoded text."""
    for at, end in runs(data, _RUN):
        run = data[at:end]
        if run.islower() or run.isdigit():
            continue
        if (
            len(run) >= _BLOCK
            or _REGISTRATION.search(run)
            or decoded(run.decode("ascii")) is not None
        ):
            yield at
