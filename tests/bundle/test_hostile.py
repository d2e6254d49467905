"""Every hostile archive: the canary lives, the damage is told, time and memory stay bounded."""

from __future__ import annotations

import time
import tracemalloc
from collections import deque
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from arclogs.bundle import Bundle, Member
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, read, tar
from tests.bundle.hostile_archives import CASES, MIB

if TYPE_CHECKING:
    from tests.bundle.hostile_archives import Case

by_name = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@by_name
@pytest.mark.parametrize("way", ["pipe", "file"])
def test_damage_is_told_and_the_canary_lives(case: Case, way, tmp_path):
    (tmp_path / "download").write_bytes(case.data)
    outcome = read(case.data if way == "pipe" else tmp_path / "download", limits=case.limits)
    if case.codes:
        assert outcome.codes & case.codes
    else:
        assert outcome.notes == []
    canaries = list(outcome.members.values()).count(CANARY)
    assert canaries == (5 if case.name == "nested_12" else int(case.canary))


@by_name
def test_what_surrounds_it_is_not_harmed(case: Case):
    outcome = read(tar({"before.log": CANARY, "case": case.data, "behind.log": CANARY}))
    assert outcome.members["before.log"] == CANARY
    assert outcome.members["behind.log"] == CANARY


@by_name
def test_names_are_fit_to_be_shown(case: Case):
    outcome = read(case.data, limits=case.limits)
    shown = [*outcome.members, *(note.member for note in outcome.notes)]
    shown += [note.detail for note in outcome.notes]
    assert all(text.isprintable() for text in shown)
    assert all(text.isascii() or "é" in text or "\u0301" in text or "…" in text for text in shown)


@by_name
def test_no_exception_when_the_reader_takes_nothing(case: Case):
    for item in Bundle([BytesIO(case.data)], case.limits):
        assert item


BOMBS = [case for case in CASES if "bomb" in case.name or case.limits.total_bytes < 16 * MIB]


@pytest.mark.parametrize("case", BOMBS, ids=lambda case: case.name)
def test_bombs_cost_little(case: Case):
    data = case.data
    tracemalloc.start()
    started = time.monotonic()
    for item in Bundle([BytesIO(data)], case.limits):
        if isinstance(item, Member):
            deque(item.chunks, maxlen=0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MIB
    assert time.monotonic() - started < 20


def test_a_budget_that_is_used_up_ends_the_pass(tmp_path):
    for number in range(20):
        (tmp_path / f"{number:02}.log").write_bytes(bytes(MIB))
    (case,) = (case for case in CASES if case.name == "tar_endless_zeros")
    outcome = read(tmp_path, limits=case.limits)
    assert outcome.codes == {Code.LIMIT_BYTES_TOTAL}
    assert 0 < outcome.bundle.bytes_read <= case.limits.total_bytes
