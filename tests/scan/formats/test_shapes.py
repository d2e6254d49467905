"""What a shape says of a head, the parsers say, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.interface import Head
from arclogs.ingest.registry import choose
from arclogs.scan.formats.shapes import parser_of
from tests.scan.log_texts import FORMATS, text_of

ROOT = Path(__file__).parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
CARRIERS = ("bare", "timestamps", "cri", "prefix")

UNKNOWN = {"app", "app_iso", "klog", "prose"}
"""Of no program that arclogs knows: what the parser is, is left to all of them."""


def heads_of(text: str, seen: set[str]) -> int:
    """Hold every head of the text against the parsers; return how many have one shape throughout."""
    told = 0
    lines = text.split("\n")
    for first in range(0, len(lines), 60):
        for many in (200, 12, 1):
            head = tuple(lines[first : first + many])
            name = parser_of(head)
            if name is not None:
                told += 1
                seen.add(name)
                assert choose(Head("", head)).name == name, head
    return told


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_parser_of_a_head_that_has_one_shape(carrier: str) -> None:
    seen: set[str] = set()
    for form in FORMATS:
        told = heads_of(text_of(form, carrier, 900, 7).decode(), seen)
        known = form not in UNKNOWN and (carrier, form) != ("prefix", "job")
        assert told > 0 or not known, form
    assert seen >= {"controller", "dind", "listener", "runner"}


def test_a_head_of_two_shapes_is_left_to_the_parsers() -> None:
    one = "2026-11-23T02:06:24Z\tINFO\tEphemeralRunner\tCreating new pod"
    other = "2026-11-23T02:06:24.2145530Z Current runner version: '2.330.0'"
    assert parser_of([one, one]) == "controller"
    assert parser_of([one, other]) is None
    assert parser_of([one, "and so on"]) is None
    assert parser_of([]) is None


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_heads_of_the_corpus() -> None:
    seen: set[str] = set()
    for path in sorted(CORPUS.rglob("*.log")):
        heads_of(path.read_text("utf-8", "replace"), seen)
    assert seen
