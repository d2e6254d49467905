"""Bytes of a member in chunks that end at a line's end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK_BYTES: Final = 1024 * 1024
"""Large enough that the cost of a call does not count, small enough for the caches."""


def at_line_ends(
    pieces: Iterable[bytes], chunk_bytes: int = CHUNK_BYTES, longest_line: int = CHUNK_BYTES * 16
) -> Iterator[bytes]:
    """Yield chunks of about `chunk_bytes` that end with LF, but for the last.

    A line that does not end is cut short of nothing here, but held up to `longest_line`: what is
    beyond that is dropped, as the line reader drops it.
    """
    held: list[bytes | memoryview] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size < chunk_bytes or b"\n" not in piece:
            if size > longest_line:
                whole = b"".join(held)
                end = whole.rfind(b"\n") + 1
                if end:
                    yield whole[:end]
                held = [whole[end : end + longest_line]]
                size = len(held[0])
            continue
        end = piece.rfind(b"\n") + 1
        held[-1] = memoryview(piece)[:end]
        yield b"".join(held)
        held = [piece[end:]] if end < len(piece) else []
        size = len(piece) - end
    if size:
        yield b"".join(held)
