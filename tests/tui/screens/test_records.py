"""Drives the Records screen on a real bundle."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from arclogs.tui.models.block import AtLine
from arclogs.tui.screens.context import Context
from arclogs.tui.screens.findings import Findings
from arclogs.tui.screens.records import Records
from arclogs.tui.widgets.block_view import BlockView
from arclogs.tui.widgets.filter_line import FilterLine
from arclogs.tui.widgets.record_strips import Chips
from arclogs.views.sanitize import UNSEEN
from tests.tui.driving import browsing, press, screen_text, toasts
from tests.tui.hostile import hostile_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Clip

SAMPLE = "founding-with-accounts"


def records(pilot: Pilot[None]) -> Records:
    assert isinstance(pilot.app.screen, Records)
    return pilot.app.screen


def here(pilot: Pilot[None]) -> str:
    """Return the message of the row under the cursor."""
    rows = records(pilot).rows
    row = rows.row_at(rows.cursor)
    return row.text if row else ""


def count(pilot: Pilot[None]) -> int:
    return len(records(pilot).rows.rows)


async def filtered(pilot: Pilot[None], text: str) -> None:
    await press(pilot, "slash")
    records(pilot).query_one(FilterLine).value = text
    await press(pilot, "enter")


async def to_evidence(pilot: Pilot[None]) -> None:
    """Open the first evidence of the finding that stands in a log."""
    await press(pilot, "tab")
    page = pilot.app.screen.query_one("#page", BlockView)
    for _ in range(20):
        target = page.target
        if isinstance(target, AtLine) and target.member.endswith("job-log.txt"):
            break
        await press(pilot, "down")
    await press(pilot, "enter")


async def test_rows_stand_in_order_of_time_and_keys_move(clip: Clip) -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        rows = records(pilot).rows
        times = [row.time for n in range(count(pilot)) for row in [rows.row_at(n)] if row]
        known = [time for time in times if time]
        assert times == sorted(known) + [None] * (len(times) - len(known))
        last = count(pilot) - 1
        for keys, place in (
            ("j", 1), ("down", 2), ("k", 1), ("G", last), ("g", 0), ("end", last),
            ("home", 0), ("ctrl+d", 18), ("ctrl+u", 0), ("space", 32), ("b", 0),
        ):  # fmt: skip
            await press(pilot, keys)
            assert rows.cursor == place, keys
            assert rows.scroll_offset.y <= place < rows.scroll_offset.y + rows.size.height
        await press(pilot, "down", "y")
        assert clip.text.startswith("2026-09-17T08:41:09.000000Z INFO runner ")


async def test_a_filter_narrows_while_typed_and_the_cursor_stays_on_its_row() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        whole = count(pilot)
        await press(pilot, "e", "e")
        row = here(pilot)
        await press(pilot, "slash", *"level>=W")
        narrowed = count(pilot)
        assert 0 < narrowed < whole
        assert here(pilot) == row
        assert "[level>=W ×]" in screen_text(pilot)
        assert f"{narrowed} of {whole}" in screen_text(pilot)
        await press(pilot, "enter", "ctrl+f")
        assert (count(pilot), here(pilot)) == (whole, row)
        assert "(level>=W off)" in screen_text(pilot)
        await press(pilot, "ctrl+f")
        assert (count(pilot), here(pilot)) == (narrowed, row)
        await press(pilot, "slash")
        assert records(pilot).query_one(FilterLine).value == "level>=W"


async def test_a_wrong_filter_is_explained_and_the_last_good_one_stays() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "level>=W")
        narrowed = count(pilot)
        await press(pilot, "slash")
        records(pilot).query_one(FilterLine).value = "level>=W /(/"
        await press(pilot)
        assert "bad pattern" in screen_text(pilot)
        assert count(pilot) == narrowed


async def test_terms_are_excluded_added_for_the_row_and_dropped_by_a_click() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        whole = count(pilot)
        await press(pilot, "ampersand", "enter")
        assert "[pod:linux-k8s" in screen_text(pilot)
        of_pod = count(pilot)
        await press(pilot, "exclamation_mark", *"version", "enter")
        assert "[-version ×]" in screen_text(pilot)
        assert count(pilot) < of_pod < whole
        await pilot.click(Chips, offset=(4, 0))
        await press(pilot)
        assert "pod:linux-k8s" not in screen_text(pilot)
        assert of_pod < count(pilot) < whole


async def test_n_finds_what_fits_while_the_filter_is_off() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "HttpError")
        await press(pilot, "ctrl+f", "g", "n")
        assert "HttpError" in here(pilot)
        first = records(pilot).rows.cursor
        await press(pilot, "n", "N")
        assert records(pilot).rows.cursor == first > 0


async def test_errors_marks_and_times_are_gone_to() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        rows = records(pilot).rows
        await press(pilot, "m", "e")
        row = rows.row_at(rows.cursor)
        assert row is not None
        assert row.level == 40
        await press(pilot, "u")
        assert "no mark in this direction" in toasts(pilot)
        await press(pilot, "U")
        assert rows.cursor == 0
        assert "●08:41:09" in screen_text(pilot)
        await press(pilot, "E")
        assert "no error in this direction" in toasts(pilot)
        await press(pilot, "at", *"10:04:20.1", "enter")
        row = rows.row_at(rows.cursor)
        assert row is not None
        assert f"{row.time:%H:%M:%S.%f}" == "10:04:20.114221"
        await press(pilot, "at", *"noon", "enter")
        assert any("noon is no time" in said for said in toasts(pilot))


async def test_a_record_of_many_lines_is_one_row_that_opens(clip: Clip) -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "ContainerHookManager.ExecuteHookScript")
        assert "ExecuteHookScript" not in screen_text(pilot).split("\n", 3)[3]
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "   at GitHub.Runner.Worker.Container.ContainerHooks" in text
        assert "source:      runner" in text
        await press(pilot, "enter", "y")
        assert clip.text.startswith("Caught exception from step")
        await press(pilot, *["down"] * 4, "enter")
        assert isinstance(pilot.app.screen, Context)
        await press(pilot, "escape", "escape")
        assert not records(pilot).detail.has_class("open")
        await press(pilot, "ctrl+w")
        assert "ExecuteHookScript" in screen_text(pilot)


async def test_wrapped_rows_can_all_be_reached_and_seen() -> None:
    async with browsing(SAMPLE, (80, 24), screen="records") as pilot:
        await press(pilot, "ctrl+w")
        rows = records(pilot).rows
        for _ in range(count(pilot)):
            seen = [line.place for line in rows._lines()]
            assert rows.cursor in seen
            assert rows._height_of(rows.cursor) <= seen.count(rows.cursor)
            rows.action_move(1)
        assert rows.cursor == count(pilot) - 1


async def test_json_is_laid_out_on_demand(tmp_path: Path) -> None:
    log = tmp_path / "job.log"
    log.write_text('2026-03-02T10:04:19.0000000Z sent {"a": {"b": [1, 2]}}\n')
    async with browsing(log, screen="records") as pilot:
        await press(pilot, "p")
        assert '"b": [' in screen_text(pilot)
        await press(pilot, "p")
        assert '1  2026-03-02T10:04:19.0000000Z sent {"a": {"b": [1, 2]}}' in screen_text(pilot)
        await press(pilot, "p")
        assert '│▌sent {"a": {"b": [1, 2]}}' in screen_text(pilot)


async def test_a_row_is_shown_as_it_is_written_in_its_file(tmp_path: Path, clip: Clip) -> None:
    """With its time stamp, colours and whatever was taken off, as symbols; to where the next begins."""
    log = tmp_path / "job.log"
    log.write_text(
        "2026-03-02T10:04:18.0000000Z \x1b[36;1mfirst\x1b[0m\n"
        "2026-03-02T10:04:19.0000000Z ##[error]\x1b[31mred\x1b[0m and\u202e back\n"
        "a second line\twith a tab\n"
        "2026-03-02T10:04:20.0000000Z third\n"
    )
    async with browsing(log, screen="records") as pilot:
        await press(pilot, "down", "p", "p")
        text = screen_text(pilot)
        assert (
            "2  2026-03-02T10:04:19.0000000Z ##[error]\\x1b[31mred\\x1b[0m and\\u202e back" in text
        )
        assert "3  a second line    with a tab" in text
        assert "20.0000000Z" not in text
        await press(pilot, "tab", "y")
        assert clip.text.startswith("2026-03-02T10:04:19.0000000Z ##[error]\x1b[31mred")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Context)


async def test_the_time_since_the_row_above_is_shown() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "src:hook level:E")
        await press(pilot, "T")
        assert "+0.006s" in screen_text(pilot)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be in a zone two hours ahead of UTC, in September."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be changed here")
async def test_times_are_shown_in_utc_or_in_the_zone_of_this_machine() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        rows = records(pilot).rows
        assert "08:41:09.000" in screen_text(pilot)
        await press(pilot, "z", "enter")
        text = screen_text(pilot)
        assert "times in CE" in toasts(pilot)[0]
        assert "10:41:09.000" in text
        assert "08:41:09.000" not in text
        assert "CEST (UTC+02:00)" in text
        assert "2026-09-17T10:41:09.000+02:00" in text
        await press(pilot, "escape", "at", *"12:04:20.1", "enter")
        row = rows.row_at(rows.cursor)
        assert row is not None
        assert f"{row.time:%H:%M:%S.%f}" == "10:04:20.114221"
        await press(pilot, "t")
        text = screen_text(pilot)
        assert "2026-09-17 10:40:00 to 12:06:00 CEST (UTC+02:00)" in text
        assert "2026-09-17 12:04:20.114" in text
        await press(pilot, "z", "3")
        assert "10:04:20.114" in screen_text(pilot)
        assert "CEST" not in screen_text(pilot)


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.parquet", "rows.txt"])
async def test_what_is_shown_is_exported(name: str, own_home: Path) -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "level>=W")
        await press(pilot, "x")
        pilot.app.screen.query_one("AskLine").value = name  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert f"{count(pilot)} rows written to {name}" in toasts(pilot)
        written = (own_home / name).read_bytes()
        lines = written.count(b"\n") - (name == "rows.csv")
        assert written.startswith(b"PAR1") or lines == count(pilot)
        await press(pilot, "x")
        pilot.app.screen.query_one("AskLine").value = name  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert any("is there already" in said for said in toasts(pilot))


async def test_evidence_leads_to_its_record_and_back() -> None:
    async with browsing(SAMPLE) as pilot:
        await to_evidence(pilot)
        assert "HttpError" in here(pilot)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, Findings)


async def test_a_row_that_the_filter_hides_is_shown_with_the_filter_off() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        await filtered(pilot, "level:I")
        await press(pilot, "1")
        await to_evidence(pilot)
        assert "HttpError" in here(pilot)
        assert "(level:I off)" in screen_text(pilot)


async def test_what_is_selected_with_the_mouse_is_copied() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        rows = records(pilot).rows
        chosen = rows.get_selection(Selection(Offset(1, 1), Offset(9, 2)))
        assert chosen is not None
        first, second = chosen[0].split("\n")
        assert first.startswith("08:41:09.000 I runner")
        assert second == " 08:41:09"


async def test_nothing_in_a_row_acts(tmp_path: Path) -> None:
    async with browsing(hostile_bundle(tmp_path), (120, 60), screen="records") as pilot:
        for keys in ("enter", "p", "ctrl+w", "G", "ampersand"):
            await press(pilot, keys)
            strips = pilot.app.screen._compositor.render_strips()
            for strip in strips:
                assert strip.cell_length == 120
                assert not UNSEEN.search(strip.text)
                assert not any(s.style and s.style.meta.get("@click") for s in strip)
        await press(pilot, "escape")
        assert "[@click=app.quit()]press me[/]" in screen_text(pilot)
