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


class _Zap(msgspec.Struct):
    """What a dull line of zap's JSON says before its fields."""

    severity: str
    ts: str
    logger: str
    message: str | None = None
    msg: str | None = None

    def head(self) -> bytes:
        """Return how a line begins that says this, up to the end of its message."""
        key, text = ("msg", self.msg) if self.message is None else ("message", self.message)
        before = f'{{"severity":"{self.severity}","ts":"{self.ts}","logger":"{self.logger}"'
        return f'{before},"{key}":"{text}"'.encode()


_DECODE_ZAP: Final = msgspec.json.Decoder(_Zap).decode
_DECODE: Final = msgspec.json.Decoder(msgspec.Raw).decode


def zap_lines(lines: Lines, rows: Rows) -> list[bool]:
    """Tell of lines that begin as zap's JSON whether they are whole and say no other."""
    offset = lines.shape.carried
    return [_is_zap(line[offset:]) for line in lines.each(rows)]


def whole_tails(lines: Lines, rows: Rows) -> list[bool]:
    """Tell of console lines whether the fields behind their text are whole JSON, or there are none."""
    return [_is_whole(line) for line in lines.each(rows)]


def _is_zap(line: bytes) -> bool:
    try:
        return len(line) < _LONG and line.startswith(_DECODE_ZAP(line).head())
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False


def _is_whole(line: bytes) -> bool:
    at = line.find(b'\t{"')
    if at < 0:
        return True
    try:
        _DECODE(line[at + 1 :])
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False
    return len(line) < _LONG
