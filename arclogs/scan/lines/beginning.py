r"""The beginning of fixed width that lines of a shape have: words, days and times.

    20\0\0-\0\0-\0\0T\0\0:\5\0:\5\0.\0\0\0Z        \0: any digit, \5: one up to 5

It is told of all lines of a chunk at once, eight bytes by eight: what is fixed by a mask; of digits by
adding so much to the lower half that any byte beyond the last carries into the upper one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from arclogs.scan.formats.layout import ANY_DIGIT, CLOCK, DATE, DAY, TO_FIVE
from arclogs.scan.lines.buffer import WORD

if TYPE_CHECKING:
    from arclogs.scan.lines.buffer import Buffer, Mask, Places, Words

_BEHIND_YEAR: Final = len("2026-")
"""From there a word reaches to the hour."""
_HOUR: Final = re.compile(rf"{DATE}.{CLOCK}".encode())
_CARRIES: Final = 0x10


class Beginning:
    """Tells which lines begin so."""

    def __init__(self, form: str) -> None:
        self.form = form
        text = form.encode("ascii")
        self._count = -(-len(text) // WORD)
        text = text.ljust(self._count * WORD, b"\xff")
        fixed = bytes(0 if c == 0xFF else 0xF0 if c in _LAST else 0xFF for c in text)
        value = bytes(0 if c == 0xFF else 0x30 if c in _LAST else c for c in text)
        added = bytes(0x0F - _LAST[c] if c in _LAST else 0 for c in text)
        lower = bytes(0x0F if c in _LAST else 0 for c in text)
        carry = bytes(_CARRIES if c in _LAST else 0 for c in text)
        parts = (_words(part) for part in (fixed, value, lower, added, carry))
        self._columns = list(zip(*parts))
        self._days = [match.start() + _BEHIND_YEAR for match in re.finditer(re.escape(DAY), form)]
        self._hours: dict[int, bool] = {}

    def fits(self, buffer: Buffer, starts: Places) -> Mask:
        """Tell of each line, by where it starts, whether it begins so."""
        found = np.ones(len(starts), dtype=bool)
        columns = zip(buffer.words_at(starts, self._count), self._columns)
        for words, (fixed, value, lower, added, carry) in columns:
            found &= (words & fixed) == value
            if carry:
                found &= ((words & lower) + added) & carry == 0
        for day in self._days:
            rows = np.flatnonzero(found)
            words = buffer.words_at(starts[rows] + day)[0]
            wrong = [word for word in _distinct(words) if not self._is_hour(word)]
            if wrong:
                found[rows[np.isin(words, np.array(wrong, dtype=np.uint64))]] = False
        return found

    def _is_hour(self, word: int) -> bool:
        known = self._hours.get(word)
        if known is None:
            text = b"2000-" + word.to_bytes(WORD, "little") + b":00:00"
            known = self._hours[word] = _HOUR.fullmatch(text) is not None
        return known


_LAST: Final = {ord(ANY_DIGIT): 9, ord(TO_FIVE): 5}


def _words(text: bytes) -> list[np.uint64]:
    return list(np.frombuffer(text, dtype="<u8"))


def _distinct(words: Words) -> list[int]:
    """Return what words there are, of which most are the same as the one before."""
    if not len(words):
        return []
    turns = np.flatnonzero(words[1:] != words[:-1]) + 1
    return list(dict.fromkeys([int(words[0]), *words[turns].tolist()]))
