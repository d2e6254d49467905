"""Tar archives, read from front to back without a seek.

The reader assumes damage: a header that is none is searched past in steps of one block, data after
the end mark is looked at, and a missing end mark is noted. Python's tarfile does none of this and
says nothing (hence a reader of our own). Formats: see `tar_header` and `tar_extended`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.archives import tar_extended
from arclogs.bundle.archives.tar_header import BLOCK, ZEROS, Header, name_field, padded, parse
from arclogs.bundle.container import Entry, modified_at
from arclogs.bundle.names import decode
from arclogs.bundle.reading import Damage
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.archives.tar_extended import Described
    from arclogs.bundle.container import Container

_SPECIAL = {b"3": "a character device", b"4": "a block device", b"6": "a FIFO"}
_HEADERS_PER_ENTRY = 4  # long name, long link target, pax record, the header itself


def entries(stream: Stream, box: Container) -> Iterator[Entry]:
    """Yield the files of an archive; each is to be read before the next is asked for."""
    everywhere: dict[bytes, bytes] = {}
    here: dict[bytes, bytes] = {}
    for header in _headers(stream, box):
        if header.type in tar_extended.TYPES:
            target = everywhere if header.type == b"g" else here
            target.update(tar_extended.read(header, stream, box))
            continue
        described = tar_extended.describe(header, everywhere | here, box)
        here = {}
        if not box.reading.admits(box.label):
            return
        yield from _entry(header, described, stream, box)
    box.finish()


def _entry(header: Header, described: Described, stream: Stream, box: Container) -> Iterator[Entry]:
    name, size = described.name, described.size
    match header.type:
        case b"1":
            box.hardlink(name, described.target)
        case b"2":
            box.symlink(name, described.target)
        case b"3" | b"4" | b"6":
            box.special(name, _SPECIAL[header.type])
        case b"5":
            pass
        case b"D" | b"V":  # a directory with its listing, a volume label
            stream.skip(padded(size))
        case kind if kind.isupper() and kind != b"S":
            box.special(name, f"an entry of unknown type {kind.decode()}")
            stream.skip(padded(size))
        case _:
            # The first programs had no type for directories, but a slash at the end.
            if size or not name.endswith("/"):
                yield from _file(header, described, stream, box)
            return
    if _data_follows(stream):
        stream.skip(padded(size))


def _file(header: Header, described: Described, stream: Stream, box: Container) -> Iterator[Entry]:
    size = described.size
    tar_extended.skip_old_sparse_map(header, stream)
    end = stream.position + padded(size)
    if described.sparse:
        detail = "a sparse file: its stored bytes are read, its holes left out"
        box.note_on(described.name, Code.MEMBER_SPECIAL_SKIPPED, detail)
        if described.sparse_map:
            size -= tar_extended.skip_sparse_map(size, stream)
    name = box.file(described.name)
    data = Stream(_data(stream, size), name, box.reading)
    yield Entry(name, data, f"{name}!/", size, modified_at(described.mtime), box.depth)
    stream.skip(end - stream.position)


def _data(stream: Stream, size: int) -> Iterator[bytes]:
    left = size
    for piece in stream.take(size):
        left -= len(piece)
        yield piece
    if left > 0:
        raise Damage(Code.ARCHIVE_TRUNCATED, f"only {size - left} of {size} bytes are there")


def _data_follows(stream: Stream) -> bool:
    """Tell whether a link or directory has data: most programs that give it a size write none."""
    following = stream.peek(BLOCK)
    return bool(following.strip(b"\x00")) and parse(following) is None


def _headers(stream: Stream, box: Container) -> Iterator[Header]:
    """Yield each header; the caller moves the stream past its data before the next."""
    gap = _Gap(box)
    budget = box.reading.limits.members * _HEADERS_PER_ENTRY
    while len(block := stream.read(BLOCK)) == BLOCK:
        if block == ZEROS:
            gap.zeros(1 + _skip_zeros(stream))
        elif (header := parse(block)) is None:
            gap.garbage(block)
        else:
            gap.close_before(header)
            gap = _Gap(box)
            budget -= 1
            if budget < 0:
                detail = "too many headers without files; the rest is not read"
                box.note(Code.LIMIT_MEMBERS, detail)
                return
            yield header
    if block.strip(b"\x00"):
        gap.garbage(block)
    gap.close_at_end(stream)


def _skip_zeros(stream: Stream) -> int:
    """Skip blocks of zeros, of which there may be gigabytes, and return their number."""
    count = 0
    while data := stream.read(256 * BLOCK):
        blocks = (len(data) - len(data.lstrip(b"\x00"))) // BLOCK
        count += blocks
        if blocks * BLOCK < len(data):
            stream.give_back(len(data) - blocks * BLOCK)
            break
    return count


class _Gap:
    """What lies between one member and the next header or the end.

    All is well if that is nothing before a header, and an end mark of two zero blocks at the end.
    """

    def __init__(self, box: Container) -> None:
        self._box = box
        self._lone_zeros = False
        self._ended = False
        self._lost = 0
        self._behind_end = 0
        self._damaged = ""

    def zeros(self, blocks: int) -> None:
        self._ended = self._ended or blocks > 1
        self._lone_zeros = blocks == 1

    def garbage(self, block: bytes) -> None:
        if not self._damaged and block[257:262] == b"ustar" and (name := name_field(block)):
            self._damaged = f"the header of {self._box.shown(decode(name))} is damaged: "
        if self._ended:
            self._behind_end += len(block)
        else:
            self._lost += len(block)

    def close_before(self, header: Header) -> None:
        lost = self._lost + self._behind_end
        if not (lost or self._ended or self._lone_zeros):
            return
        name = self._box.shown(decode(header.name))
        if lost:
            detail = f"{self._damaged}{lost} bytes up to {name} are lost"
            self._box.note(Code.ARCHIVE_BAD_HEADER, detail)
        elif self._ended:
            detail = f"a second tar archive follows the first, from {name} on; it is read too"
            self._box.note(Code.ARCHIVE_TRAILING_DATA, detail)
        else:
            detail = f"zeros stand where a header belongs, before {name}"
            self._box.note(Code.ARCHIVE_BAD_HEADER, detail)

    def close_at_end(self, stream: Stream) -> None:
        if self._lost:
            detail = f"{self._damaged}the last {self._lost} bytes are lost"
            self._box.note(Code.ARCHIVE_BAD_HEADER, detail)
        if self._behind_end:
            detail = (
                f"{self._behind_end} bytes that are no tar follow the archive; they are ignored"
            )
            self._box.note(Code.ARCHIVE_TRAILING_DATA, detail)
        if not self._ended and not stream.broken:
            self._box.note(Code.ARCHIVE_TRUNCATED, "the archive has no end mark; collect it again")
