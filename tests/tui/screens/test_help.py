"""The help and the command palette: whatever can be done is found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from arclogs.tui.bindings import KEYS
from arclogs.tui.screens.findings import Findings
from arclogs.tui.widgets.frame_view import FrameView
from tests.tui.driving import browsing, press, screen_text

if TYPE_CHECKING:
    from tests.tui.conftest import Clip


async def test_the_help_is_searched_by_typing(clip: Clip) -> None:
    async with browsing("founding-with-accounts", (120, 160)) as pilot:
        await press(pilot, "question_mark")
        text = screen_text(pilot)
        for key in KEYS:
            if key.scope in ("findings", "everywhere", "moving"):
                assert key.help in text, key.id
        assert "Keys of this screen (findings)" in text
        assert "About this bundle" in text
        await press(pilot, *"listener")
        text = screen_text(pilot)
        assert "A pod for each scale set." in text
        assert "put the cursor there" not in text
        await press(pilot, "down", "y")
        assert clip.text.startswith("listener")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Findings)


async def test_the_help_shows_the_keys_that_the_user_has_set() -> None:
    async with browsing("healthy", (120, 60), keymap={"findings.ticket": "ctrl+t"}) as pilot:
        await press(pilot, "f1")
        text = screen_text(pilot)
    assert "ctrl+t             copy the summary for a ticket" in text


async def test_a_changed_key_works_and_the_old_one_does_not(clip: Clip) -> None:
    async with browsing("founding-with-accounts", keymap={"findings.ticket": "ctrl+t"}) as pilot:
        await press(pilot, "Y")
        assert clip.text == ""
        await press(pilot, "ctrl+t")
        assert clip.text.startswith("### arclogs")


async def test_the_palette_opens_rules_files_findings_and_screens() -> None:
    async with browsing("founding-with-accounts") as pilot:
        await _choose(pilot, "colon", "rule: image-not-found")
        assert "id: image-not-found" in screen_text(pilot)
        await _choose(pilot, "ctrl+p", "finding: hook got an error")
        assert "The container hook got an error answer" in screen_text(pilot)
        await _choose(pilot, "ctrl+p", "file: job-log.txt")
        assert "job-log.txt:1" in screen_text(pilot)
        await press(pilot, "escape")
        await _choose(pilot, "ctrl+p", "theme: nord")
        assert pilot.app.theme == "nord"


async def test_the_palette_goes_to_a_time_a_line_and_the_rows_of_a_pod() -> None:
    async with browsing("founding-with-accounts") as pilot:
        await _choose(pilot, "colon", "goto 10:04:20.1")
        rows = pilot.app.screen.query_one(FrameView)
        row = rows.row_at(rows.cursor)
        assert row is not None
        assert f"{row.time:%H:%M:%S.%f}" == "10:04:20.114221"
        await _choose(pilot, "colon", "job-log.txt:18")
        row = rows.row_at(rows.cursor)
        assert row is not None
        assert "HttpError" in row.text
        await _choose(pilot, "colon", "pod w9k4d")
        assert "[pod:w9k4d ×]" in screen_text(pilot)


async def _choose(pilot, key: str, text: str) -> None:
    await pilot.press(key)
    await pilot.pause()
    assert isinstance(pilot.app.screen, CommandPalette)
    pilot.app.screen.query_one(Input).value = text
    for _ in range(40):
        await pilot.pause(0.05)
        if pilot.app.screen.query_one(OptionList).option_count:
            break
    await press(pilot, "enter", "enter")
