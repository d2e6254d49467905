"""How fast millions of records can be browsed: order, filter, keys, memory.

    python benchmarks/records.py [ROWS [READ_MIB]]

Reads READ_MIB of logs (default 12) with the exact reader, for its rate, and repeats the rows with
later times until there are ROWS (default 5,000,000): what the screen then works on is what a bundle
of that size would give it. Draws headless at 120x40. Beside each median stands what the process has
worked for it, on both cores together, which tells more on a machine that does other things, too.
"""

from __future__ import annotations

import asyncio
import pickle
import resource
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import polars as pl
from generate import generate

from arclogs.browse.filter_expression import read_filter
from arclogs.browse.index import RowIndex
from arclogs.tui.app import Browser
from arclogs.tui.screens.records import Records
from arclogs.tui.session.events import Order, Ready, Rows
from arclogs.tui.session.session import Session
from arclogs.tui.session.work import Work
from arclogs.tui.widgets.filter_line import FilterLine

ROUNDS = 5
FILTERS = ("forbidden", "/exceeded quota: \\w+/", "/EXCEEDED quota/i", "level>=E", "pod:runner src:job",
           "-waiting -building", "since:02:00 until:02:10")  # fmt: skip
KEYS = ("down", "pagedown", "end", "home", "e", "j", "space", "G", "k", "ctrl+u", "g", "n")
LIMITS = {"filter": 1000.0, "key": 50.0, "first paint": 500.0}


class Watch:
    """Measures from when it was made."""

    def __init__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return milliseconds waited and worked."""
        now = time.perf_counter(), time.process_time()
        return (now[0] - self._start[0]) * 1000, (now[1] - self._start[1]) * 1000


class Given:
    """Stands in for the reading process: tells frames that are there already."""

    def __init__(self, events: list) -> None:
        self._events = events

    def start(self, order, focus, tell) -> None:  # noqa: ANN001
        for event in self._events:
            tell(event)

    def send(self, request) -> None:  # noqa: ANN001
        raise AssertionError(request)

    def close(self) -> None:
        pass


def main(rows: int, mib: float) -> None:
    frames, ready = read(mib)
    frames = repeated(frames, rows)
    height = sum(frame.height for frame in frames)
    size = sum(frame.estimated_size() for frame in frames)
    print(f"{height:,} rows in {size / 2**20:,.0f} MiB, {size / height:.0f} bytes a row")
    before = peak()
    watch = Watch()
    index = RowIndex(frames)
    tell("order of time", [watch.read()])
    for where in FILTERS:
        samples = []
        for _ in range(ROUNDS):
            watch = Watch()
            view = index.view(read_filter(where))
            samples.append(watch.read())
        tell(f"filter {where} ({len(view):,})", samples, LIMITS["filter"] * height / 5e6)
    del index, view
    asyncio.run(browse([*map(Rows, frames), ready]))
    print(f"peak {peak():,.0f} MiB, of which {peak() - before:,.0f} came after the rows were there")


def read(mib: float) -> tuple[list[pl.DataFrame], Ready]:
    """Return rows of a bundle and its report, and print how fast that went."""
    events: list = []
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.tar.gz"
        generate(mib, bundle)
        watch = Watch()
        Work(Order((bundle,)), events.append, lambda: False).analyze()
        waited, worked = watch.read()
    frames = [event.frame for event in events if isinstance(event, Rows)]
    height = sum(frame.height for frame in frames)
    print(f"read and judged {height:,} rows: {height / waited * 1000:,.0f} a second waited, "
          f"{height / worked * 1000:,.0f} a second worked")  # fmt: skip
    return frames, events[-1]


def repeated(frames: list[pl.DataFrame], rows: int) -> list[pl.DataFrame]:
    """Return the frames again and again, an hour later each time, each in memory of its own."""
    once = sum(frame.height for frame in frames)
    times = max(1, rows // once)
    return [
        pickle.loads(pickle.dumps(frame)).with_columns(pl.col("time") + timedelta(hours=number))
        for number in range(times)
        for frame in frames
    ]


async def browse(events: list) -> None:
    """Drive the Records screen."""
    watch = Watch()
    app = Browser(Session(Order((Path("bundle.tar.gz"),)), Given(events)), "records")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        tell("first paint", [watch.read()], LIMITS["first paint"])
        await app.workers.wait_for_complete()
        await pilot.pause()
        tell("all rows on the screen", [watch.read()])
        screen = app.screen
        assert isinstance(screen, Records)
        for name in dict.fromkeys(KEYS):
            samples = []
            for _ in range(ROUNDS):
                watch = Watch()
                await pilot.press(name)
                samples.append(watch.read())
            tell(f"key {name}", samples, LIMITS["key"])
        screen.query_one(FilterLine).value = "forbidden"
        watch = Watch()
        await pilot.pause(0.2)
        await app.workers.wait_for_complete()
        tell("filter typed until it is drawn", [watch.read()])
        samples = []
        for _ in range(ROUNDS):
            watch = Watch()
            await pilot.press("ctrl+f")
            await app.workers.wait_for_complete()
            await pilot.pause()
            samples.append(watch.read())
        tell("filter off or on until it is drawn", samples)


def tell(name: str, samples: list[tuple[float, float]], limit: float = 0) -> None:
    """Print the medians of a figure, and their ratio to its limit."""
    waited, worked = (statistics.median(part) for part in zip(*samples))
    ratio = f", {waited / limit:.2f} of the limit of {limit:,.0f}" if limit else ""
    print(f"{name:48} {waited:9,.1f} ms waited, {worked:9,.1f} worked{ratio}", flush=True)


def peak() -> float:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 5_000_000, float(given[1]) if given[1:] else 12)
