"""Which pattern is to look where: the regexes see a line, or a passage, only if a word in it tells."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.redact.words import BASE64, one_byte_each, runs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range

RUN: Final = 24
"""Characters of base64 that could hold a secret."""
_NEAR: Final = 64
_END: Final[tuple[int, tuple[int, ...]]] = (sys.maxsize, ())
_END_OF_RUNS: Final = (sys.maxsize, sys.maxsize)


class Candidate(NamedTuple):
    """A passage that could hold secrets."""

    start: int
    end: int
    looks: list[tuple[int, int, int]]
    """Index of a pattern, start and end in the passage of what it is to look at; in their order."""
    coded: list[Range]
    """Where in the passage runs of base64 are that hold a capital letter."""


def candidates(
    text: str, patterns: tuple[Pattern, ...], passages: Sequence[Range]
) -> Iterator[Candidate]:
    """Yield the passages that could hold secrets, in order."""
    for start, end, inside in _blocks(passages):
        yield from _of_block(text[start:end], start, patterns, inside)


def _blocks(passages: Sequence[Range]) -> Iterator[tuple[int, int, list[Range]]]:
    """Yield start and end of passages that stand together, and where in that block each stands."""
    inside: list[Range] = []
    begin = reached = 0
    for start, end in passages:
        if inside and start > reached + _NEAR:
            yield begin, reached, inside
            inside = []
        if not inside:
            begin = start
        inside.append((start - begin, end - begin))
        reached = end
    if inside:
        yield begin, reached, inside


def _of_block(
    text: str, offset: int, patterns: tuple[Pattern, ...], passages: list[Range]
) -> Iterator[Candidate]:
    data = one_byte_each(text)
    folded = data.lower()
    told = words_of(patterns).told(folded, passages)
    at, indexes = next(told, _END)
    runs_of_base64 = runs(data, RUN, BASE64)
    run, until = next(runs_of_base64, _END_OF_RUNS)
    by_run = sorted((p.run, index) for index, p in enumerate(patterns) if p.run)
    for start, end in passages:
        if at >= end and run >= end:
            continue
        found: dict[int, list[Range]] = {}
        line = (0, -1)
        while at < end:
            if at > line[1]:
                line = _line(folded, at, start, end)
            _by_word(at, indexes, line, (start, end), folded, patterns, found)
            at, indexes = next(told, _END)
        coded: list[Range] = []
        while run < end:
            letters = data[run:until]
            if run >= start and letters.lower() != letters:  # hex digests and names hold nothing
                coded.append((run - start, until - start))
                if by_run and len(letters) >= by_run[0][0]:
                    _by_run(run, letters, (start, end), data, by_run, found)
            run, until = next(runs_of_base64, _END_OF_RUNS)
        if found or coded:
            looks = [(index, first - start, last - start)
                     for index in sorted(found) for first, last in found[index]]  # fmt: skip
            yield Candidate(offset + start, offset + end, looks, coded)


def _by_word(
    at: int, indexes: tuple[int, ...], line: Range, passage: Range,
    folded: bytes, patterns: tuple[Pattern, ...], found: dict[int, list[Range]],
) -> None:  # fmt: skip
    for index in indexes:
        pattern = patterns[index]
        start, end = passage if pattern.spans_lines else line
        ranges = found.get(index)
        if ranges and ranges[-1][1] >= end:
            continue  # the word before began it
        if pattern.lead is not None:
            start = max(start, at - pattern.lead)
        if pattern.also and folded.find(pattern.also.encode(), start, end) < 0:
            continue
        if ranges:
            ranges.append((start, end))
        else:
            found[index] = [(start, end)]


def _by_run(
    first: int, letters: bytes, passage: Range, data: bytes, by_run: list[tuple[int, int]],
    found: dict[int, list[Range]],
) -> None:  # fmt: skip
    for at, until in runs(letters, by_run[0][0]):
        line = _line(data, first + at, *passage)
        for shortest, index in by_run:
            ranges = found.setdefault(index, [])
            if until - at >= shortest and not (ranges and ranges[-1][1] >= line[1]):
                ranges.append(line)


def _line(data: bytes, at: int, first: int, last: int) -> Range:
    end = data.find(b"\n", at, last)
    return data.rfind(b"\n", first, at) + 1 or first, end if end >= 0 else last
