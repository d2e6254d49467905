"""What is told of lines in columns is what a regular expression tells of each."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arclogs.scan.formats.shapes import Shape, shape_of
from arclogs.scan.lines.beginning import Beginning
from arclogs.scan.lines.buffer import LONGEST, Buffer
from arclogs.scan.lines.likeness import PLAIN
from arclogs.scan.lines.lines import Lines
from arclogs.scan.lines.looks import Looks
from arclogs.scan.lines.series import dull_by_pattern
from tests.scan.log_texts import FORMATS, text_of

CARRIERS = ("bare", "timestamps", "cri", "prefix")
PARSERS = ("controller", "listener", "runner", "job-log", "dind", "text")
WOUNDS = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.integers(0, 3),
        st.sampled_from(
            ["", "0", "9", "T", " ", "  ", "\t", '"', "{", "}", "\\", "]", "[", "#", "x", "\r", "\n", ":",
             "-", "24", "61", "\x01", "é", "\x1b[1m", '\t{"', '"}', "msg=", "a" * 170, " " * 70]
        ),
    ),
    max_size=60,
)  # fmt: skip


def shape_for(form: str, carrier: str) -> Shape | None:
    head = text_of(form, carrier, 200, 3).decode().split("\n")[:200]
    return next(filter(None, (shape_of(parser, head) for parser in PARSERS)), None)


def wounded(text: str, wounds: list[tuple[int, int, str]]) -> bytes:
    for place, taken, put in wounds:
        at = place % len(text)
        text = text[:at] + put + text[at + taken :]
    return text.encode()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(sorted(FORMATS)),
    carrier=st.sampled_from(CARRIERS),
    seed=st.integers(0, 10**6),
    wounds=WOUNDS,
)
def test_no_line_is_dull_that_the_pattern_does_not_fit(
    form: str, carrier: str, seed: int, wounds: list[tuple[int, int, str]]
) -> None:
    shape = shape_for(form, carrier)
    if shape is None:
        return
    chunk = wounded(text_of(form, carrier, 40, seed).decode(), wounds)
    lines = Lines(chunk, Looks(shape))
    fits = dull_by_pattern(lines.texts, shape, returns=lines.returns).to_list()
    assert len(lines) == len(fits)
    for row, (dull, fit) in enumerate(zip(lines.dull.tolist(), fits)):
        assert fit or not dull, lines.bytes_of(row)
        if dull and shape.width:
            stamp = lines.stamp(row)
            assert re.fullmatch(r"[\d:T. ,-]+", stamp), stamp


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("form", FORMATS)
def test_next_to_all_that_the_pattern_fits_is_dull(form: str, carrier: str) -> None:
    shape = shape_for(form, carrier)
    if shape is None:
        pytest.skip("no shape")
    lines = Lines(text_of(form, carrier, 3000, 5), Looks(shape))
    fits = sum(dull_by_pattern(lines.texts, shape, returns=lines.returns).to_list())
    assert lines.dull.sum() >= 0.99 * fits > 0


def test_more_keys_than_are_told_apart() -> None:
    shape = shape_for("controller", "bare")
    assert shape is not None
    line = "2026-11-23T02:06:24Z\tINFO\tEphemeralRunner{0}\tCreating new pod"
    looks = Looks(shape)
    for first in (0, 9000, 18_000):  # told by keys, partly by keys, by the pattern
        text = "\n".join(line.format(n) for n in range(first, first + 9000))
        assert Lines(f"{text}\nodd\n".encode(), looks).dull.tolist() == [True] * 9000 + [False]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_million_empty_lines_take_little_memory(carrier: str) -> None:
    shape = shape_for("controller", carrier)
    assert shape is not None
    tracemalloc.start()
    try:
        lines = Lines(b"\n" * 1_000_000, Looks(shape))
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert len(lines) == 1_000_000
    assert not lines.dull.any()


DIGITS = "0123456789"


@given(
    st.lists(
        st.tuples(st.integers(0, 18), st.sampled_from([*DIGITS, "T", ":", "/", "x", "\0"])), max_size=4
    ),
    st.sampled_from(["2026-11-23T02:06:24Z\t", "2024-02-29T23:59:59Z\t", "2026-12-31T19:00:00Z\t"]),
)  # fmt: skip
def test_a_beginning_is_what_the_pattern_says(changes: list[tuple[int, str]], stamp: str) -> None:
    shape = shape_for("controller", "bare")
    assert shape is not None
    for at, put in changes:
        stamp = stamp[:at] + put + stamp[at + 1 :]
    beginning = Beginning(shape.forms[0][0])
    start = shape.dull.removesuffix(shape.layout.behind)
    lines = Lines((f"{stamp}INFO\n" * 2).encode(), Looks(shape))
    told = beginning.fits(lines.buffer, lines.starts)
    assert told.tolist() == [re.match(start, stamp) is not None] * 2


@given(st.lists(st.binary(max_size=400), min_size=1, max_size=6), st.integers(0, 50))
def test_equal_bytes_and_no_others_have_equal_digests(parts: list[bytes], gap: int) -> None:
    import numpy as np

    first = b"".join(parts)
    data = first + b"\xff" * gap + b"".join(reversed(parts))
    buffer = Buffer(data)
    places, sizes, at = [], [], 0
    for part in parts:
        places.append(at)
        at += len(part)
    at += gap
    for part in reversed(parts):
        places.append(at)
        at += len(part)
    told = [*parts, *reversed(parts)]
    sizes = [len(part) for part in told]
    assert max(sizes) <= LONGEST
    digests = buffer.digests(np.array(places), np.array(sizes)).tolist()
    alone = [
        buffer.digests(np.array([place]), np.array([size]))[0]
        for place, size in zip(places, sizes)
    ]  # fmt: skip
    assert digests == alone
    for one, here in zip(told, digests):
        assert [part == one for part in told] == [digest == here for digest in digests]


@given(
    st.lists(st.binary(max_size=90), min_size=1, max_size=5), st.sampled_from([b"{", b'{"', b"\\"])
)
def test_refused_bytes_are_found_where_they_stand(parts: list[bytes], refused: bytes) -> None:
    import numpy as np

    buffer = Buffer(b"".join(parts))
    sizes = np.array([len(part) for part in parts])
    places = np.cumsum(sizes) - sizes
    held = buffer.holds(places, sizes, refused).tolist()
    assert held == [any(byte in part for byte in refused) for part in parts]


def test_lines_are_those_that_polars_sees() -> None:
    shape = shape_for("runner", "bare")
    assert shape is not None
    for chunk in (b"a\n\nb\n", b"a\nb", b"\n", b"\n\n", b"a\r\nb\r\n", "é\n\x1b[1m]x\n".encode()):
        lines = Lines(chunk, Looks(shape))
        views = [lines.view_of(row).decode() for row in range(len(lines))]
        assert views == lines.texts.to_list()
        assert b"".join(lines.bytes_of(row) + b"\n" for row in range(len(lines))).startswith(chunk)
        assert len(PLAIN) == 256
