from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.block import block_of
from arclogs.browse.rows import frame_of, record_row
from arclogs.browse.timeline.slices import EPOCH
from arclogs.browse.timeline.tally import ERROR, OTHER, Tally
from arclogs.model.record import Level, Record, Source

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
TICK = timedelta(milliseconds=100)
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


def put(tally, records):
    tally.put(block_of(frame_of([record_row(r) for r in records])))


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_records_are_counted_alike_one_by_one_and_together(records):
    one_by_one, together = Tally(), Tally()
    for record in records:
        put(one_by_one, [record])
    put(together, records)
    assert list(one_by_one.cells()) == list(together.cells())
    assert one_by_one.streams == together.streams
    assert [s.records for s in together.streams.values()] == list(
        Counter((r.member, r.source, r.fields.get("pod")) for r in records).values()
    )
    by_tick = Counter((r.timestamp - EPOCH) // TICK for r in records if r.timestamp)
    counted = Counter[int]()
    for _, tick, _, n in together.cells():
        counted[tick] += n
    assert counted == by_tick


@settings(max_examples=50, deadline=None)
@given(RECORDS, st.integers(36, 50))
def test_wider_slices_lose_nothing_and_stay_within_the_bound(records, most):
    tally = Tally(most_cells=most)
    for record in records:
        put(tally, [record])
    cells = list(tally.cells())
    assert sum(n for *_, n in cells) == sum(r.timestamp is not None for r in records)
    assert sum(s.undated for s in tally.streams.values()) == sum(not r.timestamp for r in records)
    assert len(cells) <= most
    exact = Tally()
    put(exact, records)
    width = tally.resolution
    again = Counter[object]()
    for origin, tick, grade, n in exact.cells():
        again[origin, tick // width * width, grade] += n
    assert again == {(o, t, g): n for o, t, g, n in cells}


def test_levels():
    tally = Tally()
    records = [
        Record("a", 1, Source.JOB, "x", ("x",), START, level)
        for level in (None, Level.INFO, Level.ERROR)
    ]
    put(tally, records)
    counts = {(tick, grade): n for _, tick, grade, n in tally.cells()}
    assert counts == {((START - EPOCH) // TICK, OTHER): 2, ((START - EPOCH) // TICK, ERROR): 1}


def test_too_many_origins_share_one():
    tally = Tally(most_streams=3)
    put(tally, [Record(f"{n}.log", 1, Source.RUNNER, "x", ("x",), START) for n in range(10)])
    assert len(tally.streams) == 4
    assert sum(s.records for s in tally.streams.values()) == 10
