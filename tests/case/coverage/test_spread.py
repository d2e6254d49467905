from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.coverage.spread import MOST_SLICES, SILENCE, Gap, Spread

START = datetime(2026, 3, 2, 10, 4, tzinfo=UTC)


def spread_of(stamps):
    spread = Spread()
    for stamp in stamps:
        spread.add(stamp)
    return spread


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40_000), max_size=40))
def test_gaps_are_those_of_the_sorted_stamps(seconds):
    stamps = [START + timedelta(seconds=s) for s in seconds]
    spread = spread_of(stamps)
    ordered = sorted(stamps)
    assert spread.first == min(stamps, default=None)
    assert spread.last == max(stamps, default=None)
    expected = [Gap(a, b) for a, b in pairwise(ordered) if b - a > SILENCE]
    assert spread.gaps() == expected


def test_ten_minutes_are_no_gap_and_a_microsecond_more_is():
    assert spread_of([START, START + SILENCE]).gaps() == []
    later = START + SILENCE + timedelta(microseconds=1)
    assert spread_of([START, later]).gaps() == [Gap(START, later)]


def test_scattered_stamps_do_not_fill_the_memory():
    spread = spread_of(START + timedelta(hours=hour) for hour in range(MOST_SLICES + 500))
    assert spread.scattered
    assert spread.gaps() == []
    assert spread.first == START
    assert spread.last == START + timedelta(hours=MOST_SLICES + 499)
