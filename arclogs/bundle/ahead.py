"""Reading ahead: one thread unpacks and hashes while another makes sense of what is unpacked.

Both work mostly outside of the interpreter's lock. At most `_HELD` batches wait, so that memory stays
bounded whatever the speed of either.
"""

from __future__ import annotations

import queue
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec.structs import replace

from arclogs.bundle.member import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.model.coverage import Note

_BATCH: Final = 1024 * 1024
_HELD: Final = 8
_SWITCH: Final = 0.0005
"""Seconds after which a thread that waits for the interpreter gets it: 5 ms would be 2 MB unpacked."""

_Message: TypeAlias = "Member | Note | bytes | BaseException | None"
"""None ends a member, and behind the last member the bundle."""


def ahead(bundle: Iterable[Member | Note], held: int = _HELD) -> Iterator[Member | Note]:
    """Yield what a bundle yields, in its order, while a thread reads on, up to `held` batches.

    As with the bundle itself, a member's chunks can be read until the next item is asked for. An
    exception of the bundle is raised here.
    """
    waiting: queue.Queue[_Message] = queue.Queue(held)
    stop = threading.Event()
    thread = threading.Thread(target=_read, args=(bundle, waiting, stop), daemon=True)
    with _quick_turns():
        thread.start()
        try:
            while (message := _next(waiting)) is not None:
                if isinstance(message, Member):
                    chunks = _chunks(waiting)
                    yield replace(message, chunks=chunks)
                    for _ in chunks:
                        pass
                elif not isinstance(message, bytes):
                    yield message
        finally:
            stop.set()
            while thread.is_alive():
                _discard(waiting)
                thread.join(0.01)


def _chunks(waiting: queue.Queue[_Message]) -> Iterator[bytes]:
    while isinstance(message := _next(waiting), bytes):
        yield message


def _next(waiting: queue.Queue[_Message]) -> Member | Note | bytes | None:
    message = waiting.get()
    if isinstance(message, BaseException):
        raise message
    return message


def _discard(waiting: queue.Queue[_Message]) -> None:
    try:
        while True:
            waiting.get_nowait()
    except queue.Empty:
        pass


def _read(
    bundle: Iterable[Member | Note], waiting: queue.Queue[_Message], stop: threading.Event
) -> None:
    try:
        for item in bundle:
            if isinstance(item, Member):
                waiting.put(item)
                for batch in _batches(item.chunks):
                    waiting.put(batch)
                    if stop.is_set():
                        return
                waiting.put(None)
            else:
                waiting.put(item)
            if stop.is_set():
                return
        waiting.put(None)
    except BaseException as error:
        waiting.put(error)


def _batches(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _BATCH:
            yield b"".join(held) if len(held) > 1 else held[0]
            held, size = [], 0
    if size:
        yield b"".join(held)


@contextmanager
def _quick_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
