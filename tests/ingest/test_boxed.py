from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.boxed import unboxed
from arclogs.ingest.pasted import is_pasted, tidied

WIDTH = 100
EVENTS = [
    "Events:",
    "  Type     Reason            Age   From               Message",
    "  ----     ------            ----  ----               -------",
    "  Warning  FailedScheduling  83s   default-scheduler  0/9 nodes are available: 1 node(s) had"
    " untolerated taint {CriticalAddonsOnly: true}, 8 Insufficient cpu.",
    "  Normal   Killing           12s   kubelet            Stopping container runner",
]


def screen(lines: list[str], width: int = WIDTH) -> list[str]:
    pieces = [line[at : at + width] for line in lines for at in range(0, len(line) or 1, width)]
    return [f"│ {piece.ljust(width)} │" for piece in pieces]


def test_a_screen_with_events_is_read_without_its_frame():
    shown = ["see here:", *screen(EVENTS), "thanks"]
    found = unboxed(shown)
    assert len(found) == len(shown)
    assert [line for line in found if line] == ["see here:", *EVENTS, "thanks"]
    assert is_pasted("\n".join(shown).encode())
    assert list(tidied(shown, "ticket.txt")) == list(found)


@pytest.mark.parametrize(
    "lines",
    [
        ["┌──── Logs(ci/x-runner-w9k4d:runner)[tail] ────┐", *screen(["Listening for Jobs"] * 4)],
        screen(EVENTS)[:2],
        ["│ tree", "│ └── Events:", "└── x"],
        EVENTS,
        [],
    ],
    ids=["log", "too short", "tree", "no frame", "nothing"],
)
def test_other_lines_keep_what_they_have(lines):
    assert unboxed(lines) is lines


def test_a_row_below_one_that_fills_the_frame_is_no_rest_of_it():
    full = "  Warning  Failed  1s  kubelet  " + "x" * (WIDTH - 32)
    assert len(full) == WIDTH
    found = unboxed(screen([*EVENTS[:3], full, EVENTS[4]]))
    assert found[3:] == [full, EVENTS[4]]


LINES = st.lists(st.text("│ abN:\tEvents", max_size=30), max_size=12)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_as_many_lines_as_before(lines):
    assert len(unboxed(lines)) == len(lines)
