from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from arclogs.ingest.text.lines import decode_lines, decode_texts
from arclogs.ingest.text.texts import Texts

if TYPE_CHECKING:
    from arclogs.model.coverage import Note

PIECES = st.sampled_from(
    [b"a", b"\n", b"\n\n", b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xc3\xa9", b"\xff", b"\x85",
     b"\xe2\x80\xa8", b"xyz" * 5, b" key: value\n"]
)  # fmt: skip


@given(st.lists(st.lists(PIECES).map(b"".join)), st.sampled_from([4, 16, 1000]))
def test_many_lines_at_once_are_the_lines_one_by_one(chunks, limit):
    notes: list[Note] = []
    noted: list[Note] = []
    lines = list(decode_lines(chunks, "m", notes, line_limit=limit))
    texts = list(decode_texts(chunks, "m", noted, line_limit=limit))
    assert [line for text in texts for line in text.split("\n")] == lines
    assert noted == notes


@given(st.lists(st.sampled_from(["", "a", "a\nb", "\n", "c\n\nd"])), st.integers(0, 5))
def test_a_look_at_the_top_takes_nothing(pieces, count):
    every = [line for piece in pieces for line in piece.split("\n")]
    lines = Texts(pieces)
    assert lines.top(count) == every[:count]
    assert lines.top(count) == every[:count]
    assert list(lines) == every
