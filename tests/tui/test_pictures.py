"""What the README shows of the terminal UI is what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.pictures import PICTURES, drawn, keys_table, words_of

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_keys_is_that_of_the_bindings() -> None:
    """After a wanted change: python -m tests.tui.pictures docs/"""
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == keys_table()


@pytest.fixture(autouse=True, scope="module")
def small_pack() -> None:
    """Use all rules, as a user does."""


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_what_is_drawn_today(name: str) -> None:
    """After a wanted change: python -m tests.tui.pictures docs/"""
    kept = (DOCS / "tui" / f"{name}.svg").read_text(encoding="utf-8")
    assert words_of(await drawn(name)) == words_of(kept)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_holds_text_and_nothing_that_runs_or_is_loaded(name: str) -> None:
    picture = (DOCS / "tui" / f"{name}.svg").read_text(encoding="utf-8")
    assert re.search(r">arclogs&#160;?", picture)
    assert "<script" not in picture
    assert "url(http" not in picture
    assert "founding" in picture
