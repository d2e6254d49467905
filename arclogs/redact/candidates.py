"""Which pattern is to look where: the regexes see a line, or a passage, only if a word in it tells."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from arclogs.redact.words import one_byte_each, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range


def candidates(
    text: str, patterns: tuple[Pattern, ...], passages: Sequence[Range]
) -> Iterator[tuple[int, list[Range]]]:
    """Yield indexes of patterns, in their order, each with the ranges that could hold its secrets."""
    words = words_of(patterns)
    folded = one_byte_each(text).lower()
    lines: dict[int, dict[Range, None]] = {}
    whole: dict[int, dict[Range, None]] = {index: dict.fromkeys(passages) for index in words.always}
    starts = [start for start, _ in passages]
    line = (-1, -1)
    for at, indexes in words.told(folded):
        passage = passages[max(0, bisect_right(starts, at) - 1)]
        if not passage[0] <= at < passage[1]:
            continue
        if not line[0] <= at < line[1]:
            line = _line(folded, at, passage)
        for index in indexes:
            if patterns[index].spans_lines:
                whole.setdefault(index, {})[passage] = None
            else:
                lines.setdefault(index, {})[line] = None
    for index in sorted({*lines, *whole}):
        yield index, sorted(lines[index] if index in lines else whole[index])


def _line(folded: bytes, at: int, passage: Range) -> Range:
    start = folded.rfind(b"\n", passage[0], at) + 1
    end = folded.find(b"\n", at, passage[1])
    return start or passage[0], end if end >= 0 else passage[1]
