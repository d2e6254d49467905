"""Which files a zip holds: by its directory, or by local headers where that is lost.

Python's zipfile reads a directory of any size at once and gives up a cut file whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle.archives.zip_records import (
    DESCRIPTOR,
    END,
    END64,
    END64_RECORD,
    END_RECORD,
    LISTED,
    LOCAL,
    LOCATOR64,
    LOCATOR64_RECORD,
    SIZES_FOLLOW,
    File,
    name_text,
    read_listed,
    read_local,
)
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.container import Container
    from arclogs.bundle.disk import Disk

_LONGEST_COMMENT = 0xFFFF


class _Directory(Struct, frozen=True):
    start: int
    size: int
    count: int
    shift: int
    """How much further back everything lies than it says: bytes put in front of the zip."""
    end: int
    """Where the zip ends."""


def find_files(disk: Disk, box: Container) -> Iterator[File]:
    """Yield the files in the order in which they lie in the zip."""
    directory = _find(disk, box)
    if directory is not None and _fits(disk, directory):
        if directory.end < disk.size:
            detail = f"{disk.size - directory.end} bytes follow the zip; they are ignored"
            box.note(Code.ARCHIVE_TRAILING_DATA, detail)
        return iter(sorted(_listed(disk, directory, box), key=lambda file: file.offset))
    if directory is None:
        detail = "the zip is cut off before its directory; its files are searched one by one"
        box.note(Code.ARCHIVE_TRUNCATED, detail)
    else:
        detail = "the directory is not that of this zip; its files are searched one by one"
        box.note(Code.ARCHIVE_CORRUPT, detail)
    return _recover(disk, box)


def _find(disk: Disk, box: Container) -> _Directory | None:
    """Find the directory by the last end record that fits in, None if there is none."""
    tail_at = max(0, disk.size - END_RECORD.size - _LONGEST_COMMENT)
    tail = disk.at(tail_at, disk.size - tail_at)
    found = tail.rfind(END)
    while found >= 0:
        record = tail[found : found + END_RECORD.size]
        if len(record) == END_RECORD.size:
            _, count, size, start, comment = END_RECORD.unpack(record)
            at, end = tail_at + found, tail_at + found + END_RECORD.size + comment
            if end <= disk.size:
                plain = _Directory(at - size, size, count, at - size - start, end)
                return _find64(disk, at, end, box) or plain
        found = tail.rfind(END, 0, found)
    return None


def _find64(disk: Disk, end_at: int, end: int, box: Container) -> _Directory | None:
    """Read the zip64 end record, if there is one."""
    locator_at = end_at - LOCATOR64_RECORD.size
    locator = disk.at(locator_at, LOCATOR64_RECORD.size) if locator_at >= 0 else b""
    if not locator.startswith(LOCATOR64):
        return None
    (_, stated) = LOCATOR64_RECORD.unpack(locator)
    for at in (locator_at - END64_RECORD.size, stated):
        record = disk.at(at, END64_RECORD.size) if 0 <= at < end_at else b""
        if len(record) == END64_RECORD.size and record.startswith(END64):
            _, count, size, start = END64_RECORD.unpack(record)
            shift = at - size - start
            if at != stated + shift:  # CVE-2025-8291: programs disagree on what is in such a file
                box.note(Code.ARCHIVE_CORRUPT, "the zip64 locator points elsewhere; not followed")
            return _Directory(at - size, size, count, shift, end)
    box.note(Code.ARCHIVE_CORRUPT, "the zip64 locator points to nothing")
    return None


def _fits(disk: Disk, directory: _Directory) -> bool:
    """Tell whether the directory belongs to this file and begins where it should."""
    if directory.start < 0 or directory.shift < 0:
        return False
    # A cut zip whose last file is a zip itself ends in a directory that is not its own.
    if directory.shift and disk.at(0, len(LOCAL)) == LOCAL:
        return False
    return not directory.size or disk.at(directory.start, len(LISTED)) == LISTED


def _listed(disk: Disk, directory: _Directory, box: Container) -> list[File]:
    stream = Stream(disk.pieces(directory.start, directory.size), box.label, box.reading)
    found: list[File] = []
    while file := read_listed(stream, directory.shift):
        if not box.reading.admits(box.label):
            return found
        found.append(file)
    if (len(found) - directory.count) % 0x10000:  # the count of a plain zip wraps around
        detail = f"the directory lists {len(found)} files, its end says {directory.count}"
        box.note(Code.ARCHIVE_CORRUPT, detail)
    return found


def _recover(disk: Disk, box: Container) -> Iterator[File]:
    """Find files by their local headers."""
    at = disk.find(LOCAL, 0)
    while at >= 0 and box.reading.admits(box.label):
        local = read_local(disk, at)
        if local is None or not local.name:
            at = disk.find(LOCAL, at + len(LOCAL))
            continue
        shown = name_text(local.name, local.flags)
        if local.flags & SIZES_FOLLOW and not local.packed:
            packed = _until_next(disk, local.data) - local.data
            yield File(local.name, shown, at, local.flags, local.method, packed, None, None)
        else:
            packed = local.packed
            yield File(
                local.name, shown, at, local.flags, local.method, packed, local.size, local.crc
            )
        at = disk.find(LOCAL, local.data + packed)


def _until_next(disk: Disk, start: int) -> int:
    """Return where data of unknown size ends at the latest: before the next record."""
    end = disk.find(LOCAL, start)
    if end < 0:
        end = disk.find(LISTED, start)
    if end < 0:
        end = disk.size
    for length in (16, 24):  # the descriptor that follows the data, in two widths
        if end - length >= start and disk.at(end - length, 4) == DESCRIPTOR:
            return end - length
    return end
