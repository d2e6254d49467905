"""Gzip: framed here, decoded as raw deflate.

    1f 8b 08 flags mtime(4) xfl os [extra] [name] [comment] [crc16] | deflate | crc32 size

The framing is ours so that a wrong checksum costs nothing (all bytes are out before it is looked
at), and so that concatenated members and what follows them are seen. Format: RFC 1952.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.compression.decode import Inflater, decode, engine
from arclogs.bundle.reading import Damage
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.stream import Stream

_MAGIC = b"\x1f\x8b\x08"
_EXTRA, _NAME, _COMMENT, _HEADER_CRC = 4, 8, 16, 2


def gunzip(stream: Stream) -> Iterator[bytes]:
    """Yield what a gzip file holds: one member after the other, without their framing."""
    sound = True
    while True:
        _skip_header(stream)
        crc = size = 0
        for piece in decode(Inflater, stream, "gzip"):
            crc = engine.crc32(piece, crc)
            size += len(piece)
            yield piece
        trailer = stream.read(8)
        if len(trailer) < 8:
            raise Damage(Code.ARCHIVE_TRUNCATED, "the gzip checksum is cut off")
        expected = crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
        sound = sound and trailer == expected
        if not _another_member(stream):
            break
    if not sound:
        raise Damage(
            Code.ARCHIVE_CRC, "the gzip checksum is wrong: some bytes are not the original"
        )
    if stream.peek(1):
        raise Damage(Code.ARCHIVE_TRAILING_DATA, "data that is no gzip follows; it is ignored")


def _skip_header(stream: Stream) -> None:
    header = stream.read(10)
    flags = header[3] if len(header) == 10 else 0
    if flags & _EXTRA:
        stream.skip(int.from_bytes(stream.read(2), "little"))
    for _ in range(bool(flags & _NAME) + bool(flags & _COMMENT)):
        _skip_text(stream)
    if flags & _HEADER_CRC:
        stream.skip(2)


def _skip_text(stream: Stream) -> None:
    limit = stream.reading.limits.header_bytes
    while data := stream.some(4096):
        end = data.find(b"\x00")
        if end >= 0:
            stream.give_back(len(data) - end - 1)
            return
        limit -= len(data)
        if limit < 0:
            raise Damage(Code.LIMIT_HEADER_BYTES, "a gzip header without end")


def _another_member(stream: Stream) -> bool:
    """Skip zeros that pad the file and tell whether a further gzip member begins."""
    while data := stream.some(4096):
        padding = len(data) - len(data.lstrip(b"\x00"))
        if padding < len(data):
            stream.give_back(len(data) - padding)
            break
    magic = stream.peek(3)
    if magic != _MAGIC and sum(a == b for a, b in zip(magic, _MAGIC, strict=False)) == 2:
        raise Damage(Code.ARCHIVE_CORRUPT, "the header of a further gzip member is damaged")
    return magic == _MAGIC
