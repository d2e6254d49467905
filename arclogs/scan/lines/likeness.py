"""Lines that are alike: what is told of one is told of all.

A program says few different things, many times. So the parts of a line by which it is judged, its key,
are hashed for all lines of a chunk at once, and a regular expression looks at each key that is new.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from arclogs.scan.lines.buffer import MULTIPLIERS, WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from arclogs.scan.formats.layout import Key, Layout
    from arclogs.scan.lines.buffer import Buffer, Mask, Places, Words

    Kinds = NDArray[np.int32]

PLAIN: Final = bytes(0x20 if byte == 0x0D else byte if byte < 0x80 else 0x01 for byte in range(256))
"""How lines are looked at: CR is a blank at the end, what is not ASCII is a control character."""
MOST: Final = 2048
"""Keys that are told apart."""
_LONGEST_CORE: Final = 160
_LONGEST_TEXT: Final = 256
_SLOT_BITS: Final = 14
_TO_SLOT: Final = np.uint64(64 - _SLOT_BITS)
_UNKNOWN, _ANY = -1, 0
"""Kinds of lines with a key not seen before, and with one more than can be told apart."""
_SALT: Final = np.frombuffer(os.urandom(2 * WORD), dtype="<u8")
"""So that nobody can write two lines with one hash: of keys that end the line, and that are cut."""
_TAILS: Final = np.array([(1 << 8 * count) - 1 for count in range(WORD)], dtype="<u8")
"""By the bytes of a tail: a mask for them."""
_NOT_DULL, _DULL, _DOUBTFUL = 0, 1, 2
_BLANKS: Final = 64
"""Bytes that are looked at for the end of leading blanks."""


class Stops(NamedTuple):
    """The bytes in a chunk that end cores, and its line ends."""

    at: Places
    first: Places
    """Of each line the index of its first one behind the time stamp, if it has one."""
    last: Places
    """Of each line the index of its end."""


class Alike(NamedTuple):
    """What is told of lines by their keys."""

    dull: Mask
    doubtful: Mask
    """By the key it cannot be told."""
    braced: Mask
    """Dull only if a brace ends the line."""
    text_ends: Places | None
    """Where the text ends, and what follows it begins; None where nothing does."""


class _Parts(NamedTuple):
    begins: Places
    sizes: Places
    """Of the cores."""
    tails: Places
    tail_sizes: Places
    whole: Mask
    """Nothing follows."""
    cut: Mask
    """There is more of the core."""


class Likeness:
    """The keys of lines of one layout, and what each of them tells."""

    def __init__(self, layout: Layout) -> None:
        assert layout.key is not None
        self._key: Key = layout.key
        self._behind = re.compile(layout.behind.encode())
        self._opens = layout.opens.encode()
        self._before = layout.before[0].encode()
        self._alike = np.frombuffer(self._key.table(), dtype=np.uint8)
        # Stands for what follows a key, in which it ends like no line: the pattern must not need it.
        self._more = b"\x01" if self._key.end else b"\n"
        self._known: dict[int, int] = {}
        self._hashes = np.zeros(1 << _SLOT_BITS, dtype=np.uint64)
        self._kinds = np.full(1 << _SLOT_BITS, _UNKNOWN, dtype=np.int32)
        self._verdicts = np.full(2 * MOST + 1, _DOUBTFUL, dtype=np.uint8)
        self._braced = np.zeros(2 * MOST + 1, dtype=bool)

    @property
    def full(self) -> bool:
        """Tell whether there are too many keys for this to be of use."""
        return len(self._known) > MOST

    def tell(self, buffer: Buffer, begins: Places, stops: Stops) -> Alike:
        """Tell of lines what their keys tell; they begin behind the time stamp and its zone."""
        key = self._key
        parts = self._parts(buffer, begins, stops)
        kinds = self._kinds_of(buffer, parts)
        verdicts = self._verdicts[kinds]
        dull, doubtful = verdicts == _DULL, verdicts == _DOUBTFUL
        if key.refused:
            rows = np.flatnonzero(dull & (parts.tail_sizes == 0))
            if len(rows):
                doubtful[rows] = self._refused(buffer, begins[rows], parts.tails[rows])
        return Alike(dull, doubtful, self._braced[kinds], parts.tails if key.tail else None)

    def _refused(self, buffer: Buffer, begins: Places, ends: Places) -> Mask:
        """Tell of lines without a tail whether they hold refused bytes, or too many to be looked at."""
        sizes = ends - begins
        long = sizes > _LONGEST_TEXT
        return long | buffer.holds(begins, np.where(long, 0, sizes), self._key.refused.encode())

    def _parts(self, buffer: Buffer, begins: Places, stops: Stops) -> _Parts:
        key = self._key
        ends = stops.at[stops.last]
        if key.end:
            index = np.minimum(stops.first + (key.nth - 1), stops.last)
            tails = stops.at[np.minimum(index + 1, stops.last)] if key.tail else ends
            sizes = np.minimum(stops.at[index] + (1 + key.more), tails) - begins
        else:
            if key.blanks:
                begins = _behind_blanks(buffer, begins)
            sizes = np.minimum(ends - begins, key.more)
        if not key.tail:
            tails = begins + sizes
        cut = sizes > _LONGEST_CORE
        tail_sizes = np.minimum(ends - tails, key.tail)
        whole = tails + tail_sizes == ends
        return _Parts(begins, np.minimum(sizes, _LONGEST_CORE), tails, tail_sizes, whole, cut)

    def _kinds_of(self, buffer: Buffer, parts: _Parts) -> Kinds:
        hashes = self._hashes_of(buffer, parts)
        kinds = self._look_up(hashes)
        new = np.flatnonzero(kinds == _UNKNOWN)
        if len(new):
            words = hashes[new].tolist()
            for word, row in zip(words, new.tolist()):
                if word not in self._known and len(self._known) < 2 * MOST:
                    self._learn(word, buffer, _Parts(*(part[row] for part in parts)))
            kinds[new] = [self._known.get(word, _ANY) for word in words]
        return kinds

    def _hashes_of(self, buffer: Buffer, parts: _Parts) -> Words:
        hashes = self._digests(buffer, parts.begins, parts.sizes)
        if self._key.tail:
            tails = buffer.words_at(parts.tails)[0] & _TAILS[parts.tail_sizes]
            hashes += tails * MULTIPLIERS[-2]
        hashes ^= np.where(parts.whole, _SALT[0], np.uint64(0))
        hashes ^= np.where(parts.cut, _SALT[1], np.uint64(0))
        return hashes

    def _digests(self, buffer: Buffer, begins: Places, sizes: Places) -> Words:
        if self._key.end:
            return buffer.digests(begins, sizes)
        width = self._key.more
        rows = self._alike[buffer.bytes_at(begins, width)]
        rows[np.arange(width) >= sizes[:, None]] = 0
        words = np.zeros((len(rows), WORD), dtype=np.uint8)
        words[:, :width] = rows
        hashes: Words = words.view("<u8").reshape(-1) * MULTIPLIERS[0]
        return hashes

    def _look_up(self, hashes: Words) -> Kinds:
        slots = (hashes >> _TO_SLOT).astype(np.int64)
        return np.where(self._hashes[slots] == hashes, self._kinds[slots], np.int32(_UNKNOWN))

    def _learn(self, word: int, buffer: Buffer, parts: _Parts) -> None:
        number = self._known[word] = len(self._known) + 1
        slot = word >> (64 - _SLOT_BITS)
        if self._kinds[slot] == _UNKNOWN:
            self._hashes[slot], self._kinds[slot] = word, number
        octets, begin, tail = buffer.bytes, parts.begins, parts.tails
        core = octets[begin : begin + parts.sizes].tobytes()
        text = (core + octets[tail : tail + parts.tail_sizes].tobytes()).translate(PLAIN)
        text += b"" if parts.whole else self._more
        found = not parts.cut and self._behind.match(text) is not None
        certain = parts.whole or (bool(self._key.end) and not parts.cut)
        self._verdicts[number] = _DULL if found else _NOT_DULL if certain else _DOUBTFUL
        self._braced[number] = bool(self._opens) and self._opens in self._before + text


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
    blank: Mask = (octets == 0x20) | (octets == 0x09)
    return blank
