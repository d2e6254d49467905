"""Which patterns a text could satisfy, by the words in it: one pass for all words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import ahocorasick_rs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern


class Words:
    """The keywords of patterns, and others that are looked for on the way."""

    def __init__(self, patterns: Sequence[Pattern], others: Sequence[str] = ()) -> None:
        self.words = sorted({word for p in patterns for word in p.keywords} | set(others))
        self._always = frozenset(i for i, p in enumerate(patterns) if not p.keywords)
        self._patterns = [
            frozenset(i for i, p in enumerate(patterns) if word in p.keywords)
            for word in self.words
        ]
        self._matcher = ahocorasick_rs.BytesAhoCorasick([w.encode("ascii") for w in self.words])

    def patterns_of(self, text: str) -> list[int]:
        """Return the indexes of the patterns that could match, in their order."""
        data = text.lower().encode("latin-1", "replace")
        found = {m[0] for m in self._matcher.find_matches_as_indexes(data, overlapping=True)}
        return sorted(self._always.union(*(self._patterns[word] for word in found)))

    def places(self, folded: bytes) -> Iterator[tuple[str, int, int]]:
        """Yield word, start and end of all that a text in lower case holds."""
        for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            yield self.words[index], start, end


@lru_cache(maxsize=128)
def words_of(patterns: tuple[Pattern, ...], others: tuple[str, ...] = ()) -> Words:
    """Return the words of patterns; building them takes a millisecond."""
    return Words(patterns, others)
