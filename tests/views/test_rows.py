"""Rows as text: every presentation of the same rows, hostile ones included."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.rows import RAW, event_row, frame_of, record_row
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.record import Level, Record, Source
from arclogs.views.interface import Layout
from arclogs.views.rows.csv import cell
from arclogs.views.rows.interface import RowFormat
from arclogs.views.rows.parquet import parquet_bytes
from arclogs.views.rows.registry import ROW_VIEWS
from arclogs.views.sanitize import UNSEEN

STAMP = datetime(2026, 3, 2, 10, 4, 20, 114000, tzinfo=UTC)
HOSTILE = "=cmd()\x1b[31m\u202eevil\u200b[bold]\r\n@SUM(1)"


def rows(text="boom\n  at x.js:1\n  at y.js:2", member="a.log", fields=None):
    record = Record(
        member, 7, Source.HOOK, text, tuple(text.split("\n")), STAMP, Level.ERROR, None,
        {"pod": "p", **(fields or {})},
    )  # fmt: skip
    event = Event(
        Location("e.txt", 2), "raw event", "FailedMount", "no volume", "Warning", "ci", "Pod", "p"
    )
    return frame_of([record_row(record), event_row(event)])


def shown(form, frame, **layout):
    view = ROW_VIEWS[form](Layout(**layout))
    return view.head() + view.rows(frame)


def test_table():
    assert shown(RowFormat.TABLE, rows()) == (
        "2026-03-02 10:04:20.114  E  hook        boom  (+2 lines)  a.log:7\n"
        "-----------------------  W  events      FailedMount Pod/p: no volume  e.txt:2\n"
    )


def test_table_on_a_terminal_says_the_same_and_cuts_only_the_endless():
    plain = shown(RowFormat.TABLE, rows("x" * 3_000))
    styled = shown(RowFormat.TABLE, rows("x" * 3_000), styled=True)
    assert "x" * 3_000 in plain
    assert "x" * 1_000 + " (2,000 more characters: --format jsonl)" in styled


def test_jsonl():
    first, second = map(json.loads, shown(RowFormat.JSONL, rows(fields={"k": "v"})).splitlines())
    assert first["time"] == "2026-03-02T10:04:20.114000Z"
    assert first["level"] == "error"
    assert first["text"] == "boom\n  at x.js:1\n  at y.js:2"
    assert first["fields"] == {"k": "v"}
    assert "step" not in first
    assert (second["object"], second["type"], second["level"]) == ("Pod/p", "Warning", "warning")
    assert "time" not in second


def test_csv_reads_back():
    head, first, second = csv.reader(io.StringIO(shown(RowFormat.CSV, rows())))
    row = dict(zip(head, first))
    assert row["time"] == "2026-03-02T10:04:20.114000Z"
    assert row["text"] == "boom\\n  at x.js:1\\n  at y.js:2"
    assert dict(zip(head, second))["reason"] == "FailedMount"


def test_log_has_the_original_lines():
    assert shown(RowFormat.LOG, rows("a\nb")) == "a\nb\nraw event\n"


def test_parquet_reads_back():
    frame = pl.read_parquet(io.BytesIO(parquet_bytes(rows().drop(RAW))))
    assert frame["time"].to_list() == [STAMP, None]
    assert frame["level"].to_list() == ["error", "warning"]
    assert frame["text"][0] == "boom\n  at x.js:1\n  at y.js:2"
    assert frame["line"].to_list() == [7, 2]


@pytest.mark.parametrize("form", ROW_VIEWS)
def test_nothing_captured_acts_or_hides(form):
    text = shown(form, rows(HOSTILE, member="\x1b[2J\u202e.log", fields={"\x9b": "\x07"}))
    assert not UNSEEN.search(text)
    assert "evil" in text


def test_nothing_hides_in_parquet():
    frame = pl.read_parquet(io.BytesIO(parquet_bytes(rows(HOSTILE, "\x1b.log").drop(RAW))))
    values = [v for row in frame.rows() for v in row if isinstance(v, str)]
    assert not any(UNSEEN.search(value) for value in values)


def test_markup_in_messages_is_text():
    assert "[bold]x[/bold]" in shown(RowFormat.TABLE, rows("[bold]x[/bold]"), styled=True)


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_cell_is_a_formula(text):
    harmless = cell(text)
    assert not harmless.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not UNSEEN.search(harmless)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_a_formula_gets_an_apostrophe(start):
    assert cell(f"{start}cmd|' /C calc'!A0").startswith(f"'{start}")
    assert cell("a=b") == "a=b"


def test_no_rows():
    empty = frame_of([])
    assert shown(RowFormat.TABLE, empty) == shown(RowFormat.JSONL, empty) == ""
    assert shown(RowFormat.CSV, empty).startswith('"time","level"')
    assert pl.read_parquet(io.BytesIO(parquet_bytes(empty.drop(RAW)))).height == 0
