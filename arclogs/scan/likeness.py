"""Lines that begin alike: what is told of one is told of all.

A program says few different things, many times. So the part of a line by which it is judged, its key,
is hashed for all lines of a chunk at once, and a regular expression looks at each key that is new.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

import numpy as np

from arclogs.scan.buffer import MULTIPLIER, WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from arclogs.scan.buffer import Buffer, Mask, Places, Words
    from arclogs.scan.layout import Key, Layout

    Kinds = NDArray[np.int32]

PLAIN: Final = bytes(0x20 if byte == 0x0D else byte if byte < 0x80 else 0x01 for byte in range(256))
"""How lines are looked at: CR is a blank at the end, what is not ASCII is a control character."""
MOST: Final = 2048
"""Keys that are told apart."""
_LONGEST_KEY: Final = 160
_SLOT_BITS: Final = 14
_TO_SLOT: Final = np.uint64(64 - _SLOT_BITS)
_UNKNOWN: Final = -1
_SALT: Final = np.frombuffer(os.urandom(2 * WORD), dtype="<u8")
"""So that nobody can write two lines with one hash: of keys that end the line, and that are cut."""
NOT_DULL, DULL, DOUBTFUL = 0, 1, 2
_BLANKS: Final = 64
"""Bytes that are looked at for the end of leading blanks."""


class Likeness:
    """The keys of lines of one layout, and what each of them tells."""

    def __init__(self, layout: Layout) -> None:
        assert layout.key is not None
        self._key: Key = layout.key
        self._behind = re.compile(layout.behind.encode())
        self._opens = layout.opens.encode()
        self._alike = np.frombuffer(self._key.table(), dtype=np.uint8)
        # Stands for what follows a key, in which it ends like no line: the pattern must not need it.
        self._more = b"\x01" if self._key.end else b"\n"
        self._known: dict[int, int] = {}
        self._hashes = np.zeros(1 << _SLOT_BITS, dtype=np.uint64)
        self._kinds = np.full(1 << _SLOT_BITS, _UNKNOWN, dtype=np.int32)
        self._verdicts: list[int] = []
        self._braced: list[bool] = []

    @property
    def full(self) -> bool:
        """Tell whether there are too many keys for this to be of use."""
        return len(self._verdicts) > MOST

    def kinds(self, buffer: Buffer, begins: Places, ends: Places) -> Kinds:
        """Return the number of each line's key, which begins behind the time stamp and its zone."""
        key = self._key
        if key.end:
            sizes = np.maximum(self._reach(buffer, begins, ends) - begins, 0)
        else:
            if key.blanks:
                begins = _behind_blanks(buffer, begins)
            sizes = np.clip(ends - begins, 0, key.more)
        whole = begins + sizes >= ends
        cut = sizes > _LONGEST_KEY
        sizes = np.minimum(sizes, _LONGEST_KEY)
        hashes = self._digests(buffer, begins, sizes)
        hashes ^= np.where(whole, _SALT[0], np.uint64(0)) ^ np.where(cut, _SALT[1], np.uint64(0))
        kinds = self._look_up(hashes)
        new = np.flatnonzero(kinds == _UNKNOWN)
        if len(new):
            distinct, first, each = np.unique(hashes[new], return_index=True, return_inverse=True)
            numbers = []
            for word, row in zip(distinct.tolist(), new[first].tolist()):
                if word not in self._known:
                    text = buffer.bytes_at(begins[row : row + 1], _LONGEST_KEY).tobytes()
                    text = text[: sizes[row]].translate(PLAIN)
                    self._learn(word, text, whole=bool(whole[row]), cut=bool(cut[row]))
                numbers.append(self._known[word])
            kinds[new] = np.array(numbers, dtype=np.int32)[each]
        return kinds

    def dull(self, kinds: Kinds) -> tuple[Mask, Mask, Mask]:
        """Tell of lines by their kinds: dull, doubtful, and dull only if a brace ends them."""
        verdicts = np.array(self._verdicts, dtype=np.uint8)[kinds]
        braced = np.array(self._braced, dtype=bool)[kinds]
        return verdicts == DULL, verdicts == DOUBTFUL, braced

    def _reach(self, buffer: Buffer, begins: Places, ends: Places) -> Places:
        """Return where keys end: so much behind the byte that ends them, or with their lines."""
        key = self._key
        stops = buffer.places_of(ord(key.end))
        index = np.searchsorted(stops, begins) + (key.nth - 1)
        stops = np.append(stops, np.int64(len(buffer.bytes)))
        reached = stops[np.minimum(index, len(stops) - 1)] + (1 + key.more)
        return np.minimum(reached, ends)

    def _digests(self, buffer: Buffer, begins: Places, sizes: Places) -> Words:
        if self._key.end:
            return buffer.digests(begins, sizes)
        width = self._key.more
        rows = self._alike[buffer.bytes_at(begins, width)]
        rows[np.arange(width) >= sizes[:, None]] = 0
        words = np.zeros((len(rows), WORD), dtype=np.uint8)
        words[:, :width] = rows
        return words.view("<u8").reshape(-1) * MULTIPLIER

    def _look_up(self, hashes: Words) -> Kinds:
        slots = (hashes >> _TO_SLOT).astype(np.int64)
        return np.where(self._hashes[slots] == hashes, self._kinds[slots], np.int32(_UNKNOWN))

    def _learn(self, word: int, text: bytes, *, whole: bool, cut: bool) -> None:
        number = len(self._verdicts)
        self._known[word] = number
        slot = word >> (64 - _SLOT_BITS)
        if self._kinds[slot] == _UNKNOWN:
            self._hashes[slot], self._kinds[slot] = word, number
        text += b"" if whole else self._more
        found = not cut and self._behind.match(text) is not None
        certain = whole or (bool(self._key.end) and not cut)
        self._verdicts.append(DULL if found else NOT_DULL if certain else DOUBTFUL)
        self._braced.append(bool(self._opens) and self._opens in text)


def _behind_blanks(buffer: Buffer, begins: Places) -> Places:
    """Return beginnings moved so that of many blanks the last is left."""
    octets = buffer.bytes
    many = np.flatnonzero(_is_blank(octets[begins]) & _is_blank(octets[begins + 1]))
    if not len(many):
        return begins
    blank = _is_blank(buffer.bytes_at(begins[many], _BLANKS))
    moved = begins.copy()
    moved[many] += np.maximum(np.argmin(blank, axis=1) - 1, 0)
    return moved


def _is_blank(octets: NDArray[np.uint8]) -> Mask:
    return (octets == 0x20) | (octets == 0x09)
