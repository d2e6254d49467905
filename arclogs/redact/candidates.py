"""Which pattern is to look where: the regexes see a line, or a passage, only if a word in it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.redact.words import one_byte_each, runs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range


def candidates(
    text: str, patterns: tuple[Pattern, ...], passages: Sequence[Range]
) -> Iterator[tuple[int, list[Range]]]:
    """Yield indexes of patterns, in their order, each with the ranges that could hold its secrets."""
    found: dict[int, list[Range]] = {}
    data = one_byte_each(text)
    folded = data.lower()
    by_run = [(pattern.run, index) for index, pattern in enumerate(patterns) if pattern.run]
    for start, end in passages:
        _by_words(folded[start:end], start, patterns, found)
        if by_run:
            _by_runs(data[start:end], start, by_run, found)
    return ((index, found[index]) for index in sorted(found))


def _by_words(
    folded: bytes, offset: int, patterns: tuple[Pattern, ...], found: dict[int, list[Range]]
) -> None:
    line = (0, -1)
    for at, indexes in words_of(patterns).told(folded):
        if not line[0] <= at <= line[1]:
            line = _line(folded, at)
        for index in indexes:
            pattern = patterns[index]
            ranges = found.setdefault(index, [])
            start, end = (0, len(folded)) if pattern.spans_lines else line
            if ranges and ranges[-1][1] >= offset + end:
                continue  # the word before began it
            if pattern.lead is not None:
                start = max(start, at - pattern.lead)
            if pattern.also and pattern.also.encode() not in folded[start:end]:
                continue
            ranges.append((offset + start, offset + end))


def _by_runs(
    data: bytes, offset: int, by_run: list[tuple[int, int]], found: dict[int, list[Range]]
) -> None:
    for at, until in runs(data, min(by_run)[0]):
        start, end = _line(data, at)
        for shortest, index in by_run:
            ranges = found.setdefault(index, [])
            if until - at >= shortest and (not ranges or ranges[-1][1] < offset + end):
                ranges.append((offset + start, offset + end))


def _line(data: bytes, at: int) -> Range:
    end = data.find(b"\n", at)
    return data.rfind(b"\n", 0, at) + 1, end if end >= 0 else len(data)
