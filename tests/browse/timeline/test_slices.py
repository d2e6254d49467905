from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclogs.browse.timeline.slices import COARSER, MOST_SLICES, shown, window_of
from arclogs.errors import UsageError

MOMENTS = st.datetimes(timezones=st.just(UTC))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@given(MOMENTS, MOMENTS, st.sampled_from(COARSER))
def test_a_window_holds_both_ends_in_few_slices(one, other, resolution):
    first, last = sorted((one, other))
    window = window_of(first, last, resolution)
    assert 1 <= window.count <= MOST_SLICES
    assert window.place(first) == 0
    assert window.place(last) == window.count - 1
    assert window.width % resolution == 0
    assert all(window.stamps())


def test_slices_begin_at_even_times():
    window = window_of(NOON + timedelta(seconds=7), NOON + timedelta(minutes=40))
    assert window.seconds == 60
    assert window.stamps() == ("2026-03-02T12:00:00.000Z", "2026-03-02T12:41:00.000Z")
    assert window.place(NOON - timedelta(seconds=1)) is None
    assert window.clipped(NOON - timedelta(days=1)) == 0


def test_a_width_that_was_asked_for():
    window = window_of(NOON, NOON + timedelta(minutes=5), per=timedelta(seconds=10))
    assert (window.seconds, window.count) == (10, 31)


def test_a_width_finer_than_the_counts_is_refused():
    with pytest.raises(UsageError, match="--per 2s: use a multiple of 10s"):
        window_of(NOON, NOON, 100, per=timedelta(seconds=2))
    with pytest.raises(UsageError, match="--per 50ms: use a multiple of 100ms"):
        window_of(NOON, NOON, per=timedelta(milliseconds=50))


def test_too_many_slices_are_refused():
    with pytest.raises(UsageError, match=r"1s slices are too many .* 2,000 fit"):
        window_of(NOON, NOON + timedelta(days=1), per=timedelta(seconds=1))


@pytest.mark.parametrize(
    ("ms", "text"), [(500, "500ms"), (10_000, "10s"), (90_000, "90s"), (7_200_000, "2h")]
)
def test_widths_are_shown_as_they_are_given(ms, text):
    assert shown(timedelta(milliseconds=ms)) == text
