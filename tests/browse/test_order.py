"""Positions in order are those that one sort by time, member and line gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse import order
from arclogs.browse.order import order_of
from arclogs.browse.rows import SCHEMA

ZERO = datetime(2026, 3, 2, tzinfo=UTC)
ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 9), st.sampled_from("abc"), st.integers(1, 9)), max_size=40
)
PIECES = st.lists(ROWS, max_size=4)
FILES = st.lists(st.tuples(st.sampled_from("cabd"), st.integers(1, 12)), max_size=9)


def both(pieces):
    kinds = {"time": SCHEMA["time"], "member": pl.String, "line": pl.UInt32}
    frames = [
        pl.DataFrame(
            [(None if s is None else ZERO + timedelta(seconds=s), *rest) for s, *rest in piece],
            schema=kinds, orient="row",
        )
        for piece in pieces
    ]  # fmt: skip
    heads = [frame.with_columns(pl.col("member").cast(pl.Categorical)) for frame in frames]
    whole = pl.concat([pl.DataFrame(schema=kinds), *frames]).with_row_index("at")
    expected = whole.sort("time", "member", "line", nulls_last=True, maintain_order=True)
    return order_of(whole["time"], heads).to_list(), expected["at"].to_list()


@pytest.fixture(params=[1, 100_000], ids=["in parts", "at once"], autouse=True)
def _parts(request, monkeypatch):
    monkeypatch.setattr(order, "_LEAST_ROWS", request.param)


@settings(max_examples=50, deadline=None)
@given(PIECES)
def test_rows_in_any_order(pieces):
    found, expected = both(pieces)
    assert found == expected


@settings(max_examples=50, deadline=None)
@given(FILES)
def test_files_line_by_line(files):
    done: dict[str, int] = {}
    pieces = []
    for name, count in files:
        first = done.get(name, 0) + 1
        done[name] = first + count - 1
        pieces.append([((7 * line) % 10, name, line) for line in range(first, done[name] + 1)])
    found, expected = both(pieces)
    assert found == expected
