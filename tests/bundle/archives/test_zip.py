"""Zip: what programs write, against the standard library, and every cut of it."""

from __future__ import annotations

import bz2
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Bundle, Member
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, FILES, Pipe, read, zipped

part = st.text(st.characters(codec="utf-8", categories=["L", "N", "S", "M"]), min_size=1)
path = st.lists(part, min_size=1, max_size=4).map("/".join)
content = st.binary(max_size=1500).map(lambda data: b"log: " + data)


@given(files=st.dictionaries(path, content, min_size=1, max_size=6), stored=st.booleans())
@settings(max_examples=60, deadline=None)
def test_reads_what_zipfile_reads(files, stored):
    data = zipped(files, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        expected = {info.filename: archive.read(info) for info in archive.infolist()}
    outcome = read(BytesIO(data))
    assert outcome.members == expected
    assert outcome.notes == []


def test_zip_written_to_a_pipe_has_its_sizes_behind_the_data():
    class Sink(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    outcome = read(sink.getvalue())
    assert (outcome.members, outcome.notes) == (FILES, [])


def test_directories_are_no_members():
    outcome = read(zipped({"pods/": b"", "pods/a.log": b"a\n"}))
    assert (outcome.members, outcome.notes) == ({"pods/a.log": b"a\n"}, [])


def test_bzip2_and_zstd_inside():
    data = bytearray(zipped({"a": bz2.compress(CANARY)}, zipfile.ZIP_STORED))
    for method, packed in ((12, bz2.compress(CANARY)), (93, zstandard.compress(CANARY))):
        data = bytearray(zipped({"a": packed}, zipfile.ZIP_STORED))
        at = data.index(b"PK\x01\x02")
        struct.pack_into("<H", data, at + 10, method)
        struct.pack_into("<L", data, at + 16, zlib.crc32(CANARY))
        struct.pack_into("<L", data, at + 24, len(CANARY))
        outcome = read(bytes(data))
        assert (outcome.members, outcome.notes) == ({"a": CANARY}, [])


def test_names_that_are_not_utf8_are_read_as_code_page_437():
    data = zipped({"aXb.log": b"x\n"}).replace(b"aXb.log", b"a\x81b.log")
    assert list(read(data).members) == ["aüb.log"]


def test_backslashes_of_dos_programs_are_separators():
    data = bytearray(zipped({"pods\\a.log": b"x\n"}))
    assert list(read(bytes(data)).members) == ["pods\\a.log"]
    data[data.index(b"PK\x01\x02") + 5] = 0
    assert list(read(bytes(data)).members) == ["pods/a.log"]


def test_unix_time_is_used_and_dos_time_is_not():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        info = zipfile.ZipInfo("with.log")
        info.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1758445200)
        archive.writestr(info, b"")
        archive.writestr("without.log", b"")
    members = [item for item in Bundle([BytesIO(data.getvalue())]) if isinstance(item, Member)]
    assert [member.modified for member in members] == [datetime(2025, 9, 21, 9, tzinfo=UTC), None]


def test_link_to_a_member_hides_nothing():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("pods/a.log", b"x\n")
        link = zipfile.ZipInfo("latest.log")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "pods/a.log")
    outcome = read(data.getvalue())
    assert outcome.members == {"pods/a.log": b"x\n"}
    assert outcome.codes == {Code.MEMBER_DUPLICATE}


def test_file_stands_anywhere_but_at_its_start():
    """A stream that was read from already cannot be sought back to what it no longer is."""
    data = BytesIO(b"HTTP/1.1 200 OK\r\n\r\n" + zipped(FILES))
    data.seek(19)
    assert read(data).members == FILES


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_cut_keeps_the_files_before_it(method):
    files = {f"pods/{at}.log": f"{at} runs on\n".encode() * 40 for at in range(5)}
    whole = zipped(files, method)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        ends = {
            info.filename: info.header_offset + 30 + len(info.filename) + info.compress_size
            for info in archive.infolist()
        }
    for cut in range(4, len(whole)):
        outcome = read(BytesIO(whole[:cut]))
        assert outcome.lost
        for name, end in ends.items():
            if end <= cut:
                assert outcome.members[name] == files[name]


def test_comment_is_no_trailing_data():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.log", b"a\n")
        archive.comment = b"collected by hand, with PK\x05\x06 in it"
    outcome = read(Pipe(data.getvalue()))
    assert (outcome.members, outcome.notes) == ({"a.log": b"a\n"}, [])
