"""How fast the terminal UI is on a large bundle: first paint, reading, keys, filters, memory.

    python benchmarks/tui.py [LINES or BUNDLE]       default: a bundle of 5,000,000 lines, made for it

Draws headless at 120x40, the reading process beside it as in life. A key counts as answered when all that
it changed is drawn; while the bundle is read, which draws by itself, when the first frame is. Beside each
median stands what this process has worked for it, which tells more than time on a machine that does other
things, too.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, ClassVar

from generate import generate

BYTES_OF_A_LINE = 148
SAMPLE = Path(__file__).parents[1] / "samples" / "founding-with-accounts"
ROUNDS = 7
KEYS = (("down", "up"), ("pagedown", "ctrl+u"), ("end", "home"), ("space", "b"), ("G", "g"), ("e", "E"),
        ("ctrl+d", "pageup"), ("j", "k"), ("m", "m"), ("T", "T"), ("z", "z"))  # fmt: skip
"""Each with one that leads back, so that there is always something to be drawn."""
FILTERS = ("forbidden", "/exceeded quota: \\w+/", "/EXCEEDED quota/i", "level>=E", "pod:runner src:job",
           "-waiting -building", "since:02:00 until:02:10")  # fmt: skip
PAINT, KEY, FILTER = 500.0, 50.0, 1000.0
"""Limits in milliseconds; that of a filter for 5,000,000 rows."""

Sample = tuple[float, float]


def main(given: str) -> None:
    """Print one line for each figure."""
    print(f"import of the app {imported():.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(given)
        if given.replace("_", "").isdigit():
            bundle = Path(folder) / "bundle.tar.gz"
            generate(int(given) * BYTES_OF_A_LINE / 1e6, bundle)
        asyncio.run(measured(bundle))


def imported() -> float:
    """Return the milliseconds of work that importing the app is, the best of three."""
    clock = "time.process_time()"
    code = f"import time; t = {clock}; import arclogs.tui.launch; print({clock} - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
            for _ in range(3))  # fmt: skip
    return min(float(run.stdout) for run in runs) * 1000


async def measured(bundle: Path) -> None:
    """Measure the start on a sample, then everything on the bundle."""
    tell("first paint after imports", [await painted(SAMPLE) for _ in range(3)], PAINT)
    app, reader = browser(bundle)
    watch = Watch()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        tell("the same on the bundle", [watch.read()], PAINT)
        await read(app, reader, pilot, watch)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await keys(app, pilot, "key {}")
        await pilot.press("g", "enter")
        await keys(app, pilot, "key {}, all of the row below", KEYS[:6])
        await pilot.press("escape")
        rows = app.screen._looked.index.height
        for where in FILTERS:
            samples = [await filtered(app, pilot, where) for _ in range(ROUNDS)]
            count = len(app.screen._looked.shown)
            tell(f"filter {where} ({count:,})", samples, FILTER * rows / 5e6)
        print(f"peak memory: {memory(os.getpid(), 'VmHWM')} MiB that draws", flush=True)


async def keys(app: Any, pilot: Any, name: str, pairs: Any = KEYS) -> None:
    """Measure keys, each in turn with the one that leads back."""
    for pair in pairs:
        samples = [[await pressed(app, pilot, key) for key in pair] for _ in range(ROUNDS)]
        for key, some in zip(dict.fromkeys(pair), zip(*samples)):
            tell(name.format(key), list(some), KEY)


async def read(app: Any, reader: Any, pilot: Any, watch: Watch) -> None:
    """Wait until all is read, pressing keys meanwhile."""
    keys, first = [], ""
    while app.session.reading:
        if app.session.pieces:
            first = first or f"first rows after {watch.read()[0] / 1000:.1f} s"
            keys.append(await pressed(app, pilot, "down", first=True))
        await asyncio.sleep(0.1)
    waited, worked = watch.read()
    pid = reader._process.pid
    rows = sum(piece.height for piece in app.session.pieces)
    size = sum(piece.bytes_kept for piece in app.session.pieces)
    print(f"{first}, all {rows:,} and the report after {waited / 1000:.1f} s: {processor(pid):.1f} s worked by the "
          f"process that reads, {worked / 1000:.1f} by the one that draws; {size / rows:.0f} bytes a row")  # fmt: skip
    print(f"peak memory: {memory(pid, 'VmHWM')} MiB that reads, {memory(os.getpid(), 'VmHWM')} MiB that draws")  # fmt: skip
    tell("key while reading", keys, KEY)


async def painted(bundle: Path) -> Sample:
    """Return how long it takes until the frame is drawn."""
    app, _ = browser(bundle)
    watch = Watch()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return watch.read()


async def pressed(app: Any, pilot: Any, name: str, *, first: bool = False) -> Sample:
    """Return how long a key takes until what it changed is drawn, or the first of it."""
    app.frames.clear()
    watch = Watch()
    await pilot.press(name)
    drawn = [at for at in app.frames if at > watch.start[0]] or [watch.start[0]]
    return (drawn[0 if first else -1] - watch.start[0]) * 1000, watch.read()[1]


async def filtered(app: Any, pilot: Any, where: str) -> Sample:
    """Return how long a filter takes, without the wait for more to be typed."""
    from arclogs.browse.filter_expression import read_filter

    screen = app.screen
    screen._where = read_filter("")
    screen._look()
    await app.workers.wait_for_complete()
    await pilot.pause()
    watch = Watch()
    screen._where, screen._on = read_filter(where), True
    screen._look()
    await app.workers.wait_for_complete()
    waited = watch.read()
    await pilot.pause()
    return waited


class Watch:
    """Measures from when it was made."""

    def __init__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def read(self) -> Sample:
        """Return milliseconds waited and worked."""
        return (
            (time.perf_counter() - self.start[0]) * 1000,
            (time.process_time() - self.start[1]) * 1000,
        )


def browser(bundle: Path) -> tuple[Any, Any]:
    """Return the app on a bundle, which keeps the time of what it draws, and its reading process."""
    from arclogs.tui.app import Browser
    from arclogs.tui.session.events import Order
    from arclogs.tui.session.process import ReadingProcess
    from arclogs.tui.session.session import Session

    class Timed(Browser):
        frames: ClassVar[list[float]] = []

        def _display(self, screen: Any, renderable: Any) -> None:
            super()._display(screen, renderable)
            self.frames.append(time.perf_counter())

    reader = ReadingProcess()
    return Timed(Session(Order((bundle,)), reader), "records"), reader


def tell(name: str, samples: list[Sample], limit: float) -> None:
    """Print the medians of a figure, and their ratio to its limit."""
    if not samples:
        return
    waited, worked = (statistics.median(part) for part in zip(*samples))
    most = max(sample[0] for sample in samples)
    print(f"{name:44} {waited:7,.1f} ms waited ({most:,.0f} at most), {worked:7,.1f} worked: "
          f"{waited / limit:.2f} of the limit of {limit:,.0f} ms", flush=True)  # fmt: skip


def memory(pid: int, what: str) -> int:
    """Return a figure of a process in MiB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith(what))


def processor(pid: int) -> float:
    """Return the seconds that a process has worked (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "5_000_000")
