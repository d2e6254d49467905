"""One reader as the first process sees it: claims that are answered, items that wait to be taken."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from arclogs.readers.frames import NO, YES, Claim, Kind, read_frame
from arclogs.readers.items import Unpacking

if TYPE_CHECKING:
    from arclogs.ingest.interface import Item
    from arclogs.model.coverage import MemberCoverage
    from arclogs.readers.claims import Claims
    from arclogs.readers.frames import Errand

SECONDS: Final = 120
"""Without a frame from it, while it is waited for, a reader is given up."""
_HELD: Final = 64
"""Frames that wait: 20 MB at the very most, and mostly a tenth of that."""
COMMAND: Final = (sys.executable, "-P", "-m", "arclogs.readers.reader")
"""What starts a reader; `-P`: whatever lies in the folder that one is in is no part of it."""

_Frame: TypeAlias = "tuple[Kind, bytes] | None"
"""None: there will be no more."""


class Lost(Exception):
    """A reader does not bring what it has claimed."""


class Link:
    """A reader's process; a thread listens to it, so that it never has to wait for an answer."""

    def __init__(self, number: int, errand: Errand, claims: Claims) -> None:
        self._number, self._claims = number, claims
        self._frames: queue.Queue[_Frame] = queue.Queue(_HELD)
        self._unpacking = Unpacking()
        self._ended = False
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._thread = threading.Thread(target=self._listen, args=(errand,), daemon=True)
        self._thread.start()

    def items(self, member: str) -> list[Item | MemberCoverage]:
        """Return what the reader found in the member that it claimed first of those not yet taken.

        Raise Lost where it has died, hangs, says what nobody understands, or gave the member up.
        """
        found: list[Item | MemberCoverage] = []
        try:
            while (frame := self._next())[0] is Kind.ITEMS:
                found += self._unpacking.items(frame[1], member)
        except (msgspec.MsgspecError, IndexError, queue.Empty) as error:
            self.end()
            raise Lost from error
        if frame[0] is not Kind.DONE:
            raise Lost
        return found

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._ended = True
        self._process.kill()
        self._process.wait()
        while self._thread.is_alive():
            self._forget()
            self._thread.join(0.01)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _next(self) -> tuple[Kind, bytes]:
        if self._ended:
            raise Lost
        frame = self._frames.get(timeout=SECONDS)
        if frame is None:
            self._ended = True
            raise Lost
        return frame

    def _forget(self) -> None:
        try:
            while True:
                self._frames.get_nowait()
        except queue.Empty:
            pass

    def _listen(self, errand: Errand) -> None:
        take, give = self._process.stdout, self._process.stdin
        assert take is not None
        assert give is not None
        try:
            give.write(msgspec.msgpack.encode(errand).hex().encode() + b"\n")
            give.flush()
            while True:
                kind, content = read_frame(take)
                if kind is not Kind.CLAIM:
                    self._frames.put((kind, content))
                    continue
                claim = msgspec.msgpack.decode(content, type=Claim)
                give.write(YES if self._claims.grant(claim, self._number) else NO)
                give.flush()
        except (OSError, EOFError, ValueError, msgspec.MsgspecError):
            self._frames.put(None)
