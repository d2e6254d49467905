"""A file with random access: what a zip needs and a stream is not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from arclogs.bundle.reading import Damage
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from arclogs.bundle.reading import Reading

READ = 256 * 1024


class Disk:
    """A seekable file, every byte read of it counted."""

    def __init__(self, file: BinaryIO, name: str, reading: Reading) -> None:
        self._file = file
        self._name = name
        self._reading = reading
        self.size = self._seek(0, io.SEEK_END)

    def at(self, offset: int, count: int) -> bytes:
        """Return `count` bytes from `offset` on, fewer at the end."""
        return b"".join(self.pieces(offset, count))

    def pieces(self, offset: int, count: int) -> Iterator[bytes]:
        """Yield `count` bytes from `offset` on, fewer at the end."""
        while count > 0 and offset < self.size and not self._reading.stopped:
            self._seek(offset, io.SEEK_SET)
            try:
                piece = self._file.read(min(count, READ))
            except OSError as error:
                raise Damage(Code.IO_ERROR, f"could not be read: {error.strerror}") from None
            if not piece:
                return
            self._reading.consume(len(piece))
            self._reading.spend(len(piece), self._name)
            yield piece
            offset += len(piece)
            count -= len(piece)

    def find(self, pattern: bytes, start: int) -> int:
        """Return the offset of the next `pattern`, -1 if there is none."""
        at, rest = start, b""
        for piece in self.pieces(start, self.size - start):
            window = rest + piece
            if (found := window.find(pattern)) >= 0:
                return at - len(rest) + found
            at += len(piece)
            rest = window[-(len(pattern) - 1) :]
        return -1

    def _seek(self, offset: int, whence: int) -> int:
        try:
            return self._file.seek(offset, whence)
        except OSError as error:
            raise Damage(Code.IO_ERROR, f"could not be read: {error}") from None
