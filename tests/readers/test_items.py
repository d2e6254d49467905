"""Items come out of the bytes that they were packed into."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import DecodeError

from arclogs.ingest.interface import Elided, Unparsed
from arclogs.model.coverage import Code, MemberCoverage, Note
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Statement, Trust
from arclogs.model.record import Level, Record, Source
from arclogs.readers.items import Unpacking, Unsendable, packed

MEMBER = "logs/controller.log"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
NUMBERS = st.integers(0, 2**40)
TIMES = st.datetimes(timezones=st.just(UTC))
FIELDS = st.dictionaries(TEXTS, TEXTS, max_size=3)


def made(kind: Any, *parts: Any) -> Any:
    return st.tuples(*parts).map(lambda values: kind(*values))


RECORDS = made(
    Record, st.just(MEMBER), NUMBERS, st.sampled_from(Source), TEXTS,
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple), st.none() | TIMES,
    st.none() | st.sampled_from(Level), st.none() | TEXTS, FIELDS,
)  # fmt: skip
PLACES = made(Location, st.just(MEMBER), NUMBERS)
ITEMS = st.one_of(
    RECORDS,
    made(
        Elided, RECORDS, NUMBERS, NUMBERS, st.lists(TIMES, max_size=3).map(tuple),
        st.lists(st.tuples(RECORDS, NUMBERS), max_size=2).map(tuple),
    ),
    made(Unparsed, PLACES, TEXTS),
    made(Statement, TEXTS, TEXTS, PLACES, TEXTS, FIELDS),
    made(Note, TEXTS, st.sampled_from(Code), TEXTS),
    made(MemberCoverage, TEXTS, TEXTS, NUMBERS, NUMBERS, st.none() | TEXTS),
)  # fmt: skip


@given(st.lists(st.lists(ITEMS, min_size=1, max_size=5), max_size=3))
def test_items_come_out_as_they_went_in(batches: list[list[Any]]) -> None:
    unpacking = Unpacking()
    for items in batches:
        assert list(unpacking.items(packed(items), MEMBER)) == items


def test_nothing_is_packed_into_nothing() -> None:
    assert packed([]) == b""


def test_fields_that_records_share_are_kept_once() -> None:
    records = [Record(MEMBER, n, Source.RUNNER, "x", ("x",), fields={"pod": "a"}) for n in (1, 2)]
    first, second = Unpacking().items(packed(records), MEMBER)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.fields is second.fields


def test_the_run_of_a_chunk_stays_where_it_is() -> None:
    like = Record(MEMBER, 1, Source.RUNNER, "x", ("x",))
    item = Elided(like, 1, 2, (datetime(2026, 1, 1, tzinfo=UTC),), (), run=object())
    (found,) = Unpacking().items(packed([item]), MEMBER)
    assert isinstance(found, Elided)
    assert found.run is None


def test_objects_are_not_sent() -> None:
    pod = Observation("Pod", "x", "y", {}, Trust.LIVE, Location(MEMBER, 1))
    with pytest.raises(Unsendable):
        packed([pod])


def test_text_that_is_no_unicode_is_not_sent() -> None:
    with pytest.raises(UnicodeError):
        packed([Record(MEMBER, 1, Source.RUNNER, "\ud800", ("x",))])


@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data: bytes) -> None:
    try:
        list(Unpacking().items(data, MEMBER))
    except (DecodeError, IndexError):
        return
    assert data[:1] in (b"\x90", b"\xdc", b"\xdd")  # an empty list is one
