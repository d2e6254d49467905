"""A chunk's bytes for numpy: any place in it can be read eight bytes at a time, for all lines at once.

A word holds its first byte lowest, so that masks and hashes are the same on every machine.
"""

from __future__ import annotations

import os
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
_BLOCK: Final = 8
"""Words that are read of each line at a time: few have more, and those are read alone."""
MULTIPLIERS: Final = np.frombuffer(os.urandom(LONGEST + WORD), dtype="<u8") | np.uint64(1)
"""Another one for each word of a hash, and in every process, so that nobody can make two alike."""
_HALF: Final = np.uint64(32)
_KEPT: Final = np.array([(1 << 8 * count) - 1 for count in range(WORD + 1)], dtype="<u8")
"""By how many bytes of a word count: a mask for them."""


_ONES: Final = 0x0101010101010101
_ONE: Final = np.uint64(_ONES)
_HIGH: Final = np.uint64(_ONES << 7)


class Buffer:
    """Bytes, followed by NULs."""

    def __init__(self, data: bytes) -> None:
        self.bytes = np.empty(len(data) + LONGEST, dtype=np.uint8)
        self.bytes[: len(data)] = np.frombuffer(data, dtype=np.uint8)
        self.bytes[len(data) :] = 0
        self._size = len(data)

    def places_of(self, *octets: int) -> Places:
        """Return where some bytes stand, in order."""
        here = self.bytes[: self._size]
        found = here == octets[0]
        for octet in octets[1:]:
            found |= here == octet
        return np.flatnonzero(found)

    def places_above(self, octet: int) -> Places:
        """Return where greater bytes stand, in order."""
        return np.flatnonzero(self.bytes[: self._size] > octet)

    def bytes_at(self, places: Places, width: int) -> NDArray[np.uint8]:
        """Return `width` bytes from each place on, a row each."""
        # Reading whole records is forty times as fast as reading byte by byte.
        record = np.dtype((np.void, width))
        view = np.ndarray((len(self.bytes) - width,), record, self.bytes, strides=(1,))
        return view[places].view(np.uint8).reshape(-1, width)

    def words_at(self, places: Places, count: int = 1) -> Words:
        """Return `count` words from each place on, a column each."""
        words: Words = self.bytes_at(places, count * WORD).view("<u8").T
        return words

    def equal(self, places: Places, text: bytes) -> Mask:
        """Tell of each place whether a text stands there."""
        same = np.ones(len(places), dtype=bool)
        for index, words in enumerate(self.words_at(places, -(-len(text) // WORD))):
            part = text[index * WORD : (index + 1) * WORD]
            same &= (words & _KEPT[len(part)]) == np.uint64(int.from_bytes(part, "little"))
        return same

    def digests(self, places: Places, sizes: Places) -> Words:
        """Return a hash of the bytes from each place on, of which none are more than LONGEST.

        It is multilinear: each word, its halves mixed, by a factor of its place.
        """
        hashes: Words = (sizes * MULTIPLIERS[-1].astype(np.int64)).view(np.uint64)
        for rows, index, words, kept in self._kept(places, sizes):
            here = words & kept
            here ^= here >> _HALF
            here *= MULTIPLIERS[index]
            hashes[rows] += here
        return hashes

    def holds(self, places: Places, sizes: Places, refused: bytes) -> Mask:
        """Tell whether refused bytes stand among those from each place on.

        The test for all bytes of a word at once is that of Mycroft (1987).
        """
        found = np.zeros(len(places), dtype=np.uint64)
        for rows, _, words, kept in self._kept(places, sizes):
            for octet in refused:
                other = (words ^ np.uint64(octet * _ONES)) | ~kept
                found[rows] |= (other - _ONE) & ~other
        mask: Mask = (found & _HIGH) != 0
        return mask

    def _kept(
        self, places: Places, sizes: Places
    ) -> Iterator[tuple[slice | Places, int, Words, Words]]:
        """Yield word after word of the bytes from each place on, with rows and index, and a mask."""
        rows: slice | Places = slice(None)
        longest = int(sizes.max(initial=0))
        for first in range(0, -(-longest // WORD), _BLOCK):
            if first:
                rows = np.flatnonzero(sizes > first * WORD)
            here = sizes[rows] - first * WORD
            most = min(_BLOCK, -(-int(here.max()) // WORD))
            for index, words in enumerate(self.words_at(places[rows] + first * WORD, most)):
                yield rows, first + index, words, _KEPT[np.clip(here - index * WORD, 0, WORD)]
