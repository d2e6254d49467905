"""What is no suspect is not doubtful: neither the text of a row nor anything else that it tells."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arclogs.browse.block import SHARED, SUSPECT
from arclogs.browse.bulk import suspects as module
from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.doubt import doubtful
from arclogs.bundle.member import Member
from arclogs.case.gather import gather
from arclogs.redact.patterns import PATTERNS
from arclogs.scan.scanner import Scanner
from tests.scan.log_texts import FORMATS, text_of
from tests.scan.test_equal import CARRIERS

if TYPE_CHECKING:
    from arclogs.browse.block import Block

WORDS = sorted({word for pattern in PATTERNS for word in pattern.keywords})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([word.upper() for word in WORDS]),
    st.sampled_from([": ", "=", " ", '":"', "://me:x@", "\\u0041", "\\", "x" * 20, "a1" * 15]),
    st.sampled_from(
        ["Zz" * 15, "9" * 60, "a" * 45, "B" + "c" * 28, "\N{KELVIN SIGN}ey=", "\x1b[1m"]
    ),
)
WOUNDS = st.lists(st.tuples(st.integers(0, 10**6), st.lists(PIECES, max_size=4).map("".join)),
                  max_size=60)  # fmt: skip


@cache
def scanner() -> Scanner:
    return Scanner(lambda _sources: (), least_bytes=0, chunk_bytes=20_000)


def blocks(data: bytes, name: str) -> tuple[list[Block], int]:
    """Return the rows of a log, and how many were made in bulk."""
    found: list[Block] = []
    dull = 0
    maker = RowMaker(found.append, suspect=True)

    def see(item: Any) -> None:
        nonlocal dull
        dull += getattr(item, "count", 0)
        maker.see(item)

    member = Member(name, len(data), None, iter([data]))
    gather([member], lambda batch: [False] * len(batch), see, quick=scanner())
    maker.flush()
    return found, dull


def held(data: bytes, name: str) -> int:
    """Hold every row that is no suspect against the test; return how many there are."""
    calm = 0
    for block in blocks(data, name)[0]:
        own = block.own.filter(~pl.col(SUSPECT))
        shared = block.shared.filter(~pl.col(SUSPECT))
        for column in (own["text"], own["raw"], *shared.select(SHARED)):
            told = column.filter(doubtful(column))
            assert told.is_empty(), (column.name, told[0])
        calm += own.height
    return calm


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("form", FORMATS)
def test_most_lines_of_an_ordinary_log_are_none(form: str, carrier: str) -> None:
    data = text_of(form, carrier, 900, seed=7)
    calm, dull = held(data, f"pod_logs/{form}.log"), blocks(data, f"pod_logs/{form}.log")[1]
    assert calm >= dull / 2


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FORMATS)), st.sampled_from(CARRIERS), st.integers(0, 99), WOUNDS)
def test_whatever_is_written_into_a_log(
    form: str, carrier: str, seed: int, wounds: list[tuple[int, str]]
) -> None:
    lines = text_of(form, carrier, 600, seed).split(b"\n")
    for place, wound in wounds:
        at = place % len(lines)
        middle = max(len(lines[at]) * 2 // 3, 0)
        lines[at] = lines[at][:middle] + wound.encode() + lines[at][middle:]
    held(b"\n".join(lines), f"{form}.log")


def test_without_hyperscan_all_lines_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_database", lambda prose: None)
    assert held(text_of("controller", "bare", 900, seed=7), "controller.log") == 0
