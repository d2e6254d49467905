"""The frame: reading, stopping, failing, going back and forth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arclogs.analyze import analyze
from arclogs.model.coverage import Code
from arclogs.model.report import CoverageNote
from arclogs.tui.app import Browser
from arclogs.tui.screens.objects import Objects
from arclogs.tui.session.events import Event, Failed, Order, Progress, Ready, SoFar, Stop
from arclogs.tui.session.session import Session
from tests.tui.driving import SAMPLES, browsing, press, screen_text, settled

if TYPE_CHECKING:
    from collections.abc import Callable


class StillReading:
    """A reading process that tells only what the test lets it tell."""

    def __init__(self) -> None:
        self.tell: Callable[[Event], None] = lambda event: None
        self.sent: list[object] = []
        self.closed = False

    def start(self, order: Order, focus: str | None, tell: Callable[[Event], None]) -> None:
        self.tell = tell

    def send(self, request: object) -> None:
        self.sent.append(request)

    def close(self) -> None:
        self.closed = True


async def test_the_frame_is_there_at_once_and_escape_stops_the_reading() -> None:
    reader = StillReading()
    app = Browser(Session(Order((Path("big.tar.gz"),)), reader))
    async with app.run_test(size=(150, 30)) as pilot:
        text = screen_text(pilot)
        assert "[1 findings]" in text
        assert "big.tar.gz" in text
        assert "reading" in text
        reader.tell(Progress(3 << 20, 12 << 20, 40_123))
        await settled(pilot)
        said = "reading 25 % · 3.0 MiB of 12.0 MiB · 40,123 records · esc stops"
        assert said in screen_text(pilot)
        await press(pilot, "y", "4", "5", "1")
        assert said in screen_text(pilot)
        await press(pilot, "escape", "escape")
        assert reader.sent == [Stop()]
        assert "stopping, judging what was read" in screen_text(pilot)
        report = analyze([SAMPLES / "healthy"])
        note = CoverageNote(
            code=Code.READ_STOPPED, member="a.log", detail="reading was stopped here"
        )
        coverage = report.coverage.model_copy(update={"notes": (note,)})
        reader.tell(Ready(report.model_copy(update={"coverage": coverage}), ()))
        await settled(pilot, asks=True)
        assert "healthy, stopped at 25 %" in screen_text(pilot)
    assert reader.closed


async def test_findings_appear_while_the_rest_is_read() -> None:
    report = analyze([SAMPLES / "founding-with-accounts"])
    reader = StillReading()
    app = Browser(Session(Order((Path("big.tar.gz"),)), reader))
    async with app.run_test(size=(150, 30)) as pilot:
        reader.tell(Progress(1 << 20, 12 << 20, 40_123))
        reader.tell(SoFar(report.findings[:1]))
        reader.tell(Progress(3 << 20, 12 << 20, 80_123))
        await settled(pilot)
        text = screen_text(pilot)
        assert "So far; what is still to be read may change it" in text
        assert "C ✖ The runner's token belongs to a deleted" in text
        assert "80,123 records" in text
        await press(pilot, "enter", "y", "r")
        assert "80,123 records" in screen_text(pilot)


async def test_why_there_is_no_report_is_said_on_every_screen() -> None:
    reader = StillReading()
    app = Browser(Session(Order((Path("x.log"),)), reader))
    async with app.run_test(size=(150, 30)) as pilot:
        reader.tell(Failed("the input holds no log, [bold]object[/] or event"))
        await settled(pilot)
        for key in "145":
            await press(pilot, key)
            assert "the input holds no log, [bold]object[/] or event" in screen_text(pilot)
            assert "not read" in screen_text(pilot)


async def test_screens_are_left_in_the_order_they_were_opened_and_q_quits_at_the_root() -> None:
    async with browsing("healthy", (100, 30)) as pilot:
        await press(pilot, "4", "5")
        await press(pilot, "escape")
        assert type(pilot.app.screen) is Objects
        await press(pilot, "q")
        await press(pilot, "escape")
        assert "[1 findings]" in screen_text(pilot)
        await press(pilot, "q")
        assert pilot.app._exit


async def test_the_page_scrolls_from_the_list_where_that_is_shown_whole() -> None:
    async with browsing("founding-with-accounts", (120, 30)) as pilot:
        page = pilot.app.screen.query_one("#page")
        await press(pilot, "space")
        assert page.scroll_offset.y > 10
        await press(pilot, "b")
        assert page.scroll_offset.y == 0


async def test_the_mouse_chooses_opens_and_presses_the_keys_of_the_last_line() -> None:
    async with browsing("founding-as-collected", (120, 40)) as pilot:
        await pilot.click("#list", offset=(10, 4))
        await settled(pilot)
        assert "Possible cause: The runner's service account is stuck" in screen_text(pilot)
        await pilot.click("#list", offset=(10, 2), times=2)
        await settled(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#page")
        last = screen_text(pilot).splitlines()[-1]
        await pilot.click("KeyLine", offset=(last.index("r rule"), 0))
        await settled(pilot)
        assert "id: sa-token-rejected" in screen_text(pilot)


async def test_a_selection_of_the_mouse_is_copied(clip) -> None:
    async with browsing("founding-with-accounts", (120, 40)) as pilot:
        await pilot.mouse_down("#page", offset=(3, 1))
        await pilot.hover("#page", offset=(40, 1))
        await pilot.mouse_up("#page", offset=(40, 1))
        await pilot.pause()
        selected = pilot.app.screen.get_selected_text()
        assert selected
        assert "cause: The runner's token" in selected
        pilot.app.screen.action_copy_text()
        await settled(pilot)
        assert clip.text == selected


async def test_news_that_come_while_the_app_is_taken_down_do_no_harm() -> None:
    reader = StillReading()
    app = Browser(Session(Order((Path("big.tar.gz"),)), reader))
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "4", "1")
        for screen in app._mounted():
            screen.query("*").remove()
        await pilot.pause()
        reader.tell(Progress(3 << 20, 12 << 20, 40_123))
        reader.tell(Failed("too late"))
        await pilot.pause()
