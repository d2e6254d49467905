"""Logs with the newest line first."""

from __future__ import annotations

import pytest

from arclogs.ingest.upright import upright

NEWEST_FIRST = [
    "2026-03-02T10:04:20.1211108Z ##[error]Executing",
    "a line of the message below",
    "2026-03-02T10:04:20.1203391Z ##[error]Process",
    "2026-03-02T10:04:19.9020441Z ##[group]Run",
]


def test_they_are_turned() -> None:
    assert upright(NEWEST_FIRST) == (NEWEST_FIRST[::-1], [3, 2, 1, 0])


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(NEWEST_FIRST[::-1], id="oldest first"),
        pytest.param([NEWEST_FIRST[0]] * 4, id="all at once"),
        pytest.param(NEWEST_FIRST[2:], id="two lines"),
        pytest.param([*NEWEST_FIRST, NEWEST_FIRST[2]], id="a step"),
        pytest.param(["2026-03-02T10:04:20Z x", *NEWEST_FIRST[2:]], id="stamps of two widths"),
        pytest.param(["a", "b", "c"], id="no stamps"),
        pytest.param(["timestamp,message", *NEWEST_FIRST], id="below a header"),
        pytest.param([], id="nothing"),
    ],
)
def test_others_stay_as_they_are(lines: list[str]) -> None:
    assert upright(lines) is None
