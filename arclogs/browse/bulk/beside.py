"""Work done by one thread beside the one that reads, in order; both are mostly outside of Python."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_HELD: Final = 1
"""Chunks' rows that wait while others are made: memory stays bounded whatever the speed of either."""

_Job: TypeAlias = "Callable[[], object]"


class Beside:
    """Runs jobs one after the other, each in the thread that this context has beside it.

    What a job raises is raised here, by the next call or when the context ends.
    """

    def __init__(self) -> None:
        self._waiting: queue.Queue[_Job | None] = queue.Queue(_HELD)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._raised: BaseException | None = None

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._waiting.put(None)
        self._thread.join()
        if kind is None:
            self._check()

    def run(self, job: _Job) -> None:
        """Take in a job; wait while another one waits."""
        self._check()
        self._waiting.put(job)

    def _check(self) -> None:
        if self._raised is not None:
            raise self._raised

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            if self._raised is None:
                try:
                    job()
                except BaseException as error:
                    self._raised = error
