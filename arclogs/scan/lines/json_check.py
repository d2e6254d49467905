"""Lines of JSON that are what their beginning says: whole, and no key of it comes again.

The decoder takes less than the readers of `ingest` do (no NaN, no lone surrogates), and nothing more but
bytes that are no ASCII.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from arclogs.scan.lines.buffer import Mask
    from arclogs.scan.lines.lines import Lines, Rows

_LONG: Final = 4096
"""Bytes beyond which a line may hold a number that Python does not read."""
_BACKSLASH: Final = 0x5C


_BROKEN: Final = (msgspec.MsgspecError, RecursionError, UnicodeError)
"""What the decoder raises; the last for bytes that are not UTF-8."""


class _Zap(msgspec.Struct):
    """What a dull line of zap's JSON says before its fields."""

    severity: str
    ts: str
    logger: str
    message: str | None = None
    msg: str | None = None


_DECODE_ZAP: Final = msgspec.json.Decoder(_Zap).decode
_DECODE: Final = msgspec.json.Decoder(msgspec.Raw).decode
_DECODE_ALL: Final = msgspec.json.Decoder(msgspec.Raw).decode_lines
_KEYS: Final = (b"severity", b'ts"', b'logger"', b'message"', b'msg"')
_SAID: Final = 4
"""How many of them a dull line says."""
_INITIAL: Final = np.isin(np.arange(256), [key[0] for key in _KEYS])
"""Of each byte whether one of them begins with it."""


def zap_lines(lines: Lines, rows: Rows) -> Mask:
    """Tell of lines that begin as zap's JSON whether they are whole and say no other."""
    doubtful = _doubtful(lines)[rows]
    told = ~doubtful
    if told.any():
        told[told] = _whole_lines(lines, rows[told])
    offset = lines.shape.carried
    told[doubtful] = [_is_zap(line[offset:]) for line in lines.each(rows[doubtful])]
    return told


def whole_tails(lines: Lines, rows: Rows) -> Mask:
    """Tell of console lines whether the fields behind their text are whole JSON, or there are none."""
    told = np.zeros(len(rows), dtype=bool)
    alike = _with_tails(lines, rows)
    begins, ends = lines.text_ends, lines.ends
    if begins is not None and alike.any():
        places = zip((begins[rows[alike]] + 1).tolist(), ends[rows[alike]].tolist())
        chunk = lines.chunk
        tails = b"\n".join([chunk[begin:end] for begin, end in places])
        told[alike] = _are_whole(tails, int(np.count_nonzero(alike)))
    for index in np.flatnonzero(~told).tolist():
        told[index] = _has_whole_tail(lines.bytes_of(rows[index]))
    return told


def _with_tails(lines: Lines, rows: Rows) -> Mask:
    """Tell of console lines which surely have their fields where their text ends, up to a brace."""
    if lines.text_ends is None or not lines.plain:
        return np.zeros(len(rows), dtype=bool)
    short = lines.ends[rows] - lines.starts[rows] < _LONG
    # A text that is dull does not begin like fields, so that these are the first in its line.
    opened = lines.buffer.equal(lines.text_ends[rows], b'\t{"')
    alike: Mask = lines.dull[rows] & short & opened & lines.end_with_brace(rows)
    return alike


def _doubtful(lines: Lines) -> Mask:
    """Tell of lines whether a key may come twice, or a text end elsewhere than it seems to."""
    doubtful: Mask = (_keys(lines) != _SAID) | (lines.ends - lines.starts >= _LONG)
    if b"\\" in lines.chunk:
        doubtful[lines.rows_of(lines.buffer.places_of(_BACKSLASH))] = True
    doubtful[lines.foreign()] = True
    return doubtful


def _keys(lines: Lines) -> NDArray[np.int64]:
    """Return of each line how many words behind quotes begin like one of the keys."""
    at, first, last = lines.stops
    initial = np.flatnonzero(_INITIAL[lines.buffer.bytes[at + 1]])
    words = lines.buffer.words_at(at[initial] + 1)[0]
    found = np.zeros(len(words), dtype=bool)
    for key in _KEYS:
        mask, word = (1 << 8 * len(key)) - 1, int.from_bytes(key, "little")
        found |= (words & np.uint64(mask)) == np.uint64(word)
    before = np.zeros(len(at) + 1, dtype=np.int64)
    before[initial[found] + 1] = 1
    before = np.cumsum(before)
    counts: NDArray[np.int64] = before[last] - before[first]
    return counts


def _whole_lines(lines: Lines, rows: Rows) -> Mask | list[bool]:
    """Tell of lines of ASCII, which braces begin and end, whether they are whole."""
    offset = lines.shape.carried
    if len(rows) == len(lines) and not offset:
        text = lines.chunk
    else:
        text = b"\n".join(line[offset:] for line in lines.each(rows))
    if _are_whole(text, len(rows)):
        return np.ones(len(rows), dtype=bool)
    return [_is_whole(line[offset:]) for line in lines.each(rows)]


def _are_whole(text: bytes, count: int) -> bool:
    """Tell whether text is so many lines of JSON.

    Each must begin with a brace and end with one: between those no value goes on without a comma.
    """
    try:
        return len(_DECODE_ALL(text)) == count
    except _BROKEN:
        return False


def _says(line: bytes, said: _Zap) -> bool:
    """Tell whether a line begins with what was read of it."""
    key, text = ("msg", said.msg) if said.message is None else ("message", said.message)
    before = f'{{"severity":"{said.severity}","ts":"{said.ts}","logger":"{said.logger}"'
    head = f'{before},"{key}":"{text}"'
    return head.isascii() and line.startswith(head.encode()) and len(line) < _LONG


def _is_zap(line: bytes) -> bool:
    try:
        return _says(line, _DECODE_ZAP(line))
    except _BROKEN:
        return False


def _is_whole(line: bytes) -> bool:
    try:
        _DECODE(line)
    except _BROKEN:
        return False
    return True


def _has_whole_tail(line: bytes) -> bool:
    at = line.find(b'\t{"')
    return at < 0 or (_is_whole(line[at + 1 :]) and len(line) < _LONG and line.isascii())
