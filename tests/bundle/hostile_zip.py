"""Zip files whose directory and contents disagree."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from arclogs.bundle import Limits
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, CANARY_NAME, zipped
from tests.bundle.hostile_case import MIB, case


def _patched(data: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """Overwrite bytes at an offset from the last record of a signature."""
    changed = bytearray(data)
    for signature, offset, value in changes:
        at = data.rindex(signature) + offset
        changed[at : at + len(value)] = value
    return bytes(changed)


LISTED, LOCAL, END_OF_ZIP = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def _canary_and(name: str, content: bytes = b"x\n", method: int = zipfile.ZIP_STORED) -> bytes:
    return zipped({CANARY_NAME: CANARY, name: content}, method)


def _last_local(data: bytes) -> int:
    """Offset of the local header of the last file."""
    return int(struct.unpack_from("<L", data, data.rindex(LISTED) + 42)[0])


CANARY_ZIP = zipped({CANARY_NAME: CANARY})
CANARY_LOCAL = CANARY_ZIP[: CANARY_ZIP.index(LISTED)]
CANARY_LISTED = CANARY_ZIP[CANARY_ZIP.index(LISTED) : CANARY_ZIP.index(END_OF_ZIP)]


@case(Code.ARCHIVE_CORRUPT)
def zip_quoted_overlap() -> bytes:
    """CVE-2024-0450: each file quotes the header of the next in a stored block and runs into it."""
    names = [b"%02d.log" % number for number in range(20)]
    packed, content = zlib.compress(bytes(MIB), 9)[2:-4], bytes(MIB)
    body, starts = b"", []
    for name in reversed(names):
        if body:
            quoted = body[: 30 + len(name)]
            packed = struct.pack("<BHH", 0, len(quoted), len(quoted) ^ 0xFFFF) + body
            content = quoted + content
        sums = zlib.crc32(content), len(packed), len(content)
        local = struct.pack("<4s5H3L2H", LOCAL, 20, 0, 8, 0, 0x21, *sums, len(name), 0) + name
        starts.append((name, sums, len(packed) + len(local)))
        body = local + packed
    data = CANARY_LOCAL + body
    listing = CANARY_LISTED
    for name, sums, length in reversed(starts):
        fixed = (LISTED, 20, 20, 0, 8, 0, 0x21, *sums, len(name), 0, 0, 0, 0, 0, len(data) - length)
        listing += struct.pack("<4s6H3L5H2L", *fixed) + name
    end = struct.pack("<4s4H2LH", END_OF_ZIP, 0, 0, 21, 21, len(listing), len(data), 0)
    return data + listing + end


@case(Code.ARCHIVE_CORRUPT)
def zip_full_overlap() -> bytes:
    listing = CANARY_LISTED * 2000
    end = struct.pack("<4s4H2LH", END_OF_ZIP, 0, 0, 2000, 2000, len(listing), len(CANARY_LOCAL), 0)
    return CANARY_LOCAL + listing + end


@case(Code.MEMBER_UNSAFE_NAME)
def zip_traversal() -> bytes:
    names = ["../x", "/etc/passwd", "C:\\x", "a\x01b"]
    return zipped({CANARY_NAME: CANARY, **dict.fromkeys(names, b"x\n")})


@case(Code.ARCHIVE_CORRUPT, Code.ARCHIVE_CRC)
def zip_size_lie() -> bytes:
    data = _canary_and("lie.log", bytes(MIB), zipfile.ZIP_DEFLATED)
    at = _last_local(data)
    data = data[: at + 22] + struct.pack("<L", 10) + data[at + 26 :]
    return _patched(data, (LISTED, 24, struct.pack("<L", 10)))


@case(Code.ARCHIVE_TRUNCATED)
def zip_truncated() -> bytes:
    data = _canary_and("x.log", b"x\n" * 5000)
    return data[: data.index(LISTED) - 100]


@case(Code.ARCHIVE_TRUNCATED)
def zip_directory_cut_off() -> bytes:
    data = _canary_and("x.log", b"x\n" * 5000)
    return data[: data.index(END_OF_ZIP)]


@case(Code.ARCHIVE_TRUNCATED)
def zip_truncated_with_sizes_behind_the_data() -> bytes:
    """As a program writes that does not know the sizes before it has packed."""
    packed = BytesIO()
    for name, content in {CANARY_NAME: CANARY, "x.log": b"x\n" * 5000}.items():
        body = zlib.compress(content)[2:-4]
        encoded = name.encode()
        packed.write(struct.pack("<4s5H3L2H", LOCAL, 20, 8, 8, 0, 0x21, 0, 0, 0, len(encoded), 0))
        packed.write(encoded + body)
        packed.write(
            struct.pack("<4s3L", b"PK\x07\x08", zlib.crc32(content), len(body), len(content))
        )
    return packed.getvalue()


@case(Code.ARCHIVE_CORRUPT)
def zip_truncated_in_a_stored_zip() -> bytes:
    """The end record found is that of the file inside."""
    inner = zipped({"inner.log": b"x\n"}, zipfile.ZIP_STORED)
    data = _canary_and("inner.zip", inner)
    return data[: data.rindex(END_OF_ZIP) - 60]


@case(Code.ARCHIVE_ENCRYPTED)
def zip_encrypted() -> bytes:
    return _patched(_canary_and("secret.log"), (LISTED, 8, b"\x01"))


@case(Code.ARCHIVE_UNSUPPORTED)
def zip_unsupported_method() -> bytes:
    return _patched(_canary_and("x.log"), (LISTED, 10, struct.pack("<H", 98)))


@case(Code.ARCHIVE_CORRUPT)
def zip_method_lie() -> bytes:
    return _patched(_canary_and("x.log", b"text " * 100), (LISTED, 10, struct.pack("<H", 8)))


@case(Code.ARCHIVE_CORRUPT)
def zip_name_mismatch() -> bytes:
    return _patched(_canary_and("x.log"), (LISTED, 46, b"y"))


@case(Code.ARCHIVE_CRC)
def zip_bad_crc() -> bytes:
    return _patched(_canary_and("x.log"), (LISTED, 16, b"\0\0\0\0"))


@case(Code.MEMBER_LINK_SKIPPED)
def zip_symlink() -> bytes:
    data = _canary_and("x.log", b"/etc/passwd")
    return _patched(data, (LISTED, 5, b"\x03"), (LISTED, 38, struct.pack("<L", 0o120777 << 16)))


@case(Code.MEMBER_SPECIAL_SKIPPED)
def zip_fifo() -> bytes:
    data = _canary_and("x.log")
    return _patched(data, (LISTED, 5, b"\x03"), (LISTED, 38, struct.pack("<L", 0o010777 << 16)))


@case(Code.ARCHIVE_TRUNCATED, canary=False)
def zip_forged_packed_size() -> bytes:
    data = zipped({"x.log": b"x\n"}, zipfile.ZIP_STORED)
    forged = struct.pack("<L", 0xFFFFFFF0)
    return _patched(data, (LISTED, 20, forged + forged), (LOCAL, 18, forged + forged))


@case(Code.ARCHIVE_CORRUPT)
def zip_offset_beyond_the_end() -> bytes:
    return _patched(_canary_and("x.log"), (LISTED, 42, b"\xf0\xff\xff\xff"))


@case(Code.ARCHIVE_CORRUPT)
def zip_wrong_count() -> bytes:
    return _patched(_canary_and("x.log"), (END_OF_ZIP, 10, b"\x09\x00"))


@case(Code.ARCHIVE_CORRUPT)
def zip_directory_elsewhere() -> bytes:
    return _patched(_canary_and("x.log"), (END_OF_ZIP, 12, b"\xff\xff\x00\x00"))


def _with_zip64(stated: int) -> bytes:
    data = _canary_and("x.log")
    at = data.rindex(END_OF_ZIP)
    count, size, start = struct.unpack_from("<H2L", data, at + 10)
    record64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + stated, 1)
    return data[:at] + record64 + locator + data[at:]


@case()
def zip_64() -> bytes:
    return _with_zip64(0)


@case(Code.ARCHIVE_CORRUPT)
def zip_64_locator_elsewhere() -> bytes:
    """CVE-2025-8291."""
    return _with_zip64(-100)


@case(Code.ARCHIVE_TRAILING_DATA)
def zip_with_text_behind() -> bytes:
    return zipped({CANARY_NAME: CANARY}) + b"\nConnection closed.\n"


@case(Code.LIMIT_MEMBERS, limits=Limits(members=50))
def zip_many_members() -> bytes:
    return zipped({CANARY_NAME: CANARY, **{f"{at}.log": b"" for at in range(300)}})


@case(Code.ARCHIVE_CORRUPT)
def two_zips() -> bytes:
    return zipped({"x.log": b"x\n"}) + zipped({CANARY_NAME: CANARY})
