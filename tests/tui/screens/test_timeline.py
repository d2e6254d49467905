"""Drives the Timeline screen on a real bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arclogs.browse.timeline import Wanted
from arclogs.tui.models.block import AtLine
from arclogs.tui.models.lanes import marked_slices
from arclogs.tui.screens.records import Records
from arclogs.tui.screens.timeline import TimelineScreen
from arclogs.views.sanitize import UNSEEN
from tests.tui.driving import browsing, press, screen_text, toasts
from tests.tui.hostile import hostile_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

SAMPLE = "founding-with-accounts"


def shown(pilot: Pilot[None]) -> TimelineScreen:
    assert isinstance(pilot.app.screen, TimelineScreen)
    return pilot.app.screen


async def test_the_first_look_is_at_the_finding() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        text = screen_text(pilot)
        assert "lanes by pod · 2026-09-17 08:40:00 to 10:06:00 UTC · a slice is 2 min" in text
        assert "2026-09-17 10:04:00.000 UTC and 2 min on: " in text
        assert "the hook's API call was answered with an error" in text


async def test_the_cursor_moves_in_time_and_among_lanes() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        screen = shown(pilot)
        at = screen._at
        await press(pilot, "left", "h", "l")
        assert screen._at == at - 1
        await press(pilot, "down", "down")
        assert screen.entries.cursor == 2
        await press(pilot, "right", "right")
        assert screen._at == at, "at the edge it stays"
        assert screen.entries.cursor == 2, "moving in time keeps the lane"


async def test_zooming_keeps_the_moment_and_moves_on_at_the_edge() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        screen = shown(pilot)
        moment = screen._moment
        assert moment is not None
        await press(pilot, "plus", "plus", "plus")
        timeline = screen._timeline
        assert timeline is not None
        assert timeline.bucket_seconds < 120
        assert screen._axis is not None
        assert screen._axis.begins(screen._at) == moment
        await press(pilot, *["left"] * (screen._at + 1))
        assert screen._timeline is not None
        assert screen._timeline.first < timeline.first
        await press(pilot, "minus", "0")
        assert screen._wanted == Wanted()


async def test_findings_and_errors_are_jumped_to() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        screen = shown(pilot)
        assert screen._timeline is not None
        marked = marked_slices(screen._timeline)
        await press(pilot, *["N"] * len(marked))
        assert screen._at == marked[0]
        assert "no finding in this direction" in toasts(pilot)
        await press(pilot, "n")
        assert screen._at == marked[1]
        await press(pilot, "e")
        errors = [b.at for b in screen._timeline.total if b.error]
        assert screen._at in errors
        await press(pilot, "E")
        assert "no error in this direction" in toasts(pilot)


@pytest.mark.parametrize(("presses", "by"), [(1, "job"), (2, "file"), (3, "pod")])
async def test_lanes_are_of_pods_jobs_or_files(presses: int, by: str) -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        await press(pilot, *["L"] * presses)
        assert f"lanes by {by}" in screen_text(pilot)


async def test_a_slice_leads_to_its_records_and_back_to_the_timeline() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        moment = shown(pilot)._moment
        await press(pilot, "enter")
        screen = pilot.app.screen
        assert isinstance(screen, Records)
        row = screen.rows.row_at(screen.rows.cursor)
        before = screen.rows.row_at(screen.rows.cursor - 1)
        assert row is not None
        assert before is not None
        assert row.time is not None
        assert before.time is not None
        assert moment is not None
        assert before.time < moment <= row.time
        await press(pilot, "g", "t")
        assert shown(pilot)._moment is not None
        assert "2026-09-17 08:40:00.000 UTC and 2 min on: 28 records" in screen_text(pilot)


async def test_a_mark_leads_to_its_line() -> None:
    async with browsing(SAMPLE, screen="timeline") as pilot:
        await press(pilot, "tab")
        page = shown(pilot).page
        while not (isinstance(page.target, AtLine) and page.target.member.endswith("job-log.txt")):
            await press(pilot, "down")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Records)


async def test_nothing_with_a_time_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("no time here\n")
    async with browsing(tmp_path, screen="timeline") as pilot:
        assert "nothing in the bundle has a time" in screen_text(pilot)
        await press(pilot, "left", "plus", "n", "e", "L", "0", "enter")


async def test_nothing_on_a_lane_acts(tmp_path: Path) -> None:
    async with browsing(hostile_bundle(tmp_path), screen="timeline") as pilot:
        await press(pilot, "L", "L")
        for strip in pilot.app.screen._compositor.render_strips():
            assert not UNSEEN.search(strip.text)
            assert not any(s.style and s.style.meta.get("@click") for s in strip)
