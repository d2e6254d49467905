"""How fast the terminal UI answers: first paint, keys at rest, keys while a bundle is read.

    python benchmarks/tui.py [MIB]

Draws headless at 120x40. A key counts as answered when its effect is drawn. Beside each figure
stands its ratio to the limit that it is held to, and what the process itself has worked for it:
on a machine that does other things, too, only that tells something.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMITS = {"first paint after imports": 500.0, "key at rest": 50.0, "key while reading": 50.0}
SAMPLE = Path(__file__).parents[1] / "samples" / "founding-with-accounts"
LINE = "2026-03-02T10:04:{:02d}.{:07d}Z step {} is still working on it, and nothing else to tell\n"
KEYS = 40


def main(mib: int) -> None:
    """Print one line for each figure."""
    print(f"import of the app  {imported():7.0f} ms")
    figures = asyncio.run(measured(mib))
    for name, samples in figures.items():
        waited, worked = (statistics.median(part) for part in zip(*samples))
        limit = LIMITS[name]
        shares = f"{waited / limit:.2f} and {worked / limit:.2f} of the limit of {limit:.0f} ms"
        print(f"{name:26} {waited:7.1f} ms waited, {worked:6.1f} worked: {shares}")


def imported() -> float:
    """Return the milliseconds of work that importing the app is, the best of three."""
    clock = "time.process_time()"
    code = f"import time; t = {clock}; import arclogs.tui.launch; print({clock} - t)"
    runs = (subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
            for _ in range(3))  # fmt: skip
    return min(float(run.stdout) for run in runs) * 1000


async def measured(mib: int) -> dict[str, list[tuple[float, float]]]:
    """Return milliseconds waited and worked, by name."""
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in LIMITS}
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "runner.log"
        with big.open("w", encoding="utf-8") as file:
            for number in range((mib << 20) // len(LINE.format(0, 0, 0))):
                file.write(LINE.format(number % 60, number % 10_000_000, number))
        figures["first paint after imports"] += [await painted(SAMPLE) for _ in range(3)]
        figures["key at rest"] += await pressed(SAMPLE, read=True)
        figures["key while reading"] += await pressed(big, read=False)
    return figures


class Watch:
    """Measures from when it was made."""

    def __init__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return milliseconds waited and worked."""
        now = time.perf_counter(), time.process_time()
        return (now[0] - self._start[0]) * 1000, (now[1] - self._start[1]) * 1000


async def painted(bundle: Path) -> tuple[float, float]:
    """Return how long it takes until the frame is drawn."""
    app = browser(bundle)
    watch = Watch()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return watch.read()


async def pressed(bundle: Path, *, read: bool) -> list[tuple[float, float]]:
    """Return how long each key takes, once all is read or while it is."""
    app = browser(bundle)
    async with app.run_test(size=(120, 40)) as pilot:
        while app.session.reading if read else not app.session.progress.done:
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        taken = []
        for number in range(KEYS):
            watch = Watch()
            await pilot.press("down" if read and number % 4 else "tab")
            taken.append(watch.read())
        assert read or app.session.reading, "the bundle was too small to press keys meanwhile"
        return taken


def browser(bundle: Path):  # noqa: ANN201 - imported late, its import is measured apart
    """Return the app on a bundle."""
    from arclogs.tui.app import Browser
    from arclogs.tui.session.events import Order
    from arclogs.tui.session.process import ReadingProcess
    from arclogs.tui.session.session import Session

    return Browser(Session(Order((bundle,)), ReadingProcess()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
