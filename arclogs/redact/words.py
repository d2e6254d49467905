"""Which patterns a text could satisfy where, by the words in it: one pass for all words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range

_DOCKER: Final = '","stream":"std'  # of a line that does not end where it ends
VIEW_WORDS: Final = (" stdout p ", " stderr p ", _DOCKER, "%40", "%3a", "%3d", "%25")
"""What shows only in a view: a line that goes on in the next, characters that are encoded."""
EVERYDAY: Final = frozenset(
    {"token", "secret", "key", "passw", "pwd", "passphrase", "credential", "jit", "_pat", "_pass",
     "_auth", "auth", "dockerc"}
)  # fmt: skip
# Separators as `keyed` has them, an entry of `env`, a parameter in a URL, entities. Of a setting
# (`automountServiceAccountToken: false`) nothing follows.
_VALUE_FOLLOWS = lazy_compile(
    rb"[\w.-]{0,32}\\*(?:[\"']|&quot;|&#34;)?[ \t]{0,8}"
    rb"(?:[:=](?![ \t]{0,8}(?:true|false|null)[ \t]{0,8}(?:[,}\]\r\n]|\Z))"
    rb"|,|%3d|%22|\\u00|(?:\r?\n|(?:\\+[rn])+)[ \t-]*value)"
)


Told = tuple[int, tuple[int, ...]]
"""Where a word begins that could give away a secret, and indexes of the patterns of which it is one."""


class Words:
    """The keywords of patterns, and others that are looked for on the way."""

    def __init__(self, patterns: Sequence[Pattern], others: Sequence[str] = ()) -> None:
        self._words = sorted({word for p in patterns for word in p.keywords} | set(others))
        self._patterns = [
            tuple(i for i, p in enumerate(patterns) if word in p.keywords) for word in self._words
        ]
        self._everyday = [word in EVERYDAY for word in self._words]
        self._depends = [word in EVERYDAY or word in ("@", _DOCKER) for word in self._words]
        self._matcher = ahocorasick_rs.BytesAhoCorasick(
            [w.encode("ascii") for w in self._words],
            implementation=ahocorasick_rs.Implementation.DFA,  # twice as fast, for some 100 words
        )

    def told(self, folded: bytes, passages: Sequence[Range] | None = None) -> Iterator[Told]:
        """Yield the telling words of a text in lower case, of everyday ones those before a value.

        With `passages`, in order, only those that stand in one; what stands in others tells nothing.
        """
        patterns, depends = self._patterns, self._depends
        following = iter(passages or ((0, len(folded)),))
        first, last = next(following)
        for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            while end > last:
                first, last = next(following, (len(folded), len(folded)))
            if start < first:
                continue
            if not depends[index] or self._tells(index, folded, start, end, first):
                yield start, patterns[index]

    def _tells(self, index: int, folded: bytes, start: int, end: int, first: int) -> bool:
        if self._everyday[index]:
            return (
                _VALUE_FOLLOWS.match(folded, end) is not None
                or b"--" in folded[max(first, start - 16) : start]
            )
        if self._words[index] == "@":
            return folded.rfind(b"://", max(first, start - 1024), start) >= 0
        return folded[max(first, start - 2) : start] != b"\\n"


def _table(others: str) -> bytes:
    """Return the table that makes an `a` of letters, digits and others, and a blank of the rest."""
    return bytes(
        97 if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in others) else 32
        for byte in range(256)
    )


PLAIN_BASE64: Final = _table("+/")
BASE64: Final = _table("+/_-")


def runs(data: bytes, shortest: int, table: bytes = PLAIN_BASE64) -> Iterator[tuple[int, int]]:
    """Yield start and end of the characters of base64 in a row that are so many."""
    if len(data) < shortest:
        return
    marks = data.translate(table)
    needle, at = b"a" * shortest, 0
    while (at := marks.find(needle, at)) >= 0:
        end = marks.find(b" ", at)
        end = len(marks) if end < 0 else end
        yield at, end
        at = end


def one_byte_each(text: str) -> bytes:
    """Return a text with a byte for each character, so that offsets agree; the words are ASCII."""
    return text.encode("latin-1", "replace")


@lru_cache(maxsize=128)
def words_of(patterns: tuple[Pattern, ...], others: tuple[str, ...] = ()) -> Words:
    """Return the words of patterns; building them takes a millisecond."""
    return Words(patterns, others)
