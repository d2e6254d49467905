"""Zstandard, decoded block by block.

    28 b5 2f fd | descriptor [window] [dictionary] [size] | block… | [checksum 4]
    block: 3 bytes little endian, last(1) type(2) size(21), then the data

The frame is walked here because the library bounds neither what one call makes nor tells a cut
frame from a whole one; a block holds 128 KiB at most. Format: RFC 8878.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.reading import Damage
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.stream import Stream

_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # behind a byte 0x50-0x5f
_RLE, _RESERVED = 1, 3


def unzstd(stream: Stream) -> Iterator[bytes]:
    """Yield what all frames hold, one after the other."""
    while magic := stream.read(4):
        if magic == _MAGIC:
            yield from _frame(stream)
        elif magic[1:] == _SKIPPABLE and magic[0] >> 4 == 5:
            stream.skip(int.from_bytes(_exactly(stream, 4), "little"))
        elif len(magic) < 4:
            raise Damage(Code.ARCHIVE_TRUNCATED, "a zstd frame is cut off")
        else:
            raise Damage(Code.ARCHIVE_TRAILING_DATA, "data that is no zstd follows; it is ignored")


def _frame(stream: Stream) -> Iterator[bytes]:
    import zstandard  # 8 ms, and few bundles are .zst

    limit = stream.reading.limits.decoder_bytes
    decoder = zstandard.ZstdDecompressor(max_window_size=limit).decompressobj()
    header, has_checksum = _header(stream)
    try:
        yield decoder.decompress(_MAGIC + header)
        for block in _blocks(stream):
            yield decoder.decompress(block)
        if has_checksum:
            yield decoder.decompress(_exactly(stream, 4))
    except zstandard.ZstdError as error:
        raise _damage(str(error)) from None


def _damage(message: str) -> Damage:
    if "memory" in message:
        return Damage(Code.LIMIT_MEMORY, "the zstd stream asks for too much memory")
    if "checksum" in message:
        return Damage(
            Code.ARCHIVE_CRC, "the zstd checksum is wrong: some bytes are not the original"
        )
    return Damage(Code.ARCHIVE_CORRUPT, "bad zstd data")


def _header(stream: Stream) -> tuple[bytes, bool]:
    descriptor = _exactly(stream, 1)[0]
    single_segment = descriptor >> 5 & 1
    window = 0 if single_segment else 1
    dictionary = (0, 1, 2, 4)[descriptor & 3]
    content_size = (single_segment, 2, 4, 8)[descriptor >> 6]
    rest = _exactly(stream, window + dictionary + content_size)
    return bytes([descriptor]) + rest, bool(descriptor >> 2 & 1)


def _blocks(stream: Stream) -> Iterator[bytes]:
    last = False
    while not last:
        head = _exactly(stream, 3)
        field = int.from_bytes(head, "little")
        last, kind, size = bool(field & 1), field >> 1 & 3, field >> 3
        if kind == _RESERVED or size > 128 * 1024:
            raise Damage(Code.ARCHIVE_CORRUPT, "bad zstd block")
        yield head + _exactly(stream, 1 if kind == _RLE else size)


def _exactly(stream: Stream, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise Damage(Code.ARCHIVE_TRUNCATED, "the zstd data breaks off")
    return data
