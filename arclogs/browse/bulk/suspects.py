r"""Which lines of a chunk may hold what redaction would change: one pass over bytes, at 1 GB/s.

    …"version": "0.12.1", "ephemeralrunner": {"name":"linux-k8s-x2f7d-runner-w9k4d"…      none
    …Pulled image sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f…      a suspect

A suspect costs a closer look (`browse.doubt`); whatever a row takes from a line that is none is not
doubtful. Without hyperscan every line is a suspect.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from arclogs.browse.doubt import BEFORE_AT, LEAST_RUN, OPTION, TELLING, VALUE_FOLLOWS, WORDS
from arclogs.scan.lines.buffer import WORD

if TYPE_CHECKING:
    from arclogs.scan.lines.buffer import Mask, Places, Words
    from arclogs.scan.lines.lines import Lines

_OF_A_RUN: Final = np.array(
    [re.match(rb"[A-Za-z0-9+/]", bytes([b])) is not None for b in range(256)]
)
_REACH: Final = 40
"""Bytes of a run that are looked at: longer ones are suspects whatever they hold."""
_ONES: Final = 0x0101010101010101
_LOW: Final = np.uint64(0x7F * _ONES)
_HIGH: Final = np.uint64(0x80 * _ONES)
_BEHIND, _BEFORE = np.uint64(0x8080808080800000), np.uint64(0x0000808080808080)
"""Of a word the last six bytes, and the first six: the first byte is the lowest."""
_FROM_SLASH: Final = np.uint64((0x80 - ord("/")) * _ONES)
_FROM_A: Final = np.uint64((0x80 - ord("A")) * _ONES)
_BEYOND_Z: Final = np.uint64((0x7F - ord("Z")) * _ONES)
_PLUS: Final = np.uint64(ord("+") * _ONES)
_UNCLEAR: Final = b"\\"
"""An escape in JSON may stand for any letter of a word."""
PROSE: Final = ("job-log", "runner", "text")
"""Programs whose rows tell no more than a line from some place on: what follows a word in the one does
so in the other, so that everyday words count only before a value."""


def suspects(lines: Lines) -> Mask:
    """Return of each line of a chunk whether it is a suspect."""
    database = _database(prose=lines.shape.layout.parser in PROSE)
    if database is None:
        return np.ones(len(lines), dtype=bool)
    places: list[int] = []

    def found(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        places.append(end - 1)

    database.scan(lines.chunk, match_event_handler=found)
    held = np.zeros(len(lines), dtype=bool)
    held[lines.rows_of(np.array(places, dtype=np.int64))] = True
    held[lines.rows_of(_runs(lines))] = True
    held[lines.foreign()] = True  # lower case of what is not ASCII may be
    return held


def _runs(lines: Lines) -> Places:
    """Return where runs begin that are long, or have a capital letter.

    It is looked for them a word of eight bytes at a time: a run of the least length holds three whole
    words, or two and six bytes before and behind.
    """
    size = (len(lines.chunk) // WORD + 3) * WORD
    words = lines.buffer.bytes[:size].view("<u8")
    inside = _inside(words)
    whole = inside == _HIGH
    pairs = whole[1:-2] & whole[2:-1]
    six = (inside[:-3] & _BEHIND == _BEHIND) & (inside[3:] & _BEFORE == _BEFORE)
    at = np.flatnonzero(pairs & (whole[3:] | six)) + 1
    at = at[_may_tell(words, inside, at)]
    return _telling(lines, np.append(np.arange(2), at) * WORD)  # no word is before the first


def _inside(words: Words) -> Words:
    """Return words whose bytes have their highest bit set if they may be of a run.

    Those from slash on, and plus: a sum sets the bit of every byte that reaches it.
    """
    low = words & _LOW
    inside: Words = ~((low ^ _PLUS) + _LOW)
    low += _FROM_SLASH
    inside |= low
    inside &= _HIGH
    return inside


def _may_tell(words: Words, inside: Words, at: Places) -> Mask:
    """Tell of words in runs whether their runs may be long, or have a capital letter."""
    around = np.clip(at[:, None] + np.arange(-1, _REACH // WORD), 0, len(words) - 1)
    low = words[around] & _LOW
    capitals = (low + _FROM_A) & ~(low + _BEYOND_Z) & _HIGH
    long = (inside[around[:, 1:5]] == _HIGH).all(axis=1)
    told: Mask = long | capitals.any(axis=1)
    return told


def _telling(lines: Lines, within: Places) -> Places:
    """Return where runs begin that are long, or have a capital letter; `within` are places in runs."""
    before = _OF_A_RUN[lines.buffer.bytes_at(np.maximum(within - WORD, 0), WORD)]
    starts = within - np.where(within > 0, np.argmin(before[:, ::-1], axis=1), 0)
    octets = lines.buffer.bytes_at(starts, _REACH)
    run = np.logical_and.accumulate(_OF_A_RUN[octets], axis=1)
    capital = ((octets >= ord("A")) & (octets <= ord("Z")) & run).any(axis=1)
    told: Places = starts[run[:, -1] | (run[:, LEAST_RUN - 1] & capital)]
    return told


@lru_cache(maxsize=2)
def _database(*, prose: bool) -> Any:
    try:
        import hyperscan
    except ImportError:
        return None
    words = [word.encode() for word in (TELLING if prose else WORDS) if word != "@"]
    chosen = ["".join(f"\\x{byte:02x}" for byte in word).encode() for word in words]
    chosen += [BEFORE_AT.encode(), re.escape(_UNCLEAR)]
    if prose:
        assert VALUE_FOLLOWS.endswith("|$)")
        chosen += [f"{VALUE_FOLLOWS[:-1]}|\\r)".encode(), OPTION.encode()]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_MULTILINE
    database.compile(
        expressions=chosen, ids=[1] * len(chosen), elements=len(chosen), flags=[flags] * len(chosen)
    )
    return database
