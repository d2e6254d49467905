"""A pattern made fit for bytes finds all that it found in text."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.scan.engines.hyperscan_engine import HyperscanEngine
from arclogs.scan.engines.interface import Unscannable
from arclogs.scan.engines.polars_engine import PolarsEngine
from arclogs.scan.probes import Probe, Role, bytewise, unanchored

PIECES = st.sampled_from(
    ["a", "b", "é", "ß", "\\u2018", "\\w", "\\W", "\\s", "\\d", "\\b", ".", "[aé]", "[^aé]", "[\\wü]", "[^é]",
     "[a-z]", "x?", "(?:a|é)", "\\w+", "é*b", "[^\\s]", "k", "\\.", "[]a]", "[^]é]"]
)  # fmt: skip
PATTERNS = st.tuples(st.sampled_from(["", "(?i)"]), st.lists(PIECES, min_size=1, max_size=5)).map(
    lambda parts: parts[0] + "".join(parts[1])
)
TEXTS = st.text(st.sampled_from("abckzéßü‘’\u212a\u017f 1\t.]x\xa0😀"), max_size=12)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=4))
def test_what_a_pattern_finds_in_texts_its_engines_find(pattern: str, texts: list[str]) -> None:
    own = regex.compile(pattern)
    if own.search("") is not None:
        return  # a rule whose pattern finds nothing at all is refused by the lint
    probe = Probe(Role.HOT, unanchored(pattern), None, unanchored(pattern, whole=True))
    wanted = [own.search(text) is not None for text in texts]
    for kind in (HyperscanEngine, PolarsEngine):
        try:
            found = kind([probe]).finds(texts)
        except Unscannable:  # then logs are read line by line
            continue
        missed = [text for text, want, has in zip(texts, wanted, found) if want and not has]
        assert not missed, (kind.__name__, bytewise(probe.whole))


def test_a_pattern_that_nothing_is_left_of_has_every_text_read() -> None:
    probe = Probe(Role.HOT, "a", None, r"\b")
    assert HyperscanEngine([probe]).finds(["x", "é"]) == [True, True]


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        (r"\w+ is [‘']\d", r"[\w\xff]+ is [\xff'][\d\xff]"),
        (r"[^é]", r"[^\n]"),
        (r"[^\wé]x\b", r"[^\w]x"),
        (r"[\wa]\u2019", r"[\w\xffa]\xff"),
        (r"\[é\]", r"\[\xff\]"),
    ],
)
def test_a_pattern_for_bytes(pattern: str, made: str) -> None:
    assert bytewise(pattern) == made
