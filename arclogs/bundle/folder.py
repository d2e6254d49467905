"""Folders: a sorted walk that follows no link and opens nothing but files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle import files
from arclogs.bundle.container import Entry, modified_at
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.container import Container


class Found(Struct, frozen=True):
    """A regular file, not yet opened."""

    path: Path
    name: str
    size: int
    mtime: float


def scan(folder: Path, box: Container) -> list[Found]:
    """List the files below a folder, in order of their names; note what is no file."""
    found: list[Found] = []
    waiting = [(folder, "")]
    while waiting:
        path, name = waiting.pop()
        for entry in _listing(path, name, box):
            if not box.reading.admits(box.label):
                return found
            inner = f"{name}/{entry.name}" if name else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), inner))
            else:
                found.extend(_look_at(entry, inner, box))
    return sorted(found, key=lambda file: file.name)


def entries(found: list[Found], box: Container) -> Iterator[Entry]:
    """Yield the files; each is to be read before the next is asked for."""
    for file in found:
        if box.reading.stopped:
            return
        name = box.file(file.name)
        try:
            with files.open_listed(file.path) as opened:
                pieces = files.pieces(opened, name, box.reading, watch=True)
                stream = Stream(pieces, name, box.reading)
                modified = modified_at(file.mtime)
                yield Entry(name, stream, f"{name}!/", file.size, modified, box.depth, opened)
        except OSError as error:
            box.reading.note(name, files.code(error), f"not opened: {files.reason(error)}")
    box.finish()


def _listing(path: Path, name: str, box: Container) -> list[os.DirEntry[str]]:
    if name.count("/") >= box.reading.limits.path_parts:
        box.note_on(name, Code.LIMIT_PATH_LEN, "folders nested too deep; not entered")
        return []
    try:
        with os.scandir(path) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        detail = f"the folder is not readable: {files.reason(error)}"
        box.note_on(name or ".", files.code(error), detail)
        return []


def _look_at(entry: os.DirEntry[str], name: str, box: Container) -> Iterator[Found]:
    try:
        if entry.is_symlink():
            box.symlink(name, str(Path(entry.path).readlink()))
        elif entry.is_file(follow_symlinks=False):
            status = entry.stat(follow_symlinks=False)
            yield Found(Path(entry.path), name, status.st_size, status.st_mtime)
        else:
            box.special(name, "a device, FIFO or socket")
    except OSError as error:
        box.note_on(name, files.code(error), f"not opened: {files.reason(error)}")
