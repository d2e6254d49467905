"""Walks over every screen that press every key there is, and see after each what it did.

`data/walks.yaml` holds them: a step presses a key (or types a text) and says what is under the cursor
and was not (`at`), what is on the screen that was not (`sees`), what is no longer (`gone`), what is told
(`says`) or copied (`copies`), which screen is shown (`opens`) or which pane has the focus (`focus`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from arclogs.tui.bindings import KEYS
from arclogs.tui.screens.registry import PLACES
from arclogs.tui.widgets.block_view import BlockView
from arclogs.tui.widgets.frame_view import FrameView
from tests.tui.driving import browsing, press, screen_text

if TYPE_CHECKING:
    from textual.notifications import Notification
    from textual.pilot import Pilot

    from tests.tui.conftest import Clip

WALKS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "walks.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_is_pressed_on_a_walk(key) -> None:
    walks = [
        {str(step.get("press")) for step in w["steps"]}
        for w in WALKS.values()
        if w["of"] == key.scope
    ]
    pressed = set.intersection(*walks) if key.scope == "moving" else set.union(*walks)
    assert set(key.keys.split(",")) <= pressed


def test_every_screen_is_opened_by_its_key() -> None:
    pressed = {str(step.get("press")) for step in WALKS["everywhere"]["steps"]}
    assert {place.key for place in PLACES} <= pressed


@pytest.mark.parametrize("name", WALKS)
async def test_a_walk(name: str, clip: Clip) -> None:
    walk = WALKS[name]
    async with browsing(walk["bundle"], (100, 30), screen=walk["screen"]) as pilot:
        for number, step in enumerate(walk["steps"], 1):
            where = f"step {number} of {name}: {step}"
            before = (
                screen_text(pilot),
                under_cursor(pilot),
                {note.identity for note in notes(pilot)},
            )
            clip.text = ""
            keys = [str(step["press"])] if "press" in step else step["type"]
            await press(pilot, *keys, asks=step.get("asks", False))
            check(step, pilot, before, clip, where)


def under_cursor(pilot: Pilot[None]) -> str:
    """Return the text under the cursor of the pane that has the focus."""
    pane = pilot.app.screen.focused
    if isinstance(pane, BlockView) and pane.block is not None:
        return "".join(part.text for part in (*pane.block.lead, *pane.block.parts))
    if isinstance(pane, FrameView) and len(pane.rows):
        return next(pane._lines_of(pane.cursor)).text
    return ""


def notes(pilot: Pilot[None]) -> list[Notification]:
    """Return what was told and is still to be seen."""
    return list(pilot.app._notifications)


def check(
    step: dict[str, Any],
    pilot: Pilot[None],
    before: tuple[str, str, set[str]],
    clip: Clip,
    where: str,
) -> None:
    text, (then, was_at, told) = screen_text(pilot), before
    assert len(step) > 1 + ("asks" in step), where
    for what, wanted in step.items():
        match what:
            case "at":
                assert wanted in under_cursor(pilot), f"{where}\n{text}"
                assert under_cursor(pilot) != was_at, f"{where}: it was there before"
            case "sees":
                assert wanted in text, f"{where}\n{text}"
                assert wanted not in then, f"{where}: it was there before"
            case "gone":
                assert wanted in then, f"{where}: it was not there"
                assert wanted not in text, f"{where}\n{text}"
            case "says":
                new = [note.message for note in notes(pilot) if note.identity not in told]
                assert any(wanted in message for message in new), f"{where}: {new}"
            case "copies":
                assert clip.text.startswith(wanted), f"{where}: {clip.text[:80]}"
            case "opens":
                assert type(pilot.app.screen).__name__ == wanted, where
            case "focus":
                focused = pilot.app.screen.focused
                assert focused is not None, where
                assert (focused.id or type(focused).__name__) == wanted, where
            case _:
                assert what in ("press", "type", "asks"), where
