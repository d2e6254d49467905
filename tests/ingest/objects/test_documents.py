"""Lists cut item by item out of the text give what reading them line by line gives."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.objects.documents import Feed
from arclogs.ingest.objects.elisions import marked, may_be_marked
from arclogs.ingest.objects.manifest import read_documents
from tests.ingest.objects.shown import shown

DATA = Path(__file__).parents[1] / "data/objects"
LINES = st.sampled_from(
    ["- kind: A", "  kind: B", "  name: x", "    deep: y", "- ", "-", "", " ", "  - item", "...",
     "  ...", "  a: <snip>", "  b: [truncated]", "  executed: cut", "items:", "kind: List", "---",
     "Warning: v1 is old", "error: no", "apiVersion: v1", "  - kind: C", "   odd", "\t", "- - a",
     "  text: |", "  # note"]
)  # fmt: skip


def parts(pieces, *, by_line=False):
    with pytest.MonkeyPatch.context() as patch:
        if by_line:
            patch.setattr(Feed, "item", lambda *_: None)
        return list(map(shown, read_documents(Feed(pieces, 1, marked, may_be_marked))))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=24), st.lists(st.integers(1, 24), max_size=4), st.booleans())
def test_items_at_once_are_the_items_line_by_line(lines, cuts, listed):
    lines = ["apiVersion: v1", "items:", "- kind: P", *lines] if listed else lines
    expected = parts(lines, by_line=True)
    edges = sorted({0, len(lines), *(cut for cut in cuts if cut < len(lines))})
    pieces = ["\n".join(lines[a:b]) for a, b in pairwise(edges)]
    assert parts(pieces) == expected
    assert parts(lines) == expected


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_every_sample_reads_the_same_in_one_piece_and_line_by_line(path):
    text = path.read_text("utf-8")
    assert parts([text]) == parts(text.split("\n"), by_line=True)


def test_an_item_without_an_end_in_sight_is_left_to_reading_by_line():
    feed = Feed(["- a", *["  x: y"] * 10], 1)
    feed.next()
    feed.back()
    assert feed.item("- ", " ") is None
    assert [feed.next(), feed.number] == ["- a", 1]
