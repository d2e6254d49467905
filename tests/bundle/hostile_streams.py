"""Compressed streams that are cut, forged, or bombs; archives in archives; what is none."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import zipfile
import zlib

from arclogs.bundle import Limits
from arclogs.model.coverage import Code
from tests.bundle.containers import (
    CANARY,
    CANARY_NAME,
    CANARY_TAR,
    END,
    block,
    pax,
    record,
    stored,
    tar,
    zipped,
)
from tests.bundle.hostile_case import MIB, case


@case(Code.ARCHIVE_TRUNCATED)
def tar_gz_truncated() -> bytes:
    packed = gzip.compress(CANARY_TAR + stored("x.log", bytes(range(256)) * 400) + END)
    return packed[: len(packed) * 3 // 4]


@case(Code.ARCHIVE_CRC)
def tar_gz_bad_crc() -> bytes:
    packed = bytearray(gzip.compress(CANARY_TAR + END))
    packed[-6] ^= 1
    return bytes(packed)


@case()
def tar_gz_multi_member() -> bytes:
    whole = stored("x.log", b"x\n" * 5000) + CANARY_TAR + END
    return b"".join(gzip.compress(whole[at : at + 3000]) for at in range(0, len(whole), 3000))


@case(Code.ARCHIVE_CORRUPT)
def gz_further_member_damaged() -> bytes:
    second = bytearray(gzip.compress(b"more\n"))
    second[1] ^= 4
    return gzip.compress(tar({CANARY_NAME: CANARY})) + bytes(second)


@case(Code.ARCHIVE_TRAILING_DATA)
def tar_gz_trailing_garbage() -> bytes:
    return gzip.compress(CANARY_TAR + END) + b"garbage\n"


@case(Code.ARCHIVE_TRAILING_DATA)
def tar_gz_two_archives() -> bytes:
    first = stored("x.log", b"x\n") + END
    return gzip.compress(first) + gzip.compress(CANARY_TAR + END)


@case()
def gz_header_fields() -> bytes:
    header = b"\x1f\x8b\x08\x1e\xff\xff\xff\xff\x02\x03" + b"\x04\x00abcd"
    header += b"../../etc/passwd\0" + b"comment\x1b[2J\0"
    header += struct.pack("<H", zlib.crc32(header) & 0xFFFF)
    raw = zlib.compressobj(wbits=-15)
    body = raw.compress(CANARY) + raw.flush()
    return header + body + struct.pack("<LL", zlib.crc32(CANARY), len(CANARY))


@case(Code.LIMIT_HEADER_BYTES, canary=False)
def gz_header_without_end() -> bytes:
    return b"\x1f\x8b\x08\x08" + bytes(6) + b"x" * (2 * MIB)


@case(Code.LIMIT_MEMBER_BYTES, limits=Limits(member_bytes=MIB))
def gz_bomb() -> bytes:
    bomb = block("bomb.log", size=16 * MIB) + bytes(16 * MIB)
    return gzip.compress(bomb + CANARY_TAR + END, 1)


@case(Code.LIMIT_RATIO, limits=Limits(member_bytes=MIB))
def bz2_bomb() -> bytes:
    return bz2.compress(CANARY_TAR + block("bomb.log", size=64 * MIB) + bytes(64 * MIB))


@case(Code.LIMIT_BYTES_TOTAL, limits=Limits(total_bytes=8 * MIB, member_bytes=MIB))
def gz_more_than_the_budget() -> bytes:
    bombs = (block(f"{at}.log", size=2 * MIB) + bytes(2 * MIB) for at in range(10))
    return gzip.compress(CANARY_TAR + b"".join(bombs) + END, 1)


@case(Code.LIMIT_BYTES_TOTAL, limits=Limits(total_bytes=8 * MIB))
def tar_endless_zeros() -> bytes:
    return gzip.compress(CANARY_TAR + bytes(32 * MIB), 1)


@case(Code.LIMIT_MEMORY, canary=False)
def xz_dictionary_of_4_gib() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    packed = lzma.compress(CANARY_TAR + END, filters=filters)
    # The block header: size, flags, filter id, size of properties, dictionary, padding, CRC.
    header = bytearray(packed[12:20])
    header[4] = 40
    return packed[:12] + bytes(header) + struct.pack("<L", zlib.crc32(header)) + packed[24:]


@case(Code.LIMIT_MEMORY, canary=False)
def zstd_window_of_2_gib() -> bytes:
    return b"\x28\xb5\x2f\xfd\x00" + bytes([21 << 3]) + b"\x01\x00\x00"


@case(Code.LIMIT_MEMBERS, limits=Limits(members=1000))
def tar_many_members() -> bytes:
    return CANARY_TAR + b"".join(block(f"{at}.log") for at in range(3000)) + END


@case(Code.LIMIT_MEMBERS, limits=Limits(members=100))
def tar_many_headers() -> bytes:
    return CANARY_TAR + pax(record("comment", "x")) * 1000 + stored("x.log", b"x\n") + END


@case(Code.LIMIT_MEMBERS, limits=Limits(names_bytes=MIB))
def bomb_of_names() -> bytes:
    names = (pax(record("path", f"{at:04000}")) + block("x") for at in range(2000))
    return gzip.compress(CANARY_TAR + b"".join(names) + END, 1)


@case(Code.LIMIT_MEMBERS, limits=Limits(names_bytes=MIB))
def bomb_of_link_targets() -> bytes:
    target = pax(record("linkpath", "../" * 20_000))
    return gzip.compress(CANARY_TAR + (target + block("x", b"2")) * 500 + END, 1)


@case()
def bomb_of_global_headers() -> bytes:
    headers = (pax(record(f"comment.{at}", "x" * 100_000), b"g") for at in range(200))
    return gzip.compress(CANARY_TAR + b"".join(headers) + END, 1)


@case(Code.LIMIT_DEPTH)
def nested_12() -> bytes:
    data = tar({"deepest.log": b"12\n"})
    for level in range(12):
        inner = {f"{level}.log": b"x\n", CANARY_NAME: CANARY}
        if level % 2:
            data = zipped({"next.tgz": data, **inner})
        else:
            data = gzip.compress(tar({"next.zip": data, **inner}))
    return data


@case(Code.LIMIT_DEPTH, canary=False)
def gz_in_gz_in_gz() -> bytes:
    data = CANARY
    for _ in range(8):
        data = gzip.compress(data)
    return data


@case(Code.LIMIT_TMP, limits=Limits(spool_bytes=4000))
def zip_in_a_tar_too_large_to_spool() -> bytes:
    inner = zipped({CANARY_NAME: CANARY, "big.log": b"x" * 20_000}, zipfile.ZIP_STORED)
    return tar({"inner.zip": inner})


@case(Code.ARCHIVE_UNSUPPORTED, canary=False)
def html_login_page() -> bytes:
    return b"\n<!DOCTYPE html>\n<html><title>Sign in</title></html>\n"


@case()
def plain_log() -> bytes:
    return CANARY


@case()
def log_of_zeros_then_text() -> bytes:
    """What copytruncate leaves of a log whose program goes on writing where it was."""
    return tar({"x.log": bytes(100_000) + b"x\n", CANARY_NAME: CANARY})


@case(Code.ARCHIVE_UNSUPPORTED)
def foreign_archives_inside() -> bytes:
    files = {"a.7z": b"7z\xbc\xaf\x27\x1c\x00\x04", "b.rar": b"Rar!\x1a\x07\x01\x00"}
    return tar({**files, CANARY_NAME: CANARY})


@case(Code.ARCHIVE_CORRUPT, Code.ARCHIVE_TRUNCATED)
def broken_archives_inside() -> bytes:
    files = {
        "a.zst": b"\x28\xb5\x2f\xfd\x24\x05\xff\xff\xff\xff\xff\xff\xff\xff",
        "b.gz": b"\x1f\x8b\x08\x00" + b"\xff" * 50,
        "c.bz2": b"BZh91AY&SY" + b"\xff" * 50,
        "d.xz": b"\xfd7zXZ\x00" + b"\xff" * 50,
        "e.zip": b"PK\x03\x04" + b"\xff" * 50,
    }
    return tar({**files, CANARY_NAME: CANARY})


@case(Code.ARCHIVE_UNSUPPORTED, canary=False)
def seven_zip_alone() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + bytes(100)


@case(Code.TEXT_BINARY_SKIPPED, canary=False)
def core_dump_alone() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<8H", *range(8)) * 500
