"""Worker processes that judge tickets: one that dies or hangs costs one ticket, not the run."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, Self

from arclogs.triage.row import Row
from arclogs.triage.work import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from arclogs.triage.tickets import Ticket

PAUSE: Final = 0.5
"""Seconds after which time limits are looked at again."""
_SAFE_PATH: Final = "PYTHONSAFEPATH"


class Worker:
    """A process that judges one ticket after the other."""

    def __init__(self, rule_dirs: Sequence[Path]) -> None:
        context = multiprocessing.get_context("spawn")  # fork and the threads of polars do not mix
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, tuple(rule_dirs)), daemon=True)
        with _safe_path():
            self._process.start()
        theirs.close()
        self.ticket: Ticket | None = None
        self.since = 0.0

    def give(self, ticket: Ticket) -> None:
        """Hand over a ticket; nothing may be under way."""
        self.ticket, self.since = ticket, time.monotonic()
        self.connection.send((ticket.name, ticket.path))

    def take(self) -> Row:
        """Return the row that is ready. Raise EOFError if the process has died over it."""
        row: Row = Row.model_validate_json(self.connection.recv())
        self.ticket = None
        return row

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self.connection.close()


class Workers:
    """At most so many workers at once; one that is lost is replaced."""

    def __init__(self, number: int, rule_dirs: Sequence[Path], seconds: float) -> None:
        self._number = number
        self._rule_dirs = rule_dirs
        self._seconds = seconds
        self._all: list[Worker] = []

    def __enter__(self) -> Self:
        """Begin; processes start when there is work for them."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every process."""
        for worker in self._all:
            worker.end()

    def judge(self, tickets: Sequence[Ticket]) -> Iterator[tuple[Ticket, Row]]:
        """Yield the row of each ticket as it is ready."""
        waiting = deque(tickets)
        while True:
            self._engage(waiting)
            busy = [worker for worker in self._all if worker.ticket]
            if not busy:
                return
            ready = wait([worker.connection for worker in busy], PAUSE)
            for worker in busy:
                if worker.connection in ready:
                    yield self._finished(worker)
                elif time.monotonic() - worker.since > self._seconds:
                    yield self._lost(worker, f"took longer than {self._seconds:g} s (--timeout)")

    def _engage(self, waiting: deque[Ticket]) -> None:
        while waiting:
            worker = next((worker for worker in self._all if worker.ticket is None), None)
            if worker is None:
                if len(self._all) == self._number:
                    return
                worker = Worker(self._rule_dirs)
                self._all.append(worker)
            worker.give(waiting.popleft())

    def _finished(self, worker: Worker) -> tuple[Ticket, Row]:
        ticket = worker.ticket
        assert ticket is not None
        try:
            return ticket, worker.take()
        except (EOFError, OSError):
            return self._lost(worker, "its process died, perhaps for lack of memory")

    def _lost(self, worker: Worker, problem: str) -> tuple[Ticket, Row]:
        ticket = worker.ticket
        assert ticket is not None
        worker.end()
        self._all.remove(worker)
        return ticket, Row(ticket=ticket.name, status="failed", problem=problem)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let processes that are started look for modules as this one does.

    Else `multiprocessing` has them look in the folder that one is in first: a ticket's, at times.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before
