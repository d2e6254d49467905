"""Compressed streams as streams: gzip, zstd, bzip2, xz.

What comes out is counted against what went in, so that a bomb ends early.
"""

from __future__ import annotations

import bz2
import lzma
from typing import TYPE_CHECKING

from arclogs.bundle.compression.decode import Decoder, Inflater, decode
from arclogs.bundle.compression.gzip import gunzip
from arclogs.bundle.compression.zstd import unzstd
from arclogs.bundle.magic import Kind
from arclogs.bundle.reading import Damage
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIXES = {
    Kind.GZIP: (".gz", ".gzip"),
    Kind.ZSTD: (".zst", ".zstd"),
    Kind.BZIP2: (".bz2",),
    Kind.XZ: (".xz",),
}


def decompress(kind: Kind, stream: Stream) -> Stream:
    """Return what a compressed stream holds; its damage is noted under the same name."""
    return Stream(guarded(_DECODERS[kind](stream), stream), stream.name, stream.reading, stream)


def without_suffix(kind: Kind, name: str) -> str:
    """Return the name of the file inside: `0.log.20260921-100000.gz` is a log."""
    for suffix in _SUFFIXES[kind]:
        stem = name[: -len(suffix)]
        if name.lower().endswith(suffix) and not stem.endswith("/") and stem:
            return stem
    return name


def guarded(pieces: Iterator[bytes], packed: Stream) -> Iterator[bytes]:
    """Pass pieces on while they stay within the budget, counted against the bytes they cost."""
    reading = packed.reading
    limits = reading.limits
    start = packed.position
    made = 0
    for piece in pieces:
        made += len(piece)
        reading.spend(len(piece), packed.name)
        yield piece
        if made > limits.member_bytes and made > limits.ratio * (packed.position - start):
            detail = f"{made} bytes came out of {packed.position - start}: a bomb, not read further"
            raise Damage(Code.LIMIT_RATIO, detail)


def inflate(stream: Stream) -> Iterator[bytes]:
    """Yield what raw deflate holds."""
    return decode(Inflater, stream, "deflate")


def bunzip2(stream: Stream) -> Iterator[bytes]:
    """Yield what all streams of a bzip2 file hold."""
    return _concatenated(bz2.BZ2Decompressor, stream, "bzip2", b"BZh")


def unxz(stream: Stream) -> Iterator[bytes]:
    """Yield what all streams of an xz file hold."""
    limit = stream.reading.limits.decoder_bytes

    def decoder() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=limit)

    return _concatenated(decoder, stream, "xz", b"\xfd7z")


def _concatenated(
    make: Callable[[], Decoder], stream: Stream, what: str, magic: bytes
) -> Iterator[bytes]:
    while True:
        yield from decode(make, stream, what)
        while stream.peek(4) == bytes(4):  # xz pads with multiples of four zeros
            stream.read(4)
        if stream.peek(3) != magic:
            break
    if stream.peek(1):
        detail = f"data that is no {what} follows; it is ignored"
        raise Damage(Code.ARCHIVE_TRAILING_DATA, detail)


_DECODERS: dict[Kind, Callable[[Stream], Iterator[bytes]]] = {
    Kind.GZIP: gunzip,
    Kind.ZSTD: unzstd,
    Kind.BZIP2: bunzip2,
    Kind.XZ: unxz,
}
