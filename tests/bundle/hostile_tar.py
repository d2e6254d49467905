"""Tar headers that lie and archives that end where they should not."""

from __future__ import annotations

import gzip

from arclogs.model.coverage import Code
from tests.bundle.containers import (
    CANARY_TAR,
    END,
    base256,
    block,
    pad,
    pax,
    record,
    stored,
    zipped,
)
from tests.bundle.hostile_case import MIB, case


@case(Code.ARCHIVE_BAD_HEADER)
def tar_negative_size() -> bytes:
    return block("x.log", size=base256(-512)) + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_huge_size() -> bytes:
    return block("x.log", size=base256(1 << 62)) + pad(b"x" * 3000) + CANARY_TAR + END


@case(Code.ARCHIVE_TRUNCATED)
def tar_size_beyond_the_end() -> bytes:
    return CANARY_TAR + block("x.log", size=1 << 30) + pad(b"x" * 3000)


@case(Code.ARCHIVE_BAD_HEADER)
def tar_pax_size_too_large() -> bytes:
    return pax(record("size", "999999")) + stored("x.log", b"x\n") + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_pax_size_too_small() -> bytes:
    return pax(record("size", "1")) + stored("x.log", b"x\n" * 1000) + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_pax_size_nonsense() -> bytes:
    sizes = [b"-512", b"1e99", b"\xd9\xa1", b""]
    wrong = (pax(record("size", size)) + stored("x.log", b"x\n") for size in sizes)
    return b"".join(wrong) + CANARY_TAR + END


@case(Code.LIMIT_HEADER_BYTES)
def tar_pax_bomb() -> bytes:
    bomb = block("PaxHeaders/x", b"x", 16 * MIB) + bytes(16 * MIB)
    return gzip.compress(bomb + stored("x.log", b"x\n") + CANARY_TAR + END, 1)


@case(Code.ARCHIVE_BAD_HEADER)
def tar_pax_digits() -> bytes:
    """CVE-2024-6232: digits without end made the pattern for a length quadratic."""
    digits = pax(b"1" * 60_000) + stored("a.log", b"a\n")
    return digits + pax(b"0" * 60_000, b"g") + stored("b.log", b"b\n") + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_pax_malformed() -> bytes:
    wrong = [b"5 a=b\n", b"99 path=x\n", b"0 path=x\n", b" path=x\n", b"9 path\n\n\n"]
    parts = (pax(records) + stored(f"{at}.log", b"x\n") for at, records in enumerate(wrong))
    return b"".join(parts) + CANARY_TAR + END


@case(Code.LIMIT_PATH_LEN)
def tar_long_name() -> bytes:
    name = b"n" * (2 * MIB)
    long_names = stored("././@LongLink", name, b"L") + stored("short", b"x\n")
    return long_names + pax(record("path", name)) + stored("short", b"y\n") + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_bad_checksum_in_the_middle() -> bytes:
    damaged = bytearray(stored("x.log", b"x\n" * 2000))
    damaged[0] ^= 1
    return stored("first.log", b"1\n") + bytes(damaged) + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_bad_first_header() -> bytes:
    damaged = bytearray(stored("x.log", b"x\n"))
    damaged[100] ^= 1
    return bytes(damaged) + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_zeroed_in_the_middle() -> bytes:
    return stored("first.log", b"1\n") + bytes(512) + pad(b"lost\n" * 300) + CANARY_TAR + END


@case(Code.ARCHIVE_BAD_HEADER)
def tar_lone_block_of_zeros() -> bytes:
    return stored("first.log", b"1\n") + bytes(512) + CANARY_TAR + END


@case(Code.MEMBER_SPECIAL_SKIPPED)
def tar_sparse() -> bytes:
    header = bytearray(block("sparse.log", b"S", 512))
    header[386:410] = b"%011o\0%011o\0" % (1 << 30, 512)
    header[483:495] = b"%011o\0" % (1 << 32)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + pad(b"the stored part\n") + CANARY_TAR + END


@case(Code.MEMBER_SPECIAL_SKIPPED)
def tar_sparse_pax() -> bytes:
    records = record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0")
    records += record("GNU.sparse.name", "sparse.log") + record(
        "GNU.sparse.realsize", "1099511627776"
    )
    data = pad(b"1\n1099511627264\n16\n") + b"the stored part\n"
    return pax(records) + stored("GNUSparseFile.0/sparse.log", data) + CANARY_TAR + END


@case(Code.MEMBER_SPECIAL_SKIPPED)
def tar_sparse_pax_without_end() -> bytes:
    records = record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0")
    data = b"99999999999999\n" + b"1\n" * 5000
    return pax(records) + stored("sparse.log", data) + CANARY_TAR + END


@case(Code.ARCHIVE_TRUNCATED)
def tar_cut_at_a_header() -> bytes:
    return CANARY_TAR + stored("x.log", b"x\n")


@case(Code.ARCHIVE_TRUNCATED)
def tar_cut_in_a_member() -> bytes:
    return CANARY_TAR + stored("x.log", b"x\n" * 2000)[:2000]


@case(Code.ARCHIVE_TRUNCATED)
def tar_cut_in_a_header() -> bytes:
    return CANARY_TAR + stored("x.log", b"x\n")[:300]


@case(Code.ARCHIVE_TRAILING_DATA)
def tar_with_text_behind() -> bytes:
    return CANARY_TAR + END + b"scp: connection closed\n"


@case(Code.ARCHIVE_TRAILING_DATA)
def tar_before_a_zip() -> bytes:
    return CANARY_TAR + END + zipped({"hidden.log": b"x\n"})


@case(Code.ARCHIVE_EMPTY, canary=False)
def empty_file() -> bytes:
    return b""


@case(Code.ARCHIVE_EMPTY, canary=False)
def tar_of_zeros() -> bytes:
    return bytes(10240)


@case(Code.ARCHIVE_EMPTY, canary=False)
def tar_gz_of_zeros() -> bytes:
    return gzip.compress(bytes(10240))


@case(Code.ARCHIVE_EMPTY, canary=False)
def tar_of_directories() -> bytes:
    return block("pods/", b"5") + END


@case(Code.ARCHIVE_EMPTY, canary=False)
def zip_empty() -> bytes:
    return zipped({})
