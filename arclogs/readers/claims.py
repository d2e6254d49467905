"""Who reads which member: whoever comes to it first, if the first process is far enough behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from arclogs.readers.frames import Claim

LEAST_BYTES: Final = 256 * 1024
"""Smaller members are read in less time than it takes to hand them over."""

LEAD: Final = 1.5
"""Bytes that the first process must have to read for each of a claimed member: formats differ in speed,
and a reader unpacks what it passes by."""


class _Granted(Struct, frozen=True):
    reader: int
    size: int


class Claims:
    """Remembers who reads what. Readers ask from threads of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._granted: dict[int, _Granted] = {}
        self._reached = -1
        self._before = 0
        """Bytes of the members that the first process has passed."""

    def grant(self, claim: Claim, reader: int) -> bool:
        """Tell whether a reader may have the member it has come to.

        It may if the first process has so much to read until it comes there (`LEAD`) that it should
        not have to wait for what a reader is just reading.
        """
        with self._lock:
            if claim.index <= self._reached or claim.index in self._granted:
                return False
            between = claim.offset - self._before - self._claimed_before(claim.index)
            if between < claim.size * LEAD:
                return False
            self._granted[claim.index] = _Granted(reader, claim.size)
            return True

    def reach(self, index: int, offset: int) -> int | None:
        """Note that the first process has come to a member; return the reader that reads it, if any."""
        with self._lock:
            self._reached, self._before = index, offset
            granted = self._granted.pop(index, None)
            return None if granted is None else granted.reader

    @property
    def waiting(self) -> int:
        """Return how many members readers have claimed that the first process has not come to."""
        return len(self._granted)

    def _claimed_before(self, index: int) -> int:
        return sum(granted.size for at, granted in self._granted.items() if at < index)
