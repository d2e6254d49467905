"""Compressed streams: nothing before the damage is lost, nothing behind it is invented."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import zlib
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle.compression import decode
from arclogs.model.coverage import Code
from tests.bundle.containers import read, tar

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = b"".join(
    b"2026-09-21T10:14:%02dZ stdout F request %x\n" % (at % 60, random.Random(at).getrandbits(40))
    for at in range(3000)
)
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
}
PIECES = [LOG[at : at + 40_000] for at in range(0, len(LOG), 40_000)]


@pytest.mark.parametrize("kind", PACK)
def test_concatenated_streams_are_one(kind):
    outcome = read(b"".join(PACK[kind](piece) for piece in PIECES))
    assert outcome.members == {"stdin": LOG}
    assert outcome.notes == []


@pytest.mark.parametrize("kind", PACK)
def test_garbage_behind_is_told(kind):
    outcome = read(PACK[kind](LOG) + b"garbage")
    assert outcome.members == {"stdin": LOG}
    assert outcome.codes == {Code.ARCHIVE_TRAILING_DATA}


@pytest.mark.parametrize("kind", ["gzip", "xz"])
def test_zeros_behind_are_padding(kind):
    outcome = read(PACK[kind](PIECES[0]) + bytes(512) + PACK[kind](PIECES[1]) + bytes(512))
    assert outcome.members == {"stdin": PIECES[0] + PIECES[1]}
    assert outcome.notes == []


@pytest.mark.parametrize("kind", PACK)
def test_every_cut_is_told_and_loses_nothing_before_it(kind):
    packed = PACK[kind](PIECES[0])
    for cut in range(10, len(packed), 61):  # with less of it, the signature is text like any
        outcome = read(packed[:cut])
        assert outcome.lost
        assert all(PIECES[0].startswith(data) for data in outcome.members.values())


def test_gzip_gives_what_was_packed_before_the_cut():
    packed = gzip.compress(LOG)
    for cut in range(20, len(packed), 997):
        expected = zlib.decompressobj(31).decompress(packed[:cut])
        given = b"".join(read(packed[:cut]).members.values())
        assert expected.startswith(given)
        assert len(expected) - len(given) <= 258  # ISA-L holds one symbol back


def test_gzip_gives_every_byte_before_a_bad_one():
    packed = bytearray(gzip.compress(LOG))
    for at in range(20, len(packed) - 8, 997):
        healthy = zlib.decompressobj(31).decompress(packed[:at])
        packed[at] ^= 0xFF
        outcome = read(bytes(packed))
        packed[at] ^= 0xFF
        assert outcome.lost
        assert b"".join(outcome.members.values()).startswith(healthy)


@pytest.mark.parametrize("kind", ["bzip2", "xz", "zstd"])
def test_damage_in_the_last_of_many_streams_costs_only_that(kind):
    packed = [bytearray(PACK[kind](piece)) for piece in PIECES]
    packed[-1][len(packed[-1]) // 2] ^= 0xFF
    outcome = read(b"".join(packed))
    assert outcome.lost
    assert outcome.members["stdin"].startswith(b"".join(PIECES[:-1]))


def test_wrong_checksum_of_one_gzip_member_does_not_end_the_file():
    first = bytearray(gzip.compress(PIECES[0]))
    first[-6] ^= 1
    outcome = read(bytes(first) + gzip.compress(PIECES[1]))
    assert outcome.members == {"stdin": PIECES[0] + PIECES[1]}
    assert outcome.codes == {Code.ARCHIVE_CRC}


def test_wrong_zstd_checksum_costs_nothing():
    packed = bytearray(PACK["zstd"](LOG))
    packed[-1] ^= 1
    outcome = read(bytes(packed))
    assert outcome.members == {"stdin": LOG}
    assert outcome.codes == {Code.ARCHIVE_CRC}


def test_zstd_skips_what_is_to_be_skipped():
    skippable = b"\x50\x2a\x4d\x18\x05\x00\x00\x00hello"
    outcome = read(skippable + PACK["zstd"](PIECES[0]) + skippable + PACK["zstd"](PIECES[1]))
    assert outcome.members == {"stdin": PIECES[0] + PIECES[1]}
    assert outcome.notes == []


@pytest.mark.parametrize("level", [1, 19])
def test_zstd_in_every_shape(level):
    for data in (b"", b"x", bytes(1 << 20), LOG * 5, random.Random(1).randbytes(300_000)):
        packed = zstandard.ZstdCompressor(level=level, write_content_size=False).compress(data)
        stream = zstandard.ZstdCompressor(level=level).compressobj()
        for each in (packed, stream.compress(data) + stream.flush()):
            outcome = read(tar({"a.log.zst": zstandard.compress(b"log\n") + each}))
            assert (outcome.members, outcome.notes) == ({"a.log": b"log\n" + data}, [])


def test_standard_library_does_the_same_without_isal(monkeypatch):
    monkeypatch.setattr(decode, "engine", zlib)
    packed = gzip.compress(LOG * 20)
    assert read(packed).members == {"stdin": LOG * 20}
    assert read(packed[:-500]).codes == {Code.ARCHIVE_TRUNCATED}


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=400), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_damaged_streams_never_raise(kind, noise, at):
    packed = PACK[kind](PIECES[0])
    read(packed[:at] + noise)
    read(packed[:at] + noise + packed[at + len(noise) :])
