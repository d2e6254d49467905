"""Where the time of a run goes, by stage and by rule: `arclogs analyze --profile`.

A stage that is entered inside of another is taken off the other, so that the parts add up to the whole.
Times are of the clock on the wall, of the thread that makes sense of what another one unpacks.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")


class Work(Struct):
    """What one rule took."""

    seconds: float = 0.0
    looked_at: int = 0
    """Lines and events that the filter left for its signals to look at."""


class Stopwatch(Struct):
    """Counts the seconds of each stage of one run."""

    clock: Callable[[], float] = time.perf_counter
    stages: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    rules: dict[str, Work] = field(default_factory=lambda: defaultdict(Work))
    _stage: str = ""
    _since: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside as `name`. It must not yield to code that is none of it."""
        outer = self._enter(name)
        try:
            yield
        finally:
            self._enter(outer)

    @contextmanager
    def rule(self, name: str, looked_at: int) -> Iterator[None]:
        """Count what happens inside as work of a rule, and as the stage's as ever."""
        started = self.clock()
        try:
            yield
        finally:
            work = self.rules[name]
            work.seconds += self.clock() - started
            work.looked_at += looked_at

    def _enter(self, name: str) -> str:
        now, outer = self.clock(), self._stage
        if outer:
            self.stages[outer] += now - self._since
        self._stage, self._since = name, now
        return outer


def stage(watch: Stopwatch | None, name: str) -> AbstractContextManager[None]:
    """Return a context that is counted as `name`, if anyone counts."""
    return nullcontext() if watch is None else watch.stage(name)


def each(watch: Stopwatch | None, name: str, items: Iterable[_T]) -> Iterator[_T]:
    """Yield the items; the time until each of them is there is counted as `name`."""
    if watch is None:
        yield from items
        return
    iterator = iter(items)
    end = object()
    while True:
        with watch.stage(name):
            item = next(iterator, end)
        if item is end:
            return
        yield item  # type: ignore[misc]
