"""What is sure to be taken by the fast engine, without asking it, is taken."""

from __future__ import annotations

import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arclogs.authoring.lint.patterns import _surely_linear
from arclogs.rules import load_rules
from arclogs.rules.filtering.frame_filter import linear

PATTERNS = sorted({p for rule in load_rules().rules for p in rule.patterns()})
PIECES = [
    *"ab.|()[]^\\*+?{},1-&~$:<>=!PdwbA ",
    "(?:", "(?<a>", "(?P<b>", "(?=", "{2,3}", "[a-z]", 
    "[^]]", "\\d", "\\1", "*+", "(?>", "(?i)", "[[:alpha:]]", "\\p{L}",
]  # fmt: skip


def test_most_patterns_are_told_without_asking():
    sure = [p for p in PATTERNS if _surely_linear(p)]
    assert all(map(linear, sure))
    assert len(sure) > 0.85 * len(PATTERNS)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join))
def test_no_pattern_is_taken_for_sure_that_the_engine_refuses(pattern):
    assume(_surely_linear(pattern))
    try:
        regex.compile(pattern)
    except regex.error:
        return  # no rule holds it
    assert linear(pattern)
