from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.together import apart
from tests.ingest.member_reading import read, records

ZAP = '2026-03-02T10:04:20Z\tINFO\tEphemeralRunner\tRemoving\t{"x":{"name":"y"}}'
LOGS = {
    "zap": [ZAP, ZAP.replace("20Z", "21Z"), ZAP.replace("INFO", "ERROR")],
    "zap with blanks": [ZAP.replace("\t", "    "), ZAP.replace("\t", " ")],
    "json": ['{"severity":"info","ts":"2026-03-02T10:04:20Z","message":"a"}'] * 2,
    "runner": [f"[RUNNER 2026-03-02 10:04:2{n}Z INFO Runner] Job {n}" for n in range(3)],
    "listener": [ZAP, "2026/03/02 10:04:20 Application returned an error: x"],
}


@pytest.mark.parametrize("lines", LOGS.values(), ids=LOGS)
def test_lines_that_came_as_one_are_taken_apart(lines):
    assert apart(["Hi,", " ".join(lines), lines[0]]) == (
        ["Hi,", *lines, lines[0]],
        [0, *[1] * len(lines), 2],
    )


@pytest.mark.parametrize(
    "line",
    [
        ZAP,
        f"2026-03-02T10:04:20.123456789Z {ZAP}",
        f"it says {ZAP} {ZAP}",
        "[RUNNER 2026-03-02 10:04:20Z INFO Terminal] WRITE LINE: 2026-03-02 10:04:20Z: Listening",
        "",
    ],
)
def test_other_lines_stay_as_they_are(line):
    assert apart([line]) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([ZAP, "x", "", f"{ZAP} {ZAP}"]), max_size=8))
def test_nothing_is_lost(lines):
    found = apart(lines)
    if found is not None:
        texts, numbers = found
        assert " ".join(" ".join(texts).split()) == " ".join(" ".join(lines).split())
        assert numbers == sorted(numbers)


def test_each_line_is_a_record_of_the_line_it_stood_in():
    found = records(read(f"The log:\n\n`{ZAP} {ZAP.replace('20Z', '21Z')}`\n", "ticket.md"))
    assert [(r.line, str(r.timestamp), r.source.value) for r in found] == [
        (3, "2026-03-02 10:04:20+00:00", "controller"),
        (3, "2026-03-02 10:04:21+00:00", "controller"),
    ]
    assert [r.raw for r in found] == [(ZAP,), (ZAP.replace("20Z", "21Z"),)]
