"""What processes say to each other: MessagePack of plain values in frames, never pickle.

A frame is a kind of one byte, the size of what follows in four, little endian, and that.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.bundle.limits import Limits  # noqa: TC001  # msgspec reads the annotation
from arclogs.scan.on_demand import EngineName  # noqa: TC001

if TYPE_CHECKING:
    from typing import IO

YES: Final = b"1"
NO: Final = b"0"
"""Answers to a claim."""
_HEAD: Final = 5


class Kind(IntEnum):
    """What a frame is."""

    CLAIM = 1
    """A reader asks whether it may read a member."""
    ITEMS = 2
    """Some of what it found there, once it has read all of it."""
    DONE = 3
    """All of the member was sent."""
    GIVEN_UP = 4
    """The member holds something that is not sent, or cannot be."""


class Errand(Struct, frozen=True):
    """What a reader is told at its start."""

    sources: tuple[str, ...]
    limits: Limits
    rule_dirs: tuple[str, ...]
    cache: str | None
    engine: EngineName | None


class Claim(Struct, frozen=True):
    """A member that a reader has come to."""

    index: int
    """Of all members of the bundle, in their order."""
    size: int
    offset: int
    """Bytes of all members before it."""


def write_frame(to: IO[bytes], kind: Kind, content: bytes = b"") -> None:
    """Write a frame."""
    to.write(bytes([kind]) + len(content).to_bytes(_HEAD - 1, "little") + content)
    to.flush()


def read_frame(source: IO[bytes]) -> tuple[Kind, bytes]:
    """Return the next frame; raise EOFError where none is whole, ValueError for none of ours."""
    head = source.read(_HEAD)
    size = int.from_bytes(head[1:], "little")
    content = source.read(size)
    if len(head) < _HEAD or len(content) < size:
        raise EOFError
    return Kind(head[0]), content
