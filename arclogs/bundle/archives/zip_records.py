"""The fixed records of a zip file.

    local header 30, name, extra | data | … | directory: 46, name, extra, comment each |
    [zip64 end 56 | zip64 locator 20] | end 22, comment

Format: PKWARE APPNOTE 6.3, sections 4.3 to 4.5.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle.container import modified_at
from arclogs.bundle.names import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from arclogs.bundle.disk import Disk
    from arclogs.bundle.stream import Stream

LOCAL, LISTED, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END64, LOCATOR64, DESCRIPTOR = b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08"

END_RECORD = struct.Struct("<4s6xH2LH")  # signature, count, size, start, comment length
END64_RECORD = struct.Struct("<4s28x3Q")  # signature, count, size, start
LOCATOR64_RECORD = struct.Struct("<4s4xQ4x")  # signature, offset of the zip64 end
_LOCAL_RECORD = struct.Struct("<4s2x2H4x3L2H")
_LISTED_RECORD = struct.Struct("<4sxB2x2H4x3L3H4x2L")

ENCRYPTED, SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_ELSEWHERE = 0xFFFFFFFF  # the number is in the zip64 extra field
_ZIP64, _UNIX_TIME = 0x0001, 0x5455
_DOS, _UNIX, _DARWIN = 0, 3, 19


class File(Struct, frozen=True):
    """One file of a zip."""

    name: bytes
    shown: str
    offset: int
    """Of its local header."""
    flags: int
    method: int
    packed: int
    size: int | None
    """None where only a lost directory knew; so `crc`."""
    crc: int | None
    mode: int = 0
    """Unix mode, 0 where it was packed on another system."""
    modified: datetime | None = None


class LocalHeader(Struct, frozen=True):
    """What stands in front of the data of a file."""

    name: bytes
    data: int
    """Offset of the data."""
    flags: int
    method: int
    packed: int
    size: int
    crc: int


def read_local(disk: Disk, offset: int) -> LocalHeader | None:
    """Read the local header at `offset`; None if there is none."""
    fixed = disk.at(offset, _LOCAL_RECORD.size)
    if len(fixed) < _LOCAL_RECORD.size or not fixed.startswith(LOCAL):
        return None
    _, flags, method, crc, packed, size, name, extra = _LOCAL_RECORD.unpack(fixed)
    data = offset + len(fixed) + name + extra
    rest = disk.at(offset + len(fixed), name + extra)
    size, packed, _ = _zip64(_extras(rest[name:]), size, packed, 0)
    return LocalHeader(rest[:name], data, flags, method, packed, size, crc)


def read_listed(stream: Stream, shift: int) -> File | None:
    """Read the next record of the directory; None at its end."""
    fixed = stream.read(_LISTED_RECORD.size)
    if len(fixed) < _LISTED_RECORD.size or not fixed.startswith(LISTED):
        return None
    _, system, flags, method, crc, packed, size, *lengths, attributes, offset = (
        _LISTED_RECORD.unpack(fixed)
    )
    name, extra, _comment = (stream.read(length) for length in lengths)
    extras = _extras(extra)
    size, packed, offset = _zip64(extras, size, packed, offset)
    mode = attributes >> 16 if system in (_UNIX, _DARWIN) else 0
    shown = name_text(name, flags)
    if system == _DOS and "/" not in shown:  # old .NET and PowerShell wrote backslashes
        shown = shown.replace("\\", "/")
    return File(
        name, shown, offset + shift, flags, method, packed, size, crc, mode, _modified(extras)
    )


def name_text(name: bytes, flags: int) -> str:
    """Decode a name: UTF-8 whether flagged or not, as Unix programs write it, else code page 437."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return decode(name) if flags & _UTF8 else name.decode("cp437")


def _extras(data: bytes) -> Mapping[int, bytes]:
    fields: dict[int, bytes] = {}
    while len(data) >= 4:
        tag, length = struct.unpack_from("<2H", data)
        fields[tag] = data[4 : 4 + length]
        data = data[4 + length :]
    return fields


def _zip64(extras: Mapping[int, bytes], *numbers: int) -> tuple[int, ...]:
    """Return size, packed size and offset, those that did not fit taken from the extra field."""
    field = extras.get(_ZIP64, b"")
    wide = []
    for number in numbers:
        if number == _ELSEWHERE and len(field) >= 8:
            number, field = int.from_bytes(field[:8], "little"), field[8:]
        wide.append(number)
    return tuple(wide)


def _modified(extras: Mapping[int, bytes]) -> datetime | None:
    """Return the Unix time; the DOS time beside it has no zone and is no use."""
    field = extras.get(_UNIX_TIME, b"")
    if len(field) < 5 or not field[0] & 1:
        return None
    return modified_at(int.from_bytes(field[1:5], "little"))
