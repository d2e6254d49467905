"""The Findings screen: the answer before any key, then every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.tui.screens.findings import Findings
from arclogs.tui.screens.records import Records
from arclogs.tui.widgets.block_view import BlockView
from tests.tui.driving import browsing, press, screen_text, toasts

if TYPE_CHECKING:
    from tests.tui.conftest import Clip


async def test_the_answer_is_there_before_any_key() -> None:
    async with browsing("founding-with-accounts", (120, 60)) as pilot:
        text = screen_text(pilot)
    assert "Root cause: The runner's token belongs to a deleted service account" in text
    assert "confirmed" in text
    assert "HttpError: HTTP request" in text
    assert "job-log.txt:18" in text


async def test_at_80_columns_the_panes_stand_one_above_the_other() -> None:
    async with browsing("founding-as-collected", (80, 24)) as pilot:
        page = pilot.app.screen.query_one("#page")
        assert page.region.x == 0
        assert page.region.width == 80
        text = screen_text(pilot)
    assert "To tell causes apart" in text
    assert "kubectl -n arc-runners get pods,sa,role,rolebinding -o yaml" in text


async def test_moving_in_the_list_shows_the_page_of_what_is_under_the_cursor() -> None:
    async with browsing("founding-as-collected") as pilot:
        await press(pilot, "down", "j")
        assert "Possible cause: The Kubernetes API server itself fails" in screen_text(pilot)
        await press(pilot, "k")
        text = screen_text(pilot)
    assert "Possible cause: The runner's service account is stuck in deletion" in text


async def test_brackets_go_from_finding_to_finding_whichever_pane_has_the_focus() -> None:
    async with browsing("founding-as-collected") as pilot:
        await press(pilot, "tab", "right_square_bracket")
        text = screen_text(pilot)
        assert "Possible cause: The runner's service account is stuck in deletion" in text
        assert pilot.app.focused is pilot.app.screen.query_one("#page")
        await press(pilot, "left_square_bracket")
        assert "Possible cause: The runner's token" in screen_text(pilot)


async def test_a_group_opens_and_closes_and_the_cursor_stays() -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "down", "enter")
        text = screen_text(pilot)
        assert "Follows from another 3 [-]" in text
        assert "The container hook got an error answer" in text
        await press(pilot, "enter")
        assert "Follows from another 3 [+]" in screen_text(pilot)


async def test_the_match_tree_says_why_with_marks() -> None:
    async with browsing("founding-with-accounts", (120, 120)) as pilot:
        text = screen_text(pilot)
    assert "✔ refused  the first API call of the hook was refused" in text
    assert "✖ unauthorized  the API server answered 401 Unauthorized" in text
    assert "Reached: confirmed" in text
    assert "Why the others fell" in text


async def test_y_copies_the_fix_without_what_would_change_things(clip: Clip) -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "y")
        assert any("the fix" in said for said in toasts(pilot))
    lines = clip.text.splitlines()
    assert "# kubectl -n arc-runners delete ephemeralrunner linux-k8s-7hx2q-runner-w9k4d" in lines
    run = [line for line in lines if not line.startswith("#")]
    assert run
    assert all("delete" not in line and "uninstall" not in line for line in run)


async def test_y_copies_what_tells_possible_causes_apart_instead_of_an_unproven_fix(
    clip: Clip,
) -> None:
    async with browsing("founding-as-collected") as pilot:
        await press(pilot, "y")
    assert "kubectl -n arc-runners get pods,sa,role,rolebinding -o yaml" in clip.text
    assert "delete" not in clip.text


async def test_y_on_what_is_missing_copies_the_command_that_collects_it(clip: Clip) -> None:
    async with browsing("founding-as-collected") as pilot:
        await press(pilot, "slash", *"service accounts", "enter", "y")
    assert clip.text.startswith("kubectl ")


async def test_y_on_evidence_copies_the_line_of_the_bundle(clip: Clip) -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "tab", "down", "down", "y")
    assert clip.text.endswith("##[error]HttpError: HTTP request failed")


async def test_capital_y_copies_the_ticket(clip: Clip) -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "Y")
    assert clip.text.startswith("### arclogs: The runner's token")
    assert "**Fix**" in clip.text


async def test_enter_on_evidence_shows_the_line_among_its_neighbours() -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "tab", "down", "down", "enter")
        assert isinstance(pilot.app.screen, Records)
        await press(pilot, "enter", "enter", "down", "enter")  # its details, and where it stands
        text = screen_text(pilot)
        assert "job-log.txt:18" in text
        assert "▶18 " in text
        assert "HttpError: HTTP request failed" in text
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, Findings)


async def test_the_filter_narrows_the_list_while_it_is_typed_and_escape_drops_it() -> None:
    async with browsing("founding-as-collected") as pilot:
        await press(pilot, "slash", *"itself")
        text = screen_text(pilot)
        assert "API server itself fails" in text
        assert "stuck in deletion  possible" not in text
        await press(pilot, "enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#list", BlockView)
        assert "API server itself fails" in screen_text(pilot)
        await press(pilot, "slash", *" no such")
        assert "nothing holds 'itself no such'" in screen_text(pilot)
        await press(pilot, "escape")
        assert "C ✖ The runner's token" in screen_text(pilot)


async def test_r_opens_the_rule_and_escape_comes_back() -> None:
    async with browsing("founding-with-accounts") as pilot:
        await press(pilot, "r")
        assert "id: sa-token-rejected" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Findings)


async def test_an_entry_without_a_rule_says_so() -> None:
    async with browsing("healthy") as pilot:
        await press(pilot, "r", "y")
        said = toasts(pilot)
    assert "no rule stands behind this entry" in said


async def test_a_healthy_bundle_says_what_was_looked_at() -> None:
    async with browsing("healthy", (120, 40)) as pilot:
        text = screen_text(pilot)
    assert "No known cause found" in text
    assert "ARC controller" in text
    assert "0.12.1" in text
