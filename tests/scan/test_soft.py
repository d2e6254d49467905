"""Which lines differ from dull ones in colours and characters only is told of many as of each."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.scan.engines.hyperscan_engine import HyperscanEngine
from arclogs.scan.formats.shapes import shape_of
from arclogs.scan.lines.lines import Lines
from arclogs.scan.lines.looks import Looks
from arclogs.scan.probes import Probe, Role
from arclogs.scan.soft import soft
from tests.scan.log_texts import text_of

STAMP = b"2026-11-20T10:04:20.1140000Z "
ENGINE = HyperscanEngine([Probe(Role.HOT, "boom", frozenset({"boom"}))])
SHAPE = shape_of("job-log", text_of("job", "bare", 50, 1).decode().split("\n"))
DULL = re.compile(r"(?:[^\W_]|[!-/:-@\[-`{-~\u2190-\u2bff])[^\x1b\x90\x98\x9b\x9d-\x9f\r]*")
PIECES = st.sampled_from(
    [b"a", b"_", b" ", b"boom", b"bo\x1b[1mom", b"\x1b[36;1m", b"\x1b[0m", b"\x1b", b"\r", b"\xff", b"\xc3",
     "é".encode(), "✓".encode(), "\x9b".encode(), "\u017f\u212a".encode(), "😀".encode(), b"[", b"1"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=5).map(b"".join)


def is_soft(text: bytes) -> bool:
    try:
        plain = re.sub(r"\x1b\[[0-9;]*m", "", text.decode().rstrip("\r"))
    except UnicodeDecodeError:
        return False
    return DULL.fullmatch(plain) is not None and "boom" not in plain


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_many_lines_as_each(texts: list[bytes]) -> None:
    assert SHAPE is not None
    lines = Lines(b"".join(STAMP + text + b"\n" for text in texts), Looks(SHAPE))
    found = soft(lines, np.arange(len(texts)), len(STAMP), ENGINE)
    assert found.tolist() == [row for row, text in enumerate(texts) if is_soft(text)]
