"""Rows that are kept for browsing: all, those that were asked for, or as many as there is room for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arclogs.browse.block import block_of
from arclogs.browse.filter_expression import read_filter
from arclogs.browse.index import RowIndex
from arclogs.browse.piece import pack
from arclogs.tui.session import work
from arclogs.tui.session.events import Order, Progress, Ready, Rows
from arclogs.tui.session.looking import look, nothing, worth_it
from tests.tui.driving import browsing, press, screen_text

if TYPE_CHECKING:
    import pytest

SAMPLE = Path(__file__).parents[3] / "samples" / "founding-with-accounts"


def told(order: Order) -> list[object]:
    events: list[object] = []
    work.Work(order, events.append, lambda: False).analyze()
    return events


def test_only_rows_that_were_asked_for_are_kept_and_findings_rest_on_all() -> None:
    events = told(Order((SAMPLE,), where=read_filter("level>=E")))
    pieces = [event.piece for event in events if isinstance(event, Rows) and event.piece]
    assert sum(piece.height for piece in pieces) == 8
    ready = events[-1]
    assert isinstance(ready, Ready)
    assert ready.report.bundle.records == 109


def test_rows_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "FIRST_ROWS", 1)
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr("arclogs.browse.bulk.making.BATCH", 20)
    rows = [e for e in told(Order((SAMPLE,), most_bytes=9_000)) if isinstance(e, Rows)]
    kept = sum(event.piece.height for event in rows if event.piece)
    assert 0 < kept < 86
    assert kept + rows[-1].left_out == 86


def test_rows_are_put_in_order_anew_only_when_there_are_many_more() -> None:
    pieces = [e.piece for e in told(Order((SAMPLE,))) if isinstance(e, Rows) and e.piece]
    index = RowIndex(pieces)
    few = pack([block_of(index.frame(index.everything, 0, 5))])
    now = look(nothing(), pieces, read_filter(""), on=True)
    assert not worth_it(now, pieces, complete=True)
    assert not worth_it(now, [*pieces, few], complete=False)
    assert worth_it(now, [*pieces, few], complete=True)
    assert worth_it(now, [*pieces, pieces[0]], complete=False)
    again = look(now, pieces, read_filter("level>=E"), on=True)
    assert again.index is now.index
    assert look(again, pieces, again.where, on=False).fitting is again.fitting


async def test_the_screen_says_how_far_rows_have_come() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        session = pilot.app.session  # type: ignore[attr-defined]
        session.report, session.progress = None, Progress(25, 100, 86)
        await press(pilot, "ctrl+f")
        assert "86 rows so far, 25 % read" in screen_text(pilot)


async def test_the_screen_says_that_there_was_no_room() -> None:
    async with browsing(SAMPLE, screen="records") as pilot:
        pilot.app.session.left_out = 1234  # type: ignore[attr-defined]
        await press(pilot, "ctrl+f")
        assert "1,234 more did not fit into memory: --where narrows them" in screen_text(pilot)
