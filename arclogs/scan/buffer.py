"""A chunk's bytes for numpy: any place in it can be read eight bytes at a time, for all lines at once.

A word holds its first byte lowest, so that masks and hashes are the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Places: TypeAlias = NDArray[np.int64]
    Words: TypeAlias = NDArray[np.uint64]
    Mask: TypeAlias = NDArray[np.bool_]

WORD: Final = 8
LONGEST: Final = 1024
"""Bytes that may be read from any place, also the last: beyond the end there are NULs."""
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd
_SHIFT: Final = np.uint64(32)
_KEPT: Final = np.array([(1 << 8 * count) - 1 for count in range(WORD + 1)], dtype="<u8")
"""By how many bytes of a word count: a mask for them."""


_ONES: Final = 0x0101010101010101
_ONE: Final = np.uint64(_ONES)
_HIGH: Final = np.uint64(_ONES << 7)
_BLANK: Final = 0x20


class Buffer:
    """Bytes, followed by NULs."""

    def __init__(self, data: bytes) -> None:
        self.bytes = np.empty(len(data) + LONGEST, dtype=np.uint8)
        self.bytes[: len(data)] = np.frombuffer(data, dtype=np.uint8)
        self.bytes[len(data) :] = 0
        self._size = len(data)

    def places_of(self, byte: int) -> Places:
        """Return where a byte stands, in order."""
        return np.flatnonzero(self.bytes[: self._size] == byte)

    def places_above(self, byte: int) -> Places:
        """Return where greater bytes stand, in order."""
        return np.flatnonzero(self.bytes[: self._size] > byte)

    def bytes_at(self, places: Places, width: int) -> NDArray[np.uint8]:
        """Return `width` bytes from each place on, a row each."""
        # Reading whole records is forty times as fast as reading byte by byte.
        record = np.dtype((np.void, width))
        view = np.ndarray((len(self.bytes) - width,), record, self.bytes, strides=(1,))
        return view[places].view(np.uint8).reshape(-1, width)

    def words_at(self, places: Places, count: int = 1) -> Words:
        """Return `count` words from each place on, a column each."""
        rows = self.bytes_at(places, count * WORD).view("<u8")
        return np.ascontiguousarray(rows.T)

    def digests(self, places: Places, sizes: Places) -> Words:
        """Return a hash of the bytes from each place on, of which none are more than LONGEST."""
        hashes = sizes.astype(np.uint64) * MULTIPLIER
        for words, kept in self._kept(places, sizes):
            hashes ^= words & kept
            hashes *= MULTIPLIER
            hashes ^= hashes >> _SHIFT
        return hashes

    def holds(self, places: Places, sizes: Places, refused: bytes, *, controls: bool) -> Mask:
        """Tell whether refused bytes stand among those from each place on; `controls`: those may.

        The tests for all bytes of a word at once are those of Mycroft and Lamport (1987, 1975).
        """
        found = np.zeros(len(places), dtype=np.uint64)
        for words, kept in self._kept(places, sizes):
            for byte in refused:
                other = (words ^ np.uint64(byte * _ONES)) | ~kept
                found |= (other - _ONE) & ~other
            if not controls:
                other = words | ~kept
                found |= (other - np.uint64(_BLANK * _ONES)) & ~other
        mask: Mask = (found & _HIGH) != 0
        return mask

    def _kept(self, places: Places, sizes: Places) -> Iterator[tuple[Words, Words]]:
        """Yield of the bytes from each place on a word after the other, and masks for what counts."""
        count = -(-int(sizes.max(initial=0)) // WORD)
        for index, words in enumerate(self.words_at(places, count) if count else ()):
            yield words, _KEPT[np.clip(sizes - index * WORD, 0, WORD)]
