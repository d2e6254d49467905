"""Files on disk, opened so that nothing else than a file is ever opened."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from arclogs.bundle.disk import READ
from arclogs.bundle.reading import Damage
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from arclogs.bundle.reading import Reading

# A FIFO that takes the place of a file after it was listed must not block, a link not be followed.
_GUARDS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def open_listed(path: Path) -> Iterator[BinaryIO]:
    """Open a file of a folder; raises OSError, also where it is none any more."""
    descriptor = os.open(path, _FLAGS | _GUARDS)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError("no regular file any more")
        yield file


def pieces(file: BinaryIO, name: str, reading: Reading, *, watch: bool = False) -> Iterator[bytes]:
    """Yield a file from where it stands to its end; with `watch`, see that no one writes to it."""
    before = os.fstat(file.fileno()) if watch else None
    while True:
        try:
            piece = file.read(READ)
        except OSError as error:
            raise Damage(Code.IO_ERROR, f"could not be read: {reason(error)}") from None
        if not piece:
            break
        reading.consume(len(piece))
        reading.spend(len(piece), name)
        yield piece
    after = os.fstat(file.fileno()) if watch else None
    if before and after and _version(before) != _version(after):
        detail = "the file was changed while it was read; copy it and analyze the copy"
        raise Damage(Code.IO_CHANGED, detail)


def reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def code(error: OSError) -> Code:
    """Return the reason code of a failure to open something that was there a moment ago."""
    match error:
        case PermissionError():
            return Code.IO_PERMISSION
        case FileNotFoundError():
            return Code.IO_CHANGED
        case _:
            return Code.IO_ERROR


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
