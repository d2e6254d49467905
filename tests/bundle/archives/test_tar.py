"""Tar: all formats against the standard library, and details that it does not know."""

from __future__ import annotations

import gzip
import tarfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Bundle, Member
from arclogs.bundle.archives.tar_extended import parse_records
from arclogs.bundle.archives.tar_header import parse
from arclogs.model.coverage import Code
from tests.bundle.containers import END, base256, block, pad, pax, read, record, stored, tar

FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}

part = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "S", "M"]), min_size=1, max_size=60
)
path = st.lists(part, min_size=1, max_size=8).map("/".join)
content = st.binary(max_size=1500).map(lambda data: b"log: " + data)  # no archive by chance


def by_tarfile(data: bytes) -> dict[str, bytes]:
    found = {}
    with tarfile.open(fileobj=BytesIO(data)) as archive:
        for info in archive:
            opened = archive.extractfile(info)
            found[info.name] = opened.read() if opened else b""
    return found


@pytest.mark.parametrize("tar_format", FORMATS)
@given(files=st.dictionaries(path, content, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_reads_what_tarfile_reads(tar_format, files):
    try:
        data = tar(files, FORMATS[tar_format])
    except ValueError:  # a name too long for ustar
        return
    outcome = read(data)
    assert outcome.members == by_tarfile(data) == files
    assert outcome.notes == []


@pytest.mark.parametrize("length", [99, 100, 101, 155, 156, 255, 256, 257, 1000])
@pytest.mark.parametrize("tar_format", ["gnu", "pax"])
def test_names_of_every_length(tar_format, length):
    names = ["n" * length, "d/" * (length // 2) + "x"]
    files = {name: b"x\n" for name in names if name.count("/") < 128}
    assert read(tar(files, FORMATS[tar_format])).members == files


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 10_000])
def test_sizes_around_a_block(size):
    files = {"a": b"a" * size, "b": b"b"}
    assert read(tar(files)).members == files


def test_version_7_has_no_magic():
    header = bytearray(block("old.log", b"\0", 4))
    header[257:265] = bytes(8)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    directory = bytes(block("d/", b"\0"))
    outcome = read(bytes(header) + pad(b"old\n") + directory + END)
    assert outcome.members == {"old.log": b"old\n"}
    assert outcome.notes == []


def test_checksum_of_signed_bytes_is_accepted():
    header = bytearray(block("\u00e9.log", b"0", 2))
    header[148:156] = b" " * 8
    signed = sum(byte - 256 if byte > 127 else byte for byte in header)
    header[148:156] = b"%06o\0 " % signed
    assert read(bytes(header) + pad(b"x\n") + END).members == {"\u00e9.log": b"x\n"}


def test_binary_sizes():
    data = block("x.log", size=base256(2)) + pad(b"x\n") + END
    assert read(data).members == {"x.log": b"x\n"}


def test_size_that_only_pax_can_tell():
    data = pax(record("size", "4")) + block("x.log", size=0) + pad(b"abc\n") + END
    outcome = read(data)
    assert (outcome.members, outcome.notes) == ({"x.log": b"abc\n"}, [])


def test_pax_records_apply_to_one_member_global_ones_to_all():
    data = pax(record("mtime", "1758445200.5"), b"g") + stored("a", b"a")
    data += pax(record("mtime", "1758445201") + record("path", "long")) + stored("b", b"b")
    data += stored("c", b"c") + END
    members = [item for item in Bundle([BytesIO(data)]) if isinstance(item, Member)]
    assert [member.name for member in members] == ["a", "long", "c"]
    assert [member.modified for member in members] == [
        datetime(2025, 9, 21, 9, 0, second, tzinfo=UTC) for second in (0, 1, 0)
    ]


@pytest.mark.parametrize("value", ["nan", "1e400", "-1", "9" * 30, "", "\u0661"])
def test_odd_times_are_no_reason_to_stop(value):
    outcome = read(pax(record("mtime", value)) + stored("a", b"a") + END)
    assert (outcome.members, outcome.notes) == ({"a": b"a"}, [])


def test_links_to_members_hide_nothing():
    data = stored("pods/a/0.log", b"x\n")
    data += block("containers/a.log", b"2", target="../pods/a/0.log")
    data += block("latest", b"2", target="pods/a") + block("hard.log", b"1", target="pods/a/0.log")
    outcome = read(data + END)
    assert outcome.members == {"pods/a/0.log": b"x\n"}
    assert outcome.codes == {Code.MEMBER_DUPLICATE}
    assert len(outcome.notes) == 3


@pytest.mark.parametrize("kind", [b"1", b"2", b"5"])
@pytest.mark.parametrize("payload", [b"", b"data of a link\n" * 50])
def test_links_and_directories_with_a_size(kind, payload):
    data = block("odd", kind, 750, target="a") + pad(payload) + stored("b", b"b") + END
    outcome = read(data)
    assert outcome.members == {"b": b"b"}
    assert Code.ARCHIVE_BAD_HEADER not in outcome.codes


def test_leading_dot_and_double_slashes_are_no_part_of_a_name():
    assert list(read(stored("./a//b/./c.log", b"") + END).members) == ["a/b/c.log"]


def test_metadata_of_macos_is_left_out():
    double = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    files = {"._x.log": double, "__MACOSX/._x.log": double, "._real.log": b"a log\n"}
    files |= {".DS_Store": b"\x00\x00\x00\x01Bud1", "x.log": b"x\n"}
    outcome = read(tar(files))
    assert outcome.members == {"._real.log": b"a log\n", "x.log": b"x\n"}
    assert outcome.notes == []
    assert outcome.bundle.sha256 == read(tar(outcome.members)).bundle.sha256


def test_old_sparse_map_that_goes_on_in_further_blocks():
    header = bytearray(block("sparse.log", b"S", 3))
    header[482] = 1
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    more = bytes(504) + b"\1" + bytes(7) + bytes(512)
    outcome = read(bytes(header) + more + pad(b"abc") + stored("b", b"b") + END)
    assert outcome.members == {"sparse.log": b"abc", "b": b"b"}


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_pax_records_never_raise(data):
    records, _ = parse_records(data)
    assert all(len(key) + len(value) < len(data) for key, value in records.items())


@given(st.binary(min_size=512, max_size=512))
@settings(max_examples=60)
def test_headers_never_raise(data):
    checksum = b"%06o\0 " % (sum(data[:148]) + sum(data[156:]) + 256)
    header = parse(data[:148] + checksum + data[156:])
    assert header is None or header.size >= 0


def test_every_cut_keeps_the_members_before_it():
    files = {f"pods/{at}.log": bytes([65 + at]) * 700 for at in range(4)}
    whole = tar(files, tarfile.USTAR_FORMAT)
    for cut in range(0, len(whole) - 1024, 97):
        outcome = read(whole[:cut])
        # 2048 bytes a member: header and two blocks of data.
        before = [name for at, name in enumerate(files) if at * 1536 + 512 + 700 <= cut]
        assert {name: outcome.members[name] for name in before} == {n: files[n] for n in before}
        ended = cut >= len(files) * 1536 + 1024
        assert bool(outcome.lost) is not ended


def test_every_cut_of_a_gzipped_tar_keeps_the_members_before_it():
    files = {f"pods/{at}.log": f"{at} runs\n".encode() * 60 for at in range(6)}
    whole = tar(files, tarfile.USTAR_FORMAT)
    packed = gzip.compress(whole)
    for cut in range(len(packed)):
        outcome = read(packed[:cut])
        assert outcome.lost
        for name, data in outcome.members.items():
            assert files.get(name, whole).startswith(data)
    assert read(packed).notes == []


def test_sparse_map_that_is_all_there_is():
    records = record("GNU.sparse.major", "1") + record("GNU.sparse.minor", "0")
    data = pax(records) + stored("sparse.log", b"1\n0\n0\n") + stored("b", b"b") + END
    members = [item for item in Bundle([BytesIO(data)]) if isinstance(item, Member)]
    assert [(member.name, member.size) for member in members] == [("sparse.log", 0), ("b", 1)]
