"""Bytes that arrive in pieces, with a look ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.reading import Damage, Reading
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stream:
    """A run of bytes that ends where its source ends or is damaged.

    Damage is noted here and nowhere else, under `name`; readers see an early end and `broken`. A
    stream made from another one (`source`) stays silent if that one is broken already: one cause,
    one note.
    """

    def __init__(
        self, pieces: Iterator[bytes], name: str, reading: Reading, source: Stream | None = None
    ) -> None:
        self.name = name
        self.reading = reading
        self.position = 0
        """Bytes handed out so far."""
        self.broken = False
        self._pieces = pieces
        self._source = source
        self._piece = b""
        self._at = 0

    def _next(self) -> bytes:
        """Return the next piece, empty at the end."""
        try:
            for piece in self._pieces:
                if self.reading.stopped:
                    break
                if piece:
                    return piece
        except Damage as damage:
            self._break(damage.code, damage.detail)
        except MemoryError:
            self._break(Code.LIMIT_MEMORY, "not enough memory to go on reading")
        self.broken = self.broken or self.reading.stopped
        self._pieces = iter(())
        return b""

    def _break(self, code: Code, detail: str) -> None:
        if not (self._source and self._source.broken):
            self.reading.note(self.name, code, detail)
        self.broken = self.broken or code.loses_evidence

    def some(self, limit: int) -> bytes:
        """Return at least one and at most `limit` bytes, as they come; none at the end."""
        if self._at == len(self._piece):
            self._piece, self._at = self._next(), 0
        start, self._at = self._at, min(self._at + limit, len(self._piece))
        self.position += self._at - start
        return self._piece[start : self._at]

    def give_back(self, count: int) -> None:
        """Take back the last `count` bytes of what the latest `some` or `read` returned."""
        self._at -= count
        self.position -= count

    def peek(self, count: int) -> bytes:
        """Return the next `count` bytes without moving, fewer at the end."""
        have = len(self._piece) - self._at
        if have < count:
            pieces = [self._piece[self._at :]]
            while have < count and (piece := self._next()):
                pieces.append(piece)
                have += len(piece)
            self._piece, self._at = b"".join(pieces), 0
        return self._piece[self._at : self._at + count]

    def read(self, count: int) -> bytes:
        """Return the next `count` bytes, fewer at the end."""
        data = self.peek(count)
        self._at += len(data)
        self.position += len(data)
        return data

    def take(self, count: int) -> Iterator[bytes]:
        """Yield the next `count` bytes in pieces, fewer at the end."""
        while count > 0 and (data := self.some(count)):
            count -= len(data)
            yield data

    def skip(self, count: int) -> None:
        for _ in self.take(count):
            pass

    def __iter__(self) -> Iterator[bytes]:
        while data := self.some(1 << 62):
            yield data
