"""Keeps the machine out of the tests: no clipboard, no configuration, no colours of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arclogs.rules.files import load
from arclogs.tui import app, editing
from arclogs.tui.clipboard import Copied
from arclogs.tui.models import rule_page
from tests.tui.driving import without_sleep

if TYPE_CHECKING:
    from collections.abc import Iterator

PACK = Path(__file__).parent / "data" / "pack"
VARIABLES = ("NO_COLOR", "TEXTUAL_THEME", "ARCLOGS_THEME", "ARCLOGS_CONFIG", "VISUAL", "EDITOR")


class Clip:
    """What was copied last."""

    text = ""


@pytest.fixture
def clip(monkeypatch: pytest.MonkeyPatch) -> Clip:
    """Catch what goes into the clipboard."""
    held = Clip()

    def copied(text: str) -> Copied:
        held.text = text
        return Copied("")

    monkeypatch.setattr(app, "copied", copied)
    return held


@pytest.fixture(autouse=True, scope="module")  # no longer: other tests share the process
def small_pack() -> Iterator[None]:
    """Use a few rules as they once were: what is drawn does not change with every new rule."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (load, rule_page, editing):
            patch.setattr(module, "pack_directory", lambda: PACK)
        yield


@pytest.fixture(autouse=True)
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for a while: neither the pilot for each key, nor a filter for the next letter."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", without_sleep)
    monkeypatch.setattr("arclogs.tui.screens.filtered_rows.DEBOUNCE", 0)
    monkeypatch.setattr("arclogs.tui.screens.records.REST", 0)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put configuration and cache of the user aside."""
    home = tmp_path_factory.mktemp("home")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.chdir(home)
    return home
