"""Records that are kept come out as they went in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.records import kept
from arclogs.case.records.kept import KeptRecords
from arclogs.model.record import Level, Record, Source

TEXTS = st.sampled_from(["", "a", "Run build", "ä\u2028\ud800", "x" * 300]) | st.text(max_size=8)
STAMPS = st.datetimes(timezones=st.just(UTC)) | st.none()
RECORDS = st.tuples(
    st.sampled_from(["a.log", "b/c.log"]),
    st.integers(1, 2**40),
    st.sampled_from(Source),
    TEXTS,
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    STAMPS,
    st.sampled_from(Level) | st.none(),
    TEXTS | st.none(),
    st.dictionaries(st.sampled_from(["pod", "step", "namespace"]), TEXTS, max_size=3),
).map(lambda parts: Record(*parts))


@settings(max_examples=100, deadline=None)
@given(st.lists(RECORDS, max_size=20), st.integers(1, 6), st.integers(0, 3))
def test_they_come_out_as_they_went_in_and_in_order(records, block, alike):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_BLOCK", block)
        patch.setattr(kept, "_MOST_ALIKE", alike)
        store = KeptRecords()
        for record in records:
            store.add(record)
        out = list(store)
    assert out == records
    assert [type(r.source) for r in out] == [Source] * len(out)
    assert [type(r.level) for r in out] == [type(r.level) for r in records]
    assert list(store) == records  # once more


def test_a_copy_goes_its_own_way(monkeypatch):
    monkeypatch.setattr(kept, "_BLOCK", 2)
    record = Record("a", 1, Source.JOB, "x", ("x",), datetime(2026, 1, 2, tzinfo=UTC))
    store = KeptRecords()
    for _ in range(3):
        store.add(record)
    other = store.copy()
    store.add(record)
    other.add(record)
    other.add(record)
    assert (len(list(store)), len(list(other))) == (4, 5)


def test_what_is_equal_is_kept_once(monkeypatch):
    monkeypatch.setattr(kept, "_BLOCK", 4)
    store = KeptRecords()
    for number in range(10):
        fields = {"pod": "".join(["linux", "-a"])}
        store.add(Record("a", number, Source.JOB, "".join(["Run ", "x"]), ("y",), fields=fields))
    out = list(store)
    assert len({id(r.text) for r in out[:8]}) == len({id(r.fields) for r in out[:8]}) == 1


def test_packed_they_take_a_tenth_of_their_room():
    store = KeptRecords()
    for number in range(kept._BLOCK):
        raw = f"2026-09-17T10:04:{number % 60:02d}.{number:07d}Z ##[group]Run build"
        store.add(Record("job-log.txt", number, Source.JOB, "Run build", (raw,)))
    (packed,) = store._packed
    assert len(packed) < kept._BLOCK * 60
