"""Every screen as it is drawn, at two sizes and in every look.

`data/screens/<view>.<columns>x<rows>.txt` is the screen. In the colours of a light terminal and
with none at all it must say the same: nothing is told by colour alone. After a wanted change:
ARCLOGS_UPDATE_GOLDEN=1 pytest tests/tui/test_snapshots.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.color import ColorType

from tests.tui.driving import browsing, press, screen_text, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.color import Color
    from textual.pilot import Pilot

DATA = Path(__file__).parent / "data" / "screens"
SIZES = ((80, 24), (120, 40))
VIEWS: dict[str, tuple[str, str, list[str]]] = {
    "findings": ("founding-with-accounts", "findings", []),
    "findings-possible": ("founding-as-collected", "findings", ["down", "tab"]),
    "findings-none": ("healthy", "findings", []),
    "timeline": ("founding-with-accounts", "timeline", []),
    "records": ("founding-with-accounts", "records", ["e", "enter"]),
    "records-filter": ("founding-with-accounts", "records", ["slash", *"level>=W", "enter", "T"]),
    "objects": ("founding-with-accounts", "objects", ["down"]),
    "rule": ("founding-with-accounts", "rule", ["enter"]),
    "line": ("founding-with-accounts", "findings", ["tab", "down", "enter"]),
    "line-of-record": ("founding-with-accounts", "findings", ["tab", "down", "down", "enter"]),
    "help": ("founding-with-accounts", "findings", ["question_mark"]),
    "records-wrapped": ("founding-with-accounts", "records", ["e", "ctrl+w"]),
    "records-as-written": ("founding-with-accounts", "records", ["e", "p", "p"]),
}


@pytest.mark.parametrize("view", VIEWS)
async def test_the_screen_is_as_it_was_when_somebody_last_looked_at_it(view: str) -> None:
    bundle, screen, keys = VIEWS[view]
    async with browsing(bundle, SIZES[0], screen=screen) as pilot:
        await press(pilot, *keys)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            expected = compare(view, size, screen_text(pilot))
            pilot.app.theme = "ansi-light"
            await settled(pilot)
            assert screen_text(pilot) == expected
            assert {c.type for c in colors(pilot)} <= {ColorType.DEFAULT, ColorType.STANDARD}
            pilot.app.theme = "textual-dark"


@pytest.mark.parametrize("view", VIEWS)
async def test_without_colours_it_says_the_same(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    bundle, screen, keys = VIEWS[view]
    async with browsing(bundle, SIZES[0], screen=screen) as pilot:
        await press(pilot, *keys)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            name = f"{view}.{size[0]}x{size[1]}.txt"
            assert screen_text(pilot) == (DATA / name).read_text().removesuffix("\n")
            for color in colors(pilot):
                assert color.triplet is None or len(set(color.triplet)) == 1, color


def compare(view: str, size: tuple[int, int], text: str) -> str:
    path = DATA / f"{view}.{size[0]}x{size[1]}.txt"
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")
    return text


def colors(pilot: Pilot[None]) -> Iterator[Color]:
    """Yield the colours that would go to the terminal."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None:
                yield from (c for c in (segment.style.color, segment.style.bgcolor) if c)
