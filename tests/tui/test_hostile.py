"""Text of a bundle is drawn as text, whatever it wants to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from arclogs.tui.screens.findings import Findings
from arclogs.views.sanitize import UNSEEN
from tests.tui.driving import browsing, press, screen_text
from tests.tui.hostile import hostile_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Clip


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_bundle(tmp_path_factory.mktemp("[bold]bundle"))


async def test_nothing_acts_on_any_screen(bundle: Path, clip: Clip) -> None:
    async with browsing(bundle, (120, 200)) as pilot:
        seen = []
        for keys in (
            ["G"], ["slash", *"nobody", "enter"], *[["down"]] * 8, ["tab", "enter"],
            ["escape", "question_mark"], ["escape", "r"], ["escape", "y", "Y"],
        ):  # fmt: skip
            await press(pilot, *keys)
            seen.append(screen_text(pilot))
        assert isinstance(pilot.app.screen, Findings)
        for text in seen:
            assert not UNSEEN.search(text.replace("\n", "")), UNSEEN.search(text)
            for strip in pilot.app.screen._compositor.render_strips():
                assert not any(
                    segment.style and segment.style.meta.get("@click") for segment in strip
                )
    whole = "\n".join(seen)
    assert "[@click=app.quit()]press me[/]" in whole
    assert "\\x1b]52;c;ZXZpbA==\\x07\\x1b[2J" in whole
    assert "right\\u202eto left\\u202c" in whole


async def test_names_in_the_palette_are_no_markup(bundle: Path) -> None:
    async with browsing(bundle) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "file: 0"
        for _ in range(40):
            await pilot.pause(0.05)
            if "press me" in screen_text(pilot):
                break
        assert "[@click=app.quit()]press me[]" in screen_text(pilot)


async def test_wide_and_combining_characters_keep_the_frame(bundle: Path) -> None:
    async with browsing(bundle, (80, 60)) as pilot:
        await press(pilot, "G")
        for strip in pilot.app.screen._compositor.render_strips():
            assert strip.cell_length == 80
