"""Drives the app on real bundles, each read once for all tests, in this process."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arclogs.rules.files import load
from arclogs.tui.app import Browser
from arclogs.tui.session.events import Event, Order, Reply, Request, Stop
from arclogs.tui.session.session import Session
from arclogs.tui.session.work import Work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot
    from textual.screen import Screen

SAMPLES = Path(__file__).parents[2] / "samples"


class ReadBefore:
    """Stands in for the reading process: the same work, done before, told at once."""

    def __init__(self) -> None:
        self._tell: Callable[[Event], None] = lambda event: None
        self._work: Work | None = None
        self.orders: list[tuple[Order, str | None]] = []
        self.stopped = False
        self.fresh = False
        """Read anew each time: the rules may have changed."""

    def start(self, order: Order, focus: str | None, tell: Callable[[Event], None]) -> None:
        self.orders.append((order, focus))
        self._tell = tell
        pack = load.pack_directory()  # type: ignore[attr-defined] # which tests may have changed
        self._work, told = (_read if self.fresh else _done)(order, focus, pack)
        for event in told:
            tell(event)

    def send(self, request: Request | Stop) -> None:
        if isinstance(request, Stop):
            self.stopped = True
            return
        try:
            reply = Reply(request.number, getattr(self._work, request.what)(*request.given))
        except Exception as error:
            reply = Reply(request.number, error=str(error))
        self._tell(reply)

    def close(self) -> None:
        self._tell = lambda event: None


def _read(order: Order, focus: str | None, pack: Path) -> tuple[Work, tuple[Event, ...]]:
    """Read a bundle; `pack` is where the rules are just now."""
    told: list[Event] = []
    work = Work(order, told.append, lambda: False)
    work.analyze(focus)
    return work, tuple(told)


_done = lru_cache(16)(_read)


@asynccontextmanager
async def browsing(
    bundle: Path | str,
    size: tuple[int, int] = (120, 40),
    *,
    screen: str = "findings",
    theme: str | None = None,
    keymap: dict[str, str] | None = None,
    rules: tuple[Path, ...] = (),
) -> AsyncIterator[Pilot[None]]:
    """Run the app on a bundle (a sample by its name) until all is shown."""
    source = SAMPLES / bundle if isinstance(bundle, str) else bundle
    app = Browser(Session(Order((source,), rules), ReadBefore()), screen, theme, keymap)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None], *, asks: bool = False) -> None:
    """Wait until nothing is on its way any more: no message, no work in a thread, nothing to be drawn.

    `asks`: work goes on, but waits for an answer, of the user or of the reading process.
    """
    app = pilot.app
    while not app._exit and app._exception is None:
        if not asks:
            await app.workers.wait_for_complete()
        await pilot._wait_for_screen()
        screens = (app.screen, *app._background_screens)
        nodes = (app, *(node for one in screens for node in one.walk_children(with_self=True)))
        if not (
            any(node._message_queue.qsize() for node in nodes)
            or any(node._next_callbacks for node in nodes)
            or _to_be_drawn(app.screen)
            or any(_to_be_laid_out(screen) for screen in screens)
            or app._resize_event or app._resize_timer
            or (not asks and any(not worker.is_finished for worker in app.workers))
        ):  # fmt: skip
            return
        for screen in screens:
            if screen is app.screen or _to_be_laid_out(screen):
                screen._on_timer_update()
        await asyncio.sleep(0.001)


def _to_be_drawn(screen: Screen[Any]) -> bool:
    return bool(screen._repaint_required or screen._dirty_widgets)


def _to_be_laid_out(screen: Screen[Any]) -> bool:
    """Tell whether a screen, also one behind a dialog, has yet to find its places."""
    return bool(screen._layout_required or screen._scroll_required or screen._callbacks)


async def without_sleep(*_: float) -> None:
    """Wait for nothing, in place of what waits until the processor idles: `settled` knows better."""
    await asyncio.sleep(0)


def screen_text(pilot: Pilot[None]) -> str:
    """Return what is on the screen, cell by cell."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


async def press(pilot: Pilot[None], *keys: str, asks: bool = False) -> None:
    """Press keys, and wait after each until all is shown, or until a question is."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot, asks=asks)
    if not keys:
        await settled(pilot, asks=asks)


def toasts(pilot: Pilot[None]) -> list[str]:
    """Return what the app has told."""
    return [note.message for note in pilot.app._notifications]
