from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.tables.columns import is_upper_case_header, read_header

HEADER = "NAME      READY   STATUS    RESTARTS       AGE"


def cells(header: str, line: str) -> list[str] | None:
    columns = read_header(header)
    assert columns is not None
    row = columns.row(line)
    return list(row.cells.values()) if row is not None else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "pod-1     1/1     Running   3 (5m2s ago)   48m",
            ["pod-1", "1/1", "Running", "3 (5m2s ago)", "48m"],
        ),
        ("pod-1     1/1               0              48m", ["pod-1", "1/1", "", "0", "48m"]),
        ("pod-1   1/1   Running   0   48m", ["pod-1", "1/1", "Running", "0", "48m"]),
        ("pod-1 1/1 Running 3 (5m2s ago) 48m", ["pod-1", "1/1", "Running", "3 (5m2s ago)", "48m"]),
        (
            "a-very-long-name 1/1     Running   0              48m",
            ["a-very-long-name", "1/1", "Running", "0", "48m"],
        ),
        ("pod-1\t1/1\tRunning\t0\t48m", ["pod-1", "1/1", "Running", "0", "48m"]),
        ("pod-1", ["pod-1", "", "", "", ""]),
        ("          1/1     Running   0              48m", None),
    ],
)
def test_rows(line: str, expected: list[str] | None) -> None:
    assert cells(HEADER, line) == expected


def test_a_cell_is_blank_for_certain_only_where_the_line_goes_on() -> None:
    columns = read_header("NAME   STATE   COUNT   LAST")
    assert columns is not None
    row = columns.row("a              1       ")
    assert row is not None
    assert row.blank == {"STATE", "LAST"}
    trimmed = columns.row("a              1")
    assert trimmed is not None
    assert trimmed.blank == {"STATE"}
    moved = columns.row("a-long-name-here   1")
    assert moved is not None
    assert moved.blank == frozenset()


def test_free_text_may_hold_gaps() -> None:
    header = "NAME   MESSAGE            AGE"
    assert cells(header, "a      two  blanks here   5m") == ["a", "two  blanks here", "5m"]


def test_wide_characters_count_as_one() -> None:
    assert cells("NAME   STATUS   AGE", "é日本   Bound    5m") == ["é日本", "Bound", "5m"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "NAME GITHUB CONFIG URL RUNNERID LAST SEEN",
            ("NAME", "GITHUB CONFIG URL", "RUNNERID", "LAST SEEN"),
        ),
        ("NAME\tMINIMUM RUNNERS\tAGE", ("NAME", "MINIMUM RUNNERS", "AGE")),
        ("  Type  Reason", ("TYPE", "REASON")),
        ("NAME", None),
        ("NAME   AGE   AGE", None),
    ],
)
def test_headers(line: str, names: tuple[str, ...] | None) -> None:
    header = read_header(line)
    assert (header.names if header is not None else None) == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (HEADER, True),
        ("NAMESPACE   NAME   AGE", True),
        ("LAST SEEN   TYPE   REASON", True),
        ("NAME: arc", False),
        ("NAME   CPU(cores)   MEMORY(bytes)", False),
        ("REVISION   UPDATED   STATUS", False),
        ("NAME" + " X" * 5000, False),
    ],
)
def test_capitals(line: str, expected: bool) -> None:
    assert is_upper_case_header(line) is expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_cut_or_refused(header: str, line: str) -> None:
    columns = read_header(header)
    row = columns.row(line) if columns is not None else None
    if columns is not None and row is not None:
        assert tuple(row.cells) == columns.names
