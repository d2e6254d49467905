"""One 512-byte tar header: v7, ustar, pax and GNU.

    name 0-100 | mode | uid | gid | size 124-136 | mtime 136-148 | checksum 148-156 | type 156
    linkname 157-257 | magic 257-265 | owner … | prefix 345-500 | 512

Formats: POSIX.1-2017 `pax` (ustar interchange format), GNU tar `src/tar.h` (base-256 numbers,
sparse flag at 482).
"""

from __future__ import annotations

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

BLOCK = 512
ZEROS = bytes(BLOCK)

_CHECKSUM = slice(148, 156)
_CHECKSUM_FIELD = lazy_compile(rb"[ \x00]*[0-7]{1,7}[ \x00]*")
_OCTAL = lazy_compile(rb"[0-7]*")
_LARGEST = 1 << 50  # a pebibyte: more is a broken or forged field, not a file


class Header(Struct, frozen=True):
    """What one header block says, nothing interpreted."""

    name: bytes
    type: bytes
    size: int
    mtime: int
    target: bytes
    """Link target."""
    more_map: bool
    """Whether blocks of an old GNU sparse map follow the header."""

    @property
    def padded(self) -> int:
        """Bytes that the data takes in the archive."""
        return padded(self.size)


def padded(size: int) -> int:
    return (size + BLOCK - 1) // BLOCK * BLOCK


def parse(block: bytes) -> Header | None:
    """Read a header block; None if it is none or says what cannot be."""
    if not _has_checksum(block):
        return None
    size, mtime = _number(block[124:136]), _number(block[136:148])
    if size is None or not 0 <= size <= _LARGEST:
        return None
    kind = block[156:157]
    more_map = kind == b"S" and block[482] != 0
    return Header(name_field(block), kind, size, mtime or 0, _text(block[157:257]), more_map)


def name_field(block: bytes) -> bytes:
    """Return the name in a header block, even in a damaged one."""
    name, prefix = _text(block[:100]), _text(block[345:500])
    # GNU tar writes "ustar  " and keeps times where ustar has the prefix.
    return prefix + b"/" + name if prefix and block[257:263] == b"ustar\x00" else name


def looks_like_tar(head: bytes) -> bool:
    """Tell whether an archive begins here, also one whose first header is damaged."""
    return head[257:262] == b"ustar" or (len(head) >= BLOCK and parse(head[:BLOCK]) is not None)


def _has_checksum(block: bytes) -> bool:
    field = block[_CHECKSUM]
    if len(block) != BLOCK or not _CHECKSUM_FIELD.fullmatch(field):
        return False
    stored = int(field.strip(b" \x00"), 8)
    rest = block[:148] + block[156:]
    unsigned = sum(rest) + 8 * ord(" ")
    # Some old programs summed signed chars.
    return stored == unsigned or stored == unsigned - 256 * sum(byte > 127 for byte in rest)


def _number(field: bytes) -> int | None:
    if field[0] in (0x80, 0xFF):  # GNU base-256, two's complement
        value = int.from_bytes(field[1:], "big")
        return value - 256 ** (len(field) - 1) if field[0] == 0xFF else value
    digits = field.partition(b"\x00")[0].strip(b" ")
    return int(digits or b"0", 8) if _OCTAL.fullmatch(digits) else None


def _text(field: bytes) -> bytes:
    return field.partition(b"\x00")[0]
