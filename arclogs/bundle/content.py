"""The bytes of a member on their way to the reader: counted, hashed, cut at the limit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Content:
    """An iterator over the bytes of one member that keeps account of them."""

    def __init__(
        self,
        pieces: Iterator[bytes],
        limit: int,
        on_cut: Callable[[], None],
        *,
        hashed: bool = True,
    ) -> None:
        self.count = 0
        self._pieces = pieces
        self._limit = limit
        self._on_cut = on_cut
        self._hash = hashlib.sha256()
        self._hashed = hashed

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        if self.count + len(piece) > self._limit:
            piece = piece[: self._limit - self.count]
            self._pieces = iter(())
            self._on_cut()
            if not piece:
                raise StopIteration
        if self._hashed:
            self._hash.update(piece)
        self.count += len(piece)
        return piece

    def finish(self) -> str:
        """Read what was left unread and return the SHA-256 of it all, in hex, if it is hashed."""
        for _ in self:
            pass
        return self._hash.hexdigest()


class Digest:
    """One SHA-256 over names and contents, whatever container they came in.

    It is that of the text which `sha256sum` prints of the members, sorted by name. A single file
    that came in no container has its own.
    """

    def __init__(self) -> None:
        self._members: dict[str, str] = {}

    def add(self, name: str, sha256: str) -> None:
        self._members[name] = sha256

    def of_files(self) -> str:
        lines = (f"{sha256}  {name}\n" for name, sha256 in sorted(self._members.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def of_single_file(self) -> str | None:
        return next(iter(self._members.values())) if len(self._members) == 1 else None
