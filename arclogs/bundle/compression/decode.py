"""Decoders driven with care: bounded pieces, no byte lost before the damage, none used after it."""

from __future__ import annotations

import lzma
import zlib
from typing import TYPE_CHECKING, Protocol

from arclogs.bundle.reading import Damage
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from arclogs.bundle.stream import Stream

engine: ModuleType
try:
    from isal import isal_zlib
except ImportError:  # no wheel for this platform: the same, 2.7 times slower
    engine = zlib
else:
    engine = isal_zlib

_STEP = 128 * 1024
"""Bytes fed to a decoder at once: so much is lost at most where `_salvage` cannot help."""
_PIECE = 1024 * 1024
"""Most bytes that one call of a decoder may make."""
_KEPT = 1024 * 1024

_ERRORS = (zlib.error, engine.error, lzma.LZMAError, OSError, EOFError)


class Decoder(Protocol):
    """What bz2 and lzma have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes: ...


class Inflater:
    """Raw deflate (RFC 1951) behind the interface of the other decoders."""

    def __init__(self) -> None:
        self._engine = engine.decompressobj(-15)
        self._full = False  # the engine may hold more without further input

    @property
    def eof(self) -> bool:
        return bool(self._engine.eof)

    @property
    def needs_input(self) -> bool:
        return not self._engine.unconsumed_tail and not self._full

    @property
    def unused_data(self) -> bytes:
        return bytes(self._engine.unused_data)

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        piece: bytes = self._engine.decompress(self._engine.unconsumed_tail + data, max_length)
        self._full = len(piece) == max_length
        return piece


def decode(make: Callable[[], Decoder], stream: Stream, what: str) -> Iterator[bytes]:
    """Yield what one compressed stream holds; leave `stream` right behind it.

    `what` names the format. Raises Damage where the data ends or goes wrong.
    """
    decoder = make()
    fed: list[bytes] = []
    fed_bytes = made = 0
    while not decoder.eof:
        data = b""
        if decoder.needs_input:
            data = stream.read(_STEP)  # whole steps: where damage is told must not depend on a pipe
            if not data:
                raise Damage(Code.ARCHIVE_TRUNCATED, f"the {what} data breaks off")
            fed_bytes += len(data)
            fed = [*fed, data] if fed_bytes <= _KEPT else []
        try:
            piece = decoder.decompress(data, _PIECE)
        except _ERRORS as error:
            yield from _salvage(make(), fed, made)
            raise _damage(error, what, stream.position) from None
        made += len(piece)
        yield piece
    stream.give_back(len(decoder.unused_data))


def _salvage(decoder: Decoder, fed: list[bytes], made: int) -> Iterator[bytes]:
    """Yield what a decoder made in the call that failed, by doing it again byte by byte.

    A call that fails keeps what it made before; in a small file that may be everything.
    """
    feeds = [*fed[:-1], *(bytes([byte]) for byte in fed[-1])] if fed else []
    for data in feeds:
        piece = b""
        while piece or data or not decoder.needs_input:
            try:
                piece = decoder.decompress(data, _PIECE)
            except _ERRORS:
                return
            yield piece[made:]
            made = max(0, made - len(piece))
            data = b""


def _damage(error: Exception, what: str, position: int) -> Damage:
    if isinstance(error, lzma.LZMAError) and "emory" in str(error):
        return Damage(Code.LIMIT_MEMORY, f"the {what} stream asks for too much memory")
    return Damage(Code.ARCHIVE_CORRUPT, f"bad {what} data before byte {position}")
