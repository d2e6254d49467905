from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.flowed import rejoined

STAMP = "2026-03-02T10:04:20.1142210Z "
LONG = STAMP + " ".join(f"word{n}" for n in range(30))


@pytest.mark.parametrize("width", [64, 72, 76, 80])
def test_lines_broken_at_a_width_are_whole_again(width):
    broken = textwrap.wrap(LONG, width)
    found = rejoined(["Hi,", "", *broken, STAMP + "next", "", "Bye"])
    assert found is not None
    lines, numbers = found
    assert lines == ["Hi,", "", LONG, STAMP + "next", "", "Bye"]
    assert numbers[2:4] == [2, 2 + len(broken)]


@pytest.mark.parametrize("width", [72, 80, 100, 133, 400])
def test_lines_broken_by_a_terminal_are_whole_again(width):
    whole = [STAMP + "x" * 401, STAMP + "short", "  of its own", STAMP + "y " * 450, "", "Bye"]
    broken = [line[at : at + width] for line in whole for at in range(0, len(line) or 1, width)]
    found = rejoined(broken)
    assert found is not None
    lines, numbers = found
    assert lines == whole
    assert numbers[:2] == [0, -(-len(whole[0]) // width)]


@pytest.mark.parametrize(
    ("width", "rejoins"), [(80, True), (100, True), (120, True), (90, False), (121, False)]
)
def test_one_broken_line_is_enough_at_a_usual_width_only(width, rejoins):
    first = (STAMP + "z" * 200)[:width]
    assert (rejoined([first, "rest", STAMP + "next"]) is not None) is rejoins


@pytest.mark.parametrize(
    "lines",
    [
        # longer lines than the one that seems to go on
        [LONG, STAMP + "short", "and more"],
        # the next word had room
        [STAMP + "x " * 20, "Message of its own"],
        # a table, a stack, an object
        ["NAME" + " " * 60 + "AGE", "linux-k8s-7hx2q-runner-w9k4d" + " " * 36 + "5d"] * 3,
        [STAMP + "panic " * 7, "    at Object.<anonymous> (index.js)", "Caused by: " + "x " * 30],
        ["apiVersion: v1", "kind: Pod", "description: " + "word " * 12, "status: x"],
        [],
    ],
)
def test_what_nobody_broke_stays_as_it_is(lines):
    assert rejoined(lines) is None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text("ab \u00e9:", max_size=90) | st.just(LONG[:70]), max_size=20))
def test_nothing_is_lost(lines):
    found = rejoined(lines)
    if found is not None:
        whole, numbers = found
        assert "".join(whole).replace(" ", "") == "".join(lines).replace(" ", "")
        assert len(whole) == len(numbers)
        assert numbers == sorted(set(numbers))


OBJECT = (
    '{"severity":"error","ts":"2026-03-02T10:04:20Z","message":"Reconciler error","error":"x",'
    '"stacktrace":"sigs.k8s.io/controller-runtime/pkg/internal/controller.(*Controller)\\n\\tx"}'
)


@pytest.mark.parametrize("at", [[30], [150], [90, 120], [60, 100, 140]])
def test_an_object_of_json_is_whole_again_wherever_it_was_broken(at):
    pieces = [OBJECT[i:j] for i, j in zip([0, *at], [*at, None])]
    found = rejoined(["Hi,", OBJECT, *pieces, OBJECT])
    assert found is not None
    lines, numbers = found
    assert lines == ["Hi,", OBJECT, OBJECT, OBJECT]
    assert numbers == [0, 1, 2, 2 + len(pieces)]


@pytest.mark.parametrize(
    "lines",
    [
        [OBJECT[:90], OBJECT],
        [OBJECT[:90], "and then nothing", "more }"],
        ['{"a": 1', *["x"] * 20, "}"],
        ['{"statistics": "{', STAMP + '"}'],
    ],
    ids=["cut", "prose", "too far", "a record between"],
)
def test_an_object_that_is_never_closed_stays_as_it_is(lines):
    assert rejoined(lines) is None


def test_lines_that_k9s_broke_in_its_frame_are_whole_again():
    title = "┌── Logs(arc-systems/arc-gha-rs-controller-7b9f6d8c6-8v2xj:manager)[tail] ──┐"
    frame = [title, *(f"│ {LONG[at : at + 96]:<96} │" for at in range(0, len(LONG), 96))]
    found = rejoined([*frame, f"│ {STAMP + 'next':<96} │", "└" + "─" * 98 + "┘"])
    assert found is not None
    lines, numbers = found
    assert lines[1:3] == [f"│ {LONG} │", f"│ {STAMP}next │"]
    assert numbers == [0, 1, len(frame), len(frame) + 1]


@pytest.mark.parametrize(
    "rows",
    [
        [LONG, STAMP + "next"],  # each record on its row, the long one cut off
        [LONG, "sigs.k8s.io/controller-runtime/pkg.(*Controller).Reconcile(0x1)", "short"],
        [STAMP + "short", "of its own"],
        ["NAME " * 19 + "A", "linux-k8s " * 9 + "5d"],
    ],
)
def test_what_k9s_did_not_break_stays_as_it_is(rows):
    assert rejoined([f"│ {row[:96]:<96} │" for row in rows]) is None
