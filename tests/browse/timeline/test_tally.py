from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.rows import frame_of, record_row
from arclogs.browse.timeline.slices import EPOCH
from arclogs.browse.timeline.tally import ERROR, OTHER, Tally
from arclogs.model.record import Level, Record, Source

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
RECORDS = st.lists(
    st.builds(
        lambda member, source, seconds, level, pod: Record(
            member, 1, source, "x", ("x",),
            None if seconds is None else START + timedelta(seconds=seconds), level,
            fields={"pod": pod} if pod else {},
        ),
        st.sampled_from("ab"),
        st.sampled_from([Source.RUNNER, Source.CONTROLLER]),
        st.none() | st.floats(-1e5, 1e5),
        st.none() | st.sampled_from(Level),
        st.sampled_from([None, "p", "q"]),
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_records_and_rows_are_counted_alike(records):
    seen, put = Tally(), Tally()
    for record in records:
        seen.see(record)
    put.put(frame_of([record_row(r) for r in records]))
    assert sorted(map(str, seen.cells())) == sorted(map(str, put.cells()))
    assert seen.streams == put.streams


@settings(max_examples=50, deadline=None)
@given(RECORDS, st.integers(24, 40))
def test_wider_slices_lose_nothing_and_stay_within_the_bound(records, most):
    tally = Tally(most_cells=most)
    for record in records:
        tally.see(record)
    cells = list(tally.cells())
    assert sum(n for *_, n in cells) == sum(r.timestamp is not None for r in records)
    assert sum(s.undated for s in tally.streams.values()) == sum(not r.timestamp for r in records)
    assert len(cells) <= most
    exact = Tally()
    for record in records:
        exact.see(record)
    width = tally.resolution
    again = Counter[object]()
    for origin, tick, grade, n in exact.cells():
        again[origin, tick // width * width, grade] += n
    assert again == {(o, t, g): n for o, t, g, n in cells}


def test_levels():
    tally = Tally()
    for level in (None, Level.INFO, Level.ERROR):
        tally.see(Record("a", 1, Source.JOB, "x", ("x",), START, level))
    tick = (START - EPOCH) // timedelta(milliseconds=100)
    counts = {(tick_, grade): n for _, tick_, grade, n in tally.cells()}
    assert counts == {(tick, OTHER): 2, (tick, ERROR): 1}


def test_too_many_origins_share_one():
    tally = Tally(most_streams=3)
    for number in range(10):
        tally.see(Record(f"{number}.log", 1, Source.RUNNER, "x", ("x",), START))
    assert len(tally.streams) == 4
    assert sum(s.records for s in tally.streams.values()) == 10
