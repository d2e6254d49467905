"""Times by arithmetic are those that the standard library reads."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.bulk.times import times_of

# without a zone, as the stamps are
MOMENTS = st.datetimes(*map(datetime.fromisoformat, ("2000-01-01", "2099-12-31")))


@settings(max_examples=50, deadline=None)
@given(st.lists(MOMENTS, max_size=20), st.sampled_from([0, 3, 6, 7, 9]))
def test_stamps_of_any_fraction(moments, digits):
    stamps = []
    for moment in moments:
        fraction = f"{moment.microsecond:06}123"[:digits]
        stamps.append(f"{moment:%Y-%m-%dT%H:%M:%S}{'.' if digits else ''}{fraction}")
    width = 19 + (digits and digits + 1)
    found = times_of(np.frombuffer("".join(stamps).encode(), np.uint8).reshape(-1, width))
    assert found.to_list() == [datetime.fromisoformat(s[:26]).replace(tzinfo=UTC) for s in stamps]


def test_lines_without_stamps_have_no_times():
    assert times_of(np.zeros((2, 0), np.uint8)).to_list() == [None, None]
