"""What the README shows of the terminal UI is what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.pictures import PICTURES, keys_table

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_keys_is_that_of_the_bindings() -> None:
    """After a wanted change: python -m tests.tui.pictures docs/"""
    assert (DOCS / "keys.md").read_text(encoding="utf-8") == keys_table()


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_holds_text_and_nothing_that_runs_or_is_loaded(name: str) -> None:
    picture = (DOCS / "tui" / f"{name}.svg").read_text(encoding="utf-8")
    assert re.search(r">arclogs&#160;?", picture)
    assert "<script" not in picture
    assert "url(http" not in picture
    assert "founding" in picture
