"""Child processes that parse objects of large YAML dumps: on all cores, and under limits.

The parser (`yaml_text`) has refused or survived every hostile text we know of, in this process too.
Should one come that it does not survive, or that takes all memory or time, then a child dies of it:
the batch is parted until the object is found, which becomes a coverage note, and the rest is read.

Where processes cannot be limited (no `resource`: Windows) or started, there is no pool, and parsing
stays in this process.
"""

from __future__ import annotations

import marshal
import os
import queue
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from arclogs.ingest.objects.shapes import Flat, Shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arclogs.ingest.objects.shapes import Spec

SECONDS: Final = 30
"""For a batch, which takes a hundredth of one; a process that hangs is ended after it."""
MOST_DEATHS: Final = 12
"""Of processes over one document; what is left of it then is not tried."""
_SCRIPT: Final = Path(__file__).with_name("parser_child.py")
_MOST_CHILDREN: Final = 2

Answer: TypeAlias = "tuple[Any] | str | None"
"""The value of a text, what the parser says against it, or None where parsing it ended a process."""


class ParserPool:
    """Parses batches of texts; make it with `start`, and close it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._shape_of = lru_cache(maxsize=None)(shape_of)  # as many as there are objects at most
        self._deaths = 0
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(self.size)
        self._closed = False
        for _ in range(size):
            self._idle.put(_Child(self._shape_of))

    @classmethod
    def start(cls) -> ParserPool | None:
        """Start the processes; None where that does not work."""
        if find_spec("resource") is None or not sys.executable or getattr(sys, "frozen", False):
            return None
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        try:
            return cls(min(_MOST_CHILDREN, cores or 1))
        except OSError:
            return None

    def parse(self, texts: Sequence[str]) -> Future[list[Answer]]:
        """Return the answers to come, one for each text."""
        return self._threads.submit(self._parse, texts)

    def close(self) -> None:
        """End all processes."""
        self._closed = True
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().end()

    def _parse(self, texts: Sequence[str]) -> list[Answer]:
        if self._deaths >= MOST_DEATHS:
            return [None] * len(texts)
        child = self._idle.get()
        try:
            return child.parse(texts)
        except (OSError, EOFError, ValueError):
            self._deaths += 1
            child.end()
            child = _Child(self._shape_of)
        finally:
            self._idle.put(child)
        if len(texts) == 1:
            return [None]
        middle = len(texts) // 2
        return self._parse(texts[:middle]) + self._parse(texts[middle:])


class _Child:
    """One process; whatever it raises means that it is of no more use."""

    def __init__(self, shape_of: Callable[[Spec], Shape]) -> None:
        import ryaml

        self._shape_of = shape_of
        self._shapes: list[Shape] = []
        site = str(Path(ryaml.__file__).parent.parent)
        self._process = subprocess.Popen(  # noqa: S603  # our own script
            [sys.executable, "-I", "-S", str(_SCRIPT), site],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def parse(self, texts: Sequence[str]) -> list[Answer]:
        """Return the answers; raise OSError, EOFError or ValueError."""
        asked = marshal.dumps(list(texts))
        until = time.monotonic() + SECONDS
        taker = self._process.stdin
        assert taker is not None
        taker.write(len(asked).to_bytes(8, "little") + asked)
        taker.flush()
        size = int.from_bytes(self._read(8, until), "little")
        new, answers = marshal.loads(self._read(size, until))  # noqa: S302  # our child's
        if len(answers) != len(texts):
            raise ValueError("answers are missing")
        self._shapes += map(self._shape_of, new)
        return [self._read_answer(answer) for answer in answers]

    def _read_answer(self, answer: Any) -> Answer:
        if isinstance(answer, tuple) and len(answer) == 2:
            number, row = answer
            return ([Flat(self._shapes[number], row)],)
        return answer  # type: ignore[no-any-return]

    def _read(self, size: int, until: float) -> bytes:
        from select import POLLHUP, POLLIN, poll  # not on Windows, where there is no pool

        assert self._process.stdout is not None
        source = self._process.stdout.fileno()
        waiting = poll()
        waiting.register(source, POLLIN | POLLHUP)
        parts: list[bytes] = []
        while size:
            if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
                raise TimeoutError
            part = os.read(source, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """End the process and what leads to it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
