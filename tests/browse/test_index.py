"""What is kept to be browsed is what `arclogs records` prints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import polars as pl
import pytest

from arclogs.browse.block import block_of
from arclogs.browse.filter_expression import expression, read_filter
from arclogs.browse.index import RowIndex
from arclogs.browse.piece import pack
from arclogs.browse.reading import Wish, read_rows
from arclogs.browse.rows import SCHEMA
from arclogs.browse.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data" / "bundle"
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())
FILTERS = ("level>=W", "-level>=W src:job", "src:events type:Warning", "src:*.log /error/i",
           "pod:runner -reason:Pulled", "http since:09:00", "ns:arc* ns:*-system", "-http -error",
           "-http -é", "runnerset /Runner/")  # fmt: skip


@lru_cache
def both(source):
    """Return all rows as they are kept, and as `arclogs records` has them."""
    frames: list[pl.DataFrame] = []
    shelf = Shelf()
    read_rows([source], Wish(), frames.append)
    for frame in frames:
        shelf.put(frame)
    return RowIndex([pack([block_of(frame)]) for frame in frames]), shelf.in_order()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_rows_are_those_of_records_in_the_same_order(sample):
    index, expected = both(sample)
    assert index.frame(index.everything).equals(expected)


@pytest.mark.parametrize("where", FILTERS)
def test_a_filter_finds_what_records_finds(where):
    for sample in SAMPLES:
        index, whole = both(sample)
        expected = whole.filter(expression(read_filter(where)))
        assert index.frame(index.view(read_filter(where))).equals(expected)


def rows(*told):
    """Return an index of two frames: time in seconds or None, level, member, line, text."""
    zero = datetime(2026, 3, 2, tzinfo=UTC)
    whole = pl.DataFrame(
        [
            {"time": None if s is None else zero + timedelta(seconds=s), "level": level,
             "source": "job", "pod": "p", "member": member, "line": line, "text": text}
            for s, level, member, line, text in told
        ],
    )  # fmt: skip
    whole = pl.concat([pl.DataFrame(schema=SCHEMA), whole], how="diagonal_relaxed").cast(
        pl.Schema(SCHEMA)
    )
    half = len(told) // 2
    return RowIndex([pack([block_of(whole[:half])]), pack([block_of(whole[half:])])])


@pytest.fixture
def index():
    return rows(
        (3, 40, "b", 1, "three"), (None, 0, "b", 2, "undated"), (1, 20, "b", 9, "one"),
        (2, 30, "a", 1, "two"), (3, 40, "a", 5, "three too"), (9, 20, "a", 7, "nine"),
    )  # fmt: skip


def texts(index, view):
    return index.frame(view)["text"].to_list()


def test_rows_without_a_time_stand_last_and_equal_times_by_place(index):
    assert texts(index, index.everything) == ["one", "two", "three too", "three", "nine", "undated"]


def test_a_row_that_a_filter_hides_has_a_place_where_it_would_stand(index):
    view = index.view(read_filter("three"))
    two = index.position_of("a", 1)
    nine = index.position_of("a", 7)
    assert (view.place(index.rank(two)), view.place(index.rank(nine))) == (0, 2)
    three = index.position_of("b", 1)
    assert view.positions[view.place(index.rank(three))] == three


def test_a_line_belongs_to_the_record_that_began_before_it(index):
    assert index.row(index.position_of("a", 6))["text"] == "three too"
    assert index.row(index.position_of("b", 200))["text"] == "one"
    assert index.position_of("c", 1) is None


def test_the_nearest_error_lies_in_either_direction(index):
    whole = index.everything
    assert index.next_of_level(whole, 0, 1, 40) == 2
    assert index.next_of_level(whole, 2, 1, 40) == 3
    assert index.next_of_level(whole, 3, 1, 40) is None
    assert index.next_of_level(whole, 5, -1, 40) == 3
    assert index.next_of_level(whole, 2, -1, 40) is None


def test_the_nearest_row_that_fits_is_found_among_all(index):
    wanted = index.view(read_filter("three"))
    assert index.next_that_fits(index.everything, 0, 1, wanted) == 2
    assert index.next_that_fits(index.everything, 5, -1, wanted) == 3
    assert index.next_that_fits(wanted, 0, 1, wanted) == 1


def test_a_time_leads_to_the_first_row_not_before_it(index):
    assert index.rank_at(datetime(2026, 3, 2, 0, 0, 2, tzinfo=UTC)) == 1
    assert index.rank_at(datetime(2027, 1, 1, tzinfo=UTC)) == 5


def test_neighbours_in_time_are_of_the_same_pod(index):
    near = index.near(index.position_of("b", 1), 2, 10)
    assert [index.row(at)["text"] for at in near] == ["one", "two", "three too", "three"]
    assert index.near(index.position_of("b", 2), 2, 10) == []


def test_rows_are_counted_by_time(index):
    found = index.histogram(index.everything, 4)
    assert (found.counts, found.errors) == ((4, 0, 0, 1), (2, 0, 0, 0))
    assert found.in_parts(2) == [(4, 2), (1, 0)]
    assert [found.part(found.first, 8), found.part(found.last, 8)] == [0, 7]
    assert index.histogram(index.view(read_filter("undated")), 4) is None


def test_far_searches_go_in_steps():
    many = rows(*((n, 40 if n in (7, 19_000) else 20, "m", n, str(n)) for n in range(20_000)))
    assert many.next_of_level(many.everything, 7, 1, 40) == 19_000
    assert many.next_of_level(many.everything, 19_000, -1, 40) == 7


def test_nothing_is_an_index_too():
    empty = RowIndex()
    assert len(empty.view(read_filter("x"))) == 0
    assert empty.frame(empty.everything).schema == pl.Schema(SCHEMA)
    assert empty.frame(empty.everything).height == 0


def test_of_a_filter_that_nothing_fits_there_is_no_next(index):
    assert index.next_that_fits(index.everything, 0, 1, index.view(read_filter("nowhere"))) is None
