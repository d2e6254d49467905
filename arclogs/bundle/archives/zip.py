"""Zip files: what their directory lists, read in place and checked against what is there."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from arclogs.bundle.archives.zip_directory import find_files
from arclogs.bundle.archives.zip_records import ENCRYPTED, File, LocalHeader, read_local
from arclogs.bundle.compression.compressed import bunzip2, guarded, inflate
from arclogs.bundle.compression.decode import engine
from arclogs.bundle.compression.zstd import unzstd
from arclogs.bundle.container import Entry
from arclogs.bundle.disk import Disk
from arclogs.bundle.names import decode
from arclogs.bundle.reading import Damage
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from arclogs.bundle.container import Container

_METHODS: dict[int, Callable[[Stream], Iterator[bytes]]] = {
    0: iter,
    8: inflate,
    12: bunzip2,
    93: unzstd,
}
_METHOD_NAMES = {9: "Deflate64", 14: "LZMA", 95: "XZ", 98: "PPMd", 99: "AES"}
_LONGEST_TARGET = 4096


def entries(file: BinaryIO, box: Container) -> Iterator[Entry]:
    """Yield the files of a zip; each is to be read before the next is asked for."""
    try:
        yield from _entries(Disk(file, box.label, box.reading), box)
    except Damage as damage:
        box.note(damage.code, damage.detail)
    except MemoryError:
        box.note(Code.LIMIT_MEMORY, "not enough memory to go on reading")
    box.finish()


def _entries(disk: Disk, box: Container) -> Iterator[Entry]:
    taken = overlapping = 0
    for file in find_files(disk, box):
        local = read_local(disk, file.offset)
        if local is None:
            box.note_on(file.shown, Code.ARCHIVE_CORRUPT, "its data is not where the zip says")
        elif file.offset < taken:
            overlapping += 1
        else:
            taken = local.data + file.packed
            yield from _entry(disk, file, local, box)
        if box.reading.stopped:
            return
    if overlapping:  # CVE-2024-0450: one piece of data made to count many times
        detail = f"{overlapping} files lie inside the data of others and are not read"
        box.note(Code.ARCHIVE_CORRUPT, detail)


def _entry(disk: Disk, file: File, local: LocalHeader, box: Container) -> Iterator[Entry]:
    if file.name != local.name:
        detail = f"its own header calls it {box.shown(decode(local.name))}"
        box.note_on(file.shown, Code.ARCHIVE_CORRUPT, detail)
    if file.shown.endswith("/") and not file.size:
        return
    if file.flags & ENCRYPTED:
        box.note_on(file.shown, Code.ARCHIVE_ENCRYPTED, "encrypted; pack it without a password")
        return
    if file.method not in _METHODS:
        name = _METHOD_NAMES.get(file.method, "unknown")
        detail = f"packed by method {file.method} ({name}); pack it with Deflate"
        box.note_on(file.shown, Code.ARCHIVE_UNSUPPORTED, detail)
        return
    kind = stat.S_IFMT(file.mode)
    if kind == stat.S_IFLNK:
        target = Stream(_content(disk, file, local, box), box.label, box.reading)
        box.symlink(file.shown, decode(target.read(_LONGEST_TARGET)))
    elif kind not in (0, stat.S_IFREG):
        box.special(file.shown, "a device, FIFO or socket")
    else:
        name = box.file(file.shown)
        stream = Stream(_content(disk, file, local, box), name, box.reading)
        yield Entry(name, stream, f"{name}!/", file.size, file.modified, box.depth)


def _content(disk: Disk, file: File, local: LocalHeader, box: Container) -> Iterator[bytes]:
    packed = Stream(disk.pieces(local.data, file.packed), file.shown, box.reading)
    crc = size = 0
    for piece in guarded(_METHODS[file.method](packed), packed):
        crc = engine.crc32(piece, crc)
        size += len(piece)
        yield piece
    if file.size is not None and size < file.size and local.data + file.packed > disk.size:
        raise Damage(Code.ARCHIVE_TRUNCATED, f"only {size} of {file.size} bytes are there")
    if file.crc is not None and crc != file.crc:
        raise Damage(Code.ARCHIVE_CRC, "the checksum is wrong: some bytes are not the original")
    if file.size is not None and size != file.size:
        raise Damage(Code.ARCHIVE_CORRUPT, f"the zip says {file.size} bytes, {size} are there")
