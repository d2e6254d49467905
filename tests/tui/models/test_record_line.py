"""A record as lines of the Records screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from arclogs.browse.filter_expression import read_filter
from arclogs.tui.models.block import Tone
from arclogs.tui.models.record_line import Shown, Style, gap, highlights, lines_of, marked
from arclogs.views.sanitize import UNSEEN

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def row(text: str) -> Shown:
    return Shown(NOON, 40, "job", None, text, text.count("\n"))


@pytest.mark.parametrize(("passed", "shown"), [
    (timedelta(milliseconds=213), "+0.213s"), (timedelta(seconds=182), "+3m02s"),
    (timedelta(hours=5, minutes=7), "+5h07m"), (timedelta(days=3, hours=4), "+3d04h"),
])  # fmt: skip
def test_the_time_since_the_row_above_fits_into_nine_columns(passed: timedelta, shown: str) -> None:
    assert gap(NOON + passed, NOON) == f"{shown:>9}"
    assert gap(NOON, None) == gap(None, NOON) == " " * 9


def test_what_a_filter_looks_for_stands_out_and_what_it_excludes_does_not() -> None:
    style = Style(highlights=highlights(read_filter("Http /err\\w+/i -request level>=W")))
    parts = marked("HTTP request: Error", row(""), style)
    assert [part.text for part in parts if part.tone is Tone.FOUND] == ["HTTP", "Error"]
    assert "".join(part.text for part in parts) == "HTTP request: Error"


def test_a_pattern_that_explodes_or_that_only_rust_knows_costs_its_highlight_alone() -> None:
    patterns = highlights(read_filter("/(a|aa)+$/ /\\p{Greek}/"))
    parts = marked("a" * 200 + "!", row(""), Style(highlights=patterns))
    assert "".join(part.text for part in parts) == "a" * 200 + "!"


@given(st.text(max_size=300), st.integers(20, 140), st.booleans())
def test_any_text_becomes_harmless_lines_that_keep_to_the_width(
    text: str, width: int, wraps: bool
) -> None:
    for line in lines_of(0, row(text), None, Style(width=width, wraps=wraps)):
        assert not UNSEEN.search(line.text)
        assert "\n" not in line.text
        if wraps and width > 60:
            assert Text(line.text).cell_len <= width


def test_a_record_of_many_lines_is_one_line_that_tells_how_many_more() -> None:
    (line,) = lines_of(0, row("\nfirst\nsecond"), None, Style())
    assert line.text.endswith("first  (+2 lines)")
    folded = list(lines_of(0, row("first\nsecond"), None, Style(wraps=True)))
    assert [one.text.split()[-1] for one in folded] == ["first", "second"]
