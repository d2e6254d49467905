"""Which pattern is to look where: the regexes see a line, or a passage, only if a word in it tells."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.redact.words import BASE64, one_byte_each, runs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range

RUN: Final = 24
"""Characters of base64 that could hold a secret."""
_NEAR: Final = 64


class Candidate(NamedTuple):
    """A passage that could hold secrets."""

    start: int
    end: int
    looks: list[tuple[int, int, int]]
    """Index of a pattern, start and end in the passage of what it is to look at; in their order."""
    coded: list[Range]
    """Where in the passage runs of base64 are."""


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
    word = next(told, None)
    runs_of_base64 = runs(data, RUN, BASE64)
    run = next(runs_of_base64, None)
    by_run = [(pattern.run, index) for index, pattern in enumerate(patterns) if pattern.run]
    for start, end in passages:
        found: dict[int, list[Range]] = defaultdict(list)
        line = (0, -1)
        while word is not None and word.at < end:
            if word.at > line[1]:
                line = _line(folded, word.at, start, end)
            _by_word(word.at, word.patterns, line, (start, end), folded, patterns, found)
            word = next(told, None)
        coded: list[Range] = []
        while run is not None and run[0] < end:
            if run[0] >= start:
                coded.append((run[0] - start, run[1] - start))
                _by_run(run, (start, end), data, by_run, found)
            run = next(runs_of_base64, None)
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
        if index in found and found[index][-1][1] >= end:
            continue  # the word before began it
        if pattern.lead is not None:
            start = max(start, at - pattern.lead)
        if pattern.also and folded.find(pattern.also.encode(), start, end) < 0:
            continue
        found[index].append((start, end))


def _by_run(
    run: Range, passage: Range, data: bytes, by_run: list[tuple[int, int]],
    found: dict[int, list[Range]],
) -> None:  # fmt: skip
    letters = data[run[0] : run[1]]
    if not by_run or len(letters) < min(by_run)[0] or letters.lower() == letters:
        return
    for at, until in runs(letters, min(by_run)[0]):
        line = _line(data, run[0] + at, *passage)
        for shortest, index in by_run:
            if until - at >= shortest and not (index in found and found[index][-1][1] >= line[1]):
                found[index].append(line)


def _line(data: bytes, at: int, first: int, last: int) -> Range:
    end = data.find(b"\n", at, last)
    return data.rfind(b"\n", first, at) + 1 or first, end if end >= 0 else last
