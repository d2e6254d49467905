"""Lines of JSON that are what their beginning says: whole, and no key of it comes again.

The decoder takes less than the readers of `ingest` do (no NaN, no lone surrogates), and nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from arclogs.scan.lines import Lines, Rows

_LONG: Final = 4096
"""Bytes beyond which a line may hold a number that Python does not read."""


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
_DECODE_ALL: Final = msgspec.json.Decoder(_Zap).decode_lines
_DECODE: Final = msgspec.json.Decoder(msgspec.Raw).decode


def zap_lines(lines: Lines, rows: Rows) -> list[bool]:
    """Tell of lines that begin as zap's JSON whether they are whole and say no other."""
    offset = lines.shape.carried
    texts = [line[offset:] for line in lines.each(rows)]
    try:
        # Each ends with a brace and begins with one, between which no value goes on without a comma.
        said = _DECODE_ALL(b"\n".join(texts))
        if len(said) == len(texts) and all(map(_says, texts, said)):
            return [True] * len(texts)
    except _BROKEN:
        pass
    return list(map(_is_zap, texts))


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


def whole_tails(lines: Lines, rows: Rows) -> list[bool]:
    """Tell of console lines whether the fields behind their text are whole JSON, or there are none."""
    return [_is_whole(line) for line in lines.each(rows)]


def _is_whole(line: bytes) -> bool:
    at = line.find(b'\t{"')
    if at < 0:
        return True
    try:
        _DECODE(line[at + 1 :])
    except _BROKEN:
        return False
    return len(line) < _LONG
