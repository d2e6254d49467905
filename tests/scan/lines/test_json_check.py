"""Whether the fields of many console lines are whole is what is told of each line alone."""

from __future__ import annotations

import msgspec
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arclogs.scan.lines.json_check import whole_tails
from arclogs.scan.lines.lines import Lines
from arclogs.scan.lines.looks import Looks
from tests.scan.lines.test_looks import WOUNDS, shape_for, wounded
from tests.scan.log_texts import text_of


def has_whole_tail(line: bytes) -> bool:
    at = line.find(b'\t{"')
    if at < 0:
        return True
    try:
        msgspec.json.decode(line[at + 1 :])
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False
    return len(line) < 4096 and line.isascii()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    carrier=st.sampled_from(("bare", "timestamps", "cri", "prefix")),
    seed=st.integers(0, 10**6),
    wounds=WOUNDS,
)
def test_tails_of_many_lines(carrier: str, seed: int, wounds: list[tuple[int, int, str]]) -> None:
    shape = shape_for("controller", carrier)
    assert shape is not None
    text = wounded(text_of("controller", carrier, 60, seed).decode(), wounds)
    lines = Lines(text, Looks(shape))
    told = whole_tails(lines, np.arange(len(lines)))
    assert told.tolist() == [
        has_whole_tail(line) for line in map(lines.bytes_of, range(len(lines)))
    ]
