"""Rows made by the thousand are the rows of the exact reader, whatever the log and its chunks."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arclogs.browse.bulk.making import RowMaker
from arclogs.bundle.member import Member
from arclogs.case.gather import gather
from arclogs.ingest.interface import Elided
from arclogs.scan.scanner import Scanner
from tests.scan.log_texts import FORMATS, text_of
from tests.scan.test_equal import CARRIERS, CORPUS, SAMPLES, WOUNDS, real_logs

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.model.record import Record


@cache
def scanner(engine: Any) -> Scanner:
    return Scanner(lambda _sources: (), engine, least_bytes=0)


def rows(data: bytes, name: str, quick: Scanner | None) -> tuple[pl.DataFrame, int]:
    """Return the rows of a log, and how many of them were made in bulk."""
    frames: list[pl.DataFrame] = []
    maker = RowMaker(lambda block: frames.append(block.whole()))
    dull = 0

    def see(item: Record | Elided) -> None:
        nonlocal dull
        dull += item.count if isinstance(item, Elided) else 0
        maker.see(item)

    pieces = [data[at : at + 5000] for at in range(0, len(data), 5000)]
    member = Member(name, len(data), None, iter(pieces))
    gather([member], lambda batch: [False] * len(batch), see, quick=quick)
    maker.flush()
    return pl.concat(frames) if frames else pl.DataFrame(), dull


def agree(data: bytes, name: str, engine: str = "hyperscan", chunk_bytes: int = 20_000) -> int:
    """Hold both ways of reading against each other; return how many rows came in bulk."""
    quick = scanner(engine)
    quick.chunk_bytes = chunk_bytes
    naive, (bulk, dull) = rows(data, name, None)[0], rows(data, name, quick)
    assert bulk.schema == naive.schema
    assert bulk.height == naive.height
    if not bulk.equals(naive):
        for mine, exact in zip(bulk.iter_rows(named=True), naive.iter_rows(named=True)):
            assert mine == exact
    return dull


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_log_of_every_format_and_carrier(form: str, carrier: str) -> None:
    agree(text_of(form, carrier, 1500, seed=len(form) + len(carrier)), f"pod_logs/{form}.log")


@pytest.mark.parametrize("form", FORMATS)
def test_most_rows_of_a_format_come_in_bulk(form: str) -> None:
    assert agree(text_of(form, "cri", 1500, seed=4), f"pod_logs/{form}.log") > 150


def test_the_slower_engine() -> None:
    assert agree(text_of("diag", "cri", 1500, seed=3), "diag.log", "polars") > 200


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(sorted(FORMATS)),
    carrier=st.sampled_from(CARRIERS),
    seed=st.integers(0, 10**6),
    lines=st.integers(201, 1500),
    chunk_bytes=st.integers(300, 60_000),
    ends=st.sampled_from(["\n", "\n", "\r\n"]),
)
def test_any_log_in_any_chunks(
    form: str, carrier: str, seed: int, lines: int, chunk_bytes: int, ends: str
) -> None:
    agree(text_of(form, carrier, lines, seed, ends), f"{form}.log", "hyperscan", chunk_bytes)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=st.sampled_from(sorted(FORMATS)), seed=st.integers(0, 10**6), wounds=WOUNDS)
def test_damaged_logs(form: str, seed: int, wounds: list[tuple[int, bytes]]) -> None:
    data = text_of(form, "bare", 900, seed)
    for place, wound in wounds:
        at = place % len(data)
        data = data[:at] + wound + data[at:]
    agree(data, f"{form}.log", "hyperscan", 9000)


@pytest.mark.parametrize("path", real_logs(SAMPLES), ids=lambda path: path.name)
def test_real_logs_over_and_over(path: Path) -> None:
    data = path.read_bytes()
    agree(data * (1 + 60_000 // len(data)), path.name)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_logs_of_the_corpus_over_and_over() -> None:
    for path in real_logs(CORPUS)[:: int(os.environ.get("ARCLOGS_EVERY", "47"))]:
        data = path.read_bytes()
        agree(data * (1 + 60_000 // len(data)), path.name)
