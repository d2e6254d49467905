"""The reading process: a hostile bundle may cost it its life, the screen lives on.

Reading is Python at work for seconds or minutes; in the process that draws it would hold the
interpreter's lock and make every key wait.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, Any, Final

from arclogs.garbage import collect_rarely
from arclogs.tui.session.events import Failed, Reply, Request, Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.tui.session.events import Event, Order

DIED: Final = (
    "The process that read the bundle ended unexpectedly, most likely for lack of memory.\n"
    "`arclogs analyze` on the same bundle shows more."
)
_NICE: Final = 5
"""Whoever draws goes first: a key must not wait for what is read meanwhile."""
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1", "POLARS_MAX_THREADS": "1"}
"""Threads that read and make rows share what the other has freed: 30 MB less (glibc). Between them both
cores are busy: threads of polars would only add turns, and memory."""
# -P: a folder that somebody unpacked a bundle in must not be searched for modules
_COMMAND: Final = (sys.executable, "-P", "-m", "arclogs.tui.session.process")


class ReadingProcess:
    """Starts the process, sends it requests and hands on what it tells."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, order: Order, focus: str | None, tell: Callable[[Event], None]) -> None:
        """Begin to carry out an order in place of the one before; `tell` is called in a thread."""
        self.close()
        pipe = subprocess.PIPE
        nothing = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603
            _COMMAND, stdin=pipe, stdout=pipe, stderr=nothing, env={**os.environ, **_ENVIRONMENT}
        )
        self._process = process
        self._send(process, (order, focus))
        threading.Thread(target=self._listen, args=(process, tell), daemon=True).start()

    def send(self, request: Request | Stop) -> None:
        """Send a request; where the process is gone, `tell` has said so already."""
        if self._process is not None:
            self._send(self._process, request)

    def close(self) -> None:
        """End the process. Nothing that it holds needs to be saved."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _send(self, process: subprocess.Popen[bytes], what: object) -> None:
        assert process.stdin is not None
        try:
            pickle.dump(what, process.stdin)
            process.stdin.flush()
        except OSError:
            return

    def _listen(self, process: subprocess.Popen[bytes], tell: Callable[[Event], None]) -> None:
        assert process.stdout is not None
        try:
            while process is self._process:
                event = pickle.load(process.stdout)  # noqa: S301 - our own process
                if process is self._process:
                    tell(event)
        except (EOFError, OSError, pickle.UnpicklingError):
            if process is self._process:
                tell(Failed(DIED))


class _Requests:
    """What the other side asks, taken in by a thread of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stopped = threading.Event()
        self.waiting: queue.Queue[Request] = queue.Queue()
        self._stream = stream
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                request = pickle.load(self._stream)  # noqa: S301 - our own process
                if isinstance(request, Stop):
                    self.stopped.set()
                else:
                    self.waiting.put(request)
        except (EOFError, OSError):
            os._exit(0)  # nobody is there any more who would want the answer


def serve() -> None:
    """Carry out one order, then answer until the other side is gone."""
    asked, told = _streams()

    turn = threading.Lock()

    def tell(event: Event) -> None:
        with turn:  # rows are told by a thread of their own
            pickle.dump(event, told, pickle.HIGHEST_PROTOCOL)
            told.flush()

    from arclogs.tui.session.work import Work

    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        order, focus = pickle.load(asked)  # noqa: S301 - our own process
        requests = _Requests(asked)
        work = Work(order, tell, requests.stopped.is_set)
        work.analyze(focus)
        while True:
            tell(_answer(work, requests.waiting.get()))
    except BrokenPipeError:
        return
    except Exception as error:  # said on the screen, in place of a traceback over it
        tell(Failed(f"This is a bug in arclogs, please report it: {error!r}"))


def _answer(work: Any, request: Request) -> Reply:
    try:
        return Reply(request.number, getattr(work, request.what)(*request.given))
    except Exception as error:  # one answer fails, not the process
        return Reply(request.number, error=str(error) or type(error).__name__)


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes, and let nothing else of this process write into them."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    return asked, told


if __name__ == "__main__":
    collect_rarely()
    serve()
