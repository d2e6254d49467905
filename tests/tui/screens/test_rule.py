"""The Rule screen: source with marks, editing, running again."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from arclogs.tui import editing
from arclogs.tui.screens.question import Question
from arclogs.tui.screens.records import Records
from arclogs.tui.screens.rule import Rules
from tests.tui.conftest import PACK
from tests.tui.driving import ReadBefore, browsing, press, screen_text, toasts

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.conftest import Clip

RULE = PACK / "rbac" / "sa-token-rejected.yaml"


async def test_each_signal_is_marked_by_what_it_came_to() -> None:
    async with browsing("founding-with-accounts", (120, 70), screen="rule") as pilot:
        text = screen_text(pilot)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert any("✔ 9 refused:" in line for line in lines)
    assert any("✖ 12 unauthorized:" in line for line in lines)
    assert any("↳ failed: no such line in the hook or job or runner log" in line for line in lines)
    assert "On this bundle: fires: confirmed, finding 1 of the report" in text


async def test_what_was_not_collected_is_marked_so() -> None:
    async with browsing("founding-as-collected", (120, 70), screen="rule") as pilot:
        text = screen_text(pilot)
    assert "∅ 22    newer:" in text
    assert "↳ not collected:" in text


async def test_rules_are_found_by_text_and_lines_are_opened(clip: Clip) -> None:
    async with browsing("founding-with-accounts", screen="rule") as pilot:
        await press(pilot, "slash", *"image-not", "enter")
        assert "id: image-not-found" in screen_text(pilot)
        await press(pilot, "y")
        assert clip.text == "image-not-found"
        await press(pilot, "slash", "escape", "g", "enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#page")
        await press(pilot, "enter")
        opened: object = pilot.app.screen
        assert isinstance(opened, Records)  # at the evidence of the first signal
        await press(pilot, "y")
        assert "HttpError: HTTP request failed" in clip.text
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, Rules)
        await press(pilot, "slash", *"sa-token-rej", "enter", "enter", "G", "enter")
        assert clip.text == "2026-09-17T10:04:20Z"  # the last variable


async def test_run_again_reads_anew_with_the_rule_in_focus() -> None:
    async with browsing("founding-with-accounts", screen="rule") as pilot:
        reader = pilot.app.session._reader  # type: ignore[attr-defined]
        assert isinstance(reader, ReadBefore)
        await press(pilot, "R")
        assert [focus for _, focus in reader.orders] == [None, "sa-token-rejected"]
        assert "id: sa-token-rejected" in screen_text(pilot)


async def test_a_shipped_rule_is_copied_before_it_is_edited(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(editing, "edit", opened.append)
    monkeypatch.setattr("textual.app.App.suspend", lambda app: contextlib.nullcontext())
    async with browsing("founding-with-accounts", screen="rule") as pilot:
        await press(pilot, "e", asks=True)
        assert isinstance(pilot.app.screen, Question)
        assert "Copy it and edit the copy?" in screen_text(pilot)
        await press(pilot, "n")
        assert opened == []
        await press(pilot, "e", asks=True)
        await press(pilot, "y")
        order = pilot.app.session.order  # type: ignore[attr-defined]
    assert opened == [own_home / "arclogs" / "rules" / RULE.name]
    assert opened[0].read_bytes() == RULE.read_bytes()
    assert order.rule_dirs == (opened[0].parent,)


async def test_an_own_rule_is_edited_where_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / RULE.name
    shutil.copy(RULE, own)
    opened: list[Path] = []
    monkeypatch.setattr(editing, "edit", opened.append)
    monkeypatch.setattr("textual.app.App.suspend", lambda app: contextlib.nullcontext())
    async with browsing("founding-with-accounts", screen="rule", rules=(tmp_path,)) as pilot:
        await press(pilot, "e")
        assert toasts(pilot) == ["R runs the rules again"]
    assert opened == [own]


async def test_a_mistake_is_told_with_its_place_and_can_be_mended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / RULE.name
    shutil.copy(RULE, own)

    def edit(path: Path) -> None:
        text = path.read_text()
        broken = "titel: " in text
        path.write_text(
            text.replace(*(("titel: ", "title: ") if broken else ("title: ", "titel: ")), 1)
        )

    monkeypatch.setattr(editing, "edit", edit)
    monkeypatch.setattr("textual.app.App.suspend", lambda app: contextlib.nullcontext())
    async with browsing("founding-with-accounts", screen="rule", rules=(tmp_path,)) as pilot:
        session = pilot.app.session  # type: ignore[attr-defined]
        session._reader.fresh = True
        await press(pilot, "e", "R")
        assert session.failure is not None
        assert "the key 'title' is missing" in screen_text(pilot)
        await press(pilot, "e", "R")
        assert "On this bundle: fires: confirmed" in screen_text(pilot)
