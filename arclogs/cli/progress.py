"""Progress bars on stderr, where somebody is looking and the work takes a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

    from rich.progress import Progress, ProgressColumn, TaskID

SECONDS_BEFORE = 0.5


class ByteProgress:
    """Shows bytes read. Nothing is drawn before half a second has passed, nothing stays after."""

    verb = "reading"

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Self:
        """Start counting the time."""
        self._start = self._clock()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar[0].stop()

    def advance(self, done: int, total: int | None) -> None:
        """Show that `done` of the input, of `total` where it is known, has been read."""
        if self._bar is None:
            if self._clock() - self._start < SECONDS_BEFORE:
                return
            self._bar = self._draw()
        bar, task = self._bar
        bar.update(task, completed=done, total=total)

    def _draw(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn(self.verb), BarColumn(), self._amount())
        bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        bar.start()
        return bar, bar.add_task("", total=None)

    def _amount(self) -> ProgressColumn:
        from rich.progress import DownloadColumn

        return DownloadColumn(binary_units=True)


class CountProgress(ByteProgress):
    """Shows how many things are done."""

    verb = "judging"

    def _amount(self) -> ProgressColumn:
        from rich.progress import MofNCompleteColumn

        return MofNCompleteColumn()
