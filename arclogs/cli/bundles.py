"""The bundles that a command line names, and the progress bar while they are read."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from arclogs.cli.options import accessible, is_terminal
from arclogs.cli.progress import ByteProgress
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


HELD: Final = 64 * 1024 * 1024
"""Bytes of stdin that are held so that they can be read twice."""


def bundle_sources(names: tuple[str, ...], *, twice: bool = False) -> list[Path | BinaryIO]:
    """Return what to read; `-` is stdin. Raise UsageError where stdin cannot be read.

    `twice`: stdin is held in memory to be read again, unless it is too large for that.
    """
    if names.count("-") > 1:
        raise UsageError("stdin (-) can be read only once")
    held = _held if twice else _as_it_is
    return [held(_stdin()) if name == "-" else Path(name) for name in names]


def _as_it_is(stream: BinaryIO) -> BinaryIO:
    return stream


def _held(stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        return stream
    head = stream.read(HELD)
    if len(head) < HELD:
        return io.BytesIO(head)
    return io.BufferedReader(_Joined(head, stream))


class _Joined(io.RawIOBase):
    """What was read of a stream already, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("- reads a bundle from stdin, but stdin is closed")
    if sys.stdin.isatty():
        raise UsageError("- reads a bundle from stdin, but nothing is piped into it")
    return sys.stdin.buffer


def byte_progress(*, wanted: bool) -> AbstractContextManager[ByteProgress | None]:
    """Return a progress bar where one is wanted and somebody is looking at stderr."""
    if wanted and not accessible() and is_terminal(sys.stderr):
        return ByteProgress(sys.stderr)
    return nullcontext()
