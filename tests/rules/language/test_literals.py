"""Required literals: what is found, and that no match is ever without one."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from arclogs.rules import load_rules
from arclogs.rules.language.literals import folded, folded_literals, required_literals

PATTERNS = [
    pattern
    for rule in load_rules().rules
    for signal in rule.signals.values()
    for pattern in (
        getattr(signal, "match", None),
        getattr(getattr(signal, "event", None), "message", None),
    )
    if pattern
]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("HttpError: HTTP request failed", {"HttpError: HTTP request failed"}),
        (r"HTTP-Code: (?<code>401|403)\b", {"HTTP-Code: "}),
        ("etcdserver: .*timed out|leader changed", {"etcdserver: ", "leader changed"}),
        (r"^(?:Error: )?Job Container is required\.", {"Job Container is required."}),
        ("colou?rs everywhere", {"rs everywhere"}),
        ("abcd+efgh", {"abcd"}),
        ("abcde{2,3}fgh", {"abcd"}),
        ("[abcd]efghij", {"efghij"}),
        ("[]abc|]wxyz", {"wxyz"}),
        (r"a\(bc\)d", {"a(bc)d"}),
        ("abc", None),
        ("long enough|abc", None),
        ("(?i)long enough", None),
        ("(only in a group)", {"only in a group"}),
        (r"^(?:Acquiring jobs|(?<done>Jobs acquired))$", {"Acquiring jobs", "Jobs acquired"}),
        (r"(?:long enough|abc)\d", None),
        (r"(?:long enough)?\d", None),
        (r"(?:long enough)+\d", {"long enough"}),
        (r"(?!long enough)\d", None),
        (r"(?=long enough)\d", None),
        (r"(?:abcd|ab(?:cdef|ghij))(?:longer still)", {"longer still"}),
        (".*", None),
        (r"\d{4}-\d\d", None),
    ],
)
def test_literals_of(pattern, literals):
    assert required_literals(pattern) == (None if literals is None else frozenset(literals))


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("(?i)No space left|ENOSPC: no", {"no space left", "enospc: no"}),
        ("(?i:Proxy (?:Authentication|Tunnel) Required)", {" required"}),
        ("(?i:long enough) and more", None),
        ("(?i:long enough)|(?i:long also)", None),
        ("(?i)groß genug", None),
        ("(?i)abc", None),
        ("(?im)long enough", None),
        ("long enough", None),
    ],
)
def test_folded_literals_of(pattern, literals):
    assert folded_literals(pattern) == (None if literals is None else frozenset(literals))


def test_whatever_matches_a_letter_in_any_case_folds_to_it():
    every = "".join(map(chr, range(0x110000)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for engine in (regex, re):
            found = engine.findall(letter, every, engine.IGNORECASE)
            assert {letter, letter.upper()} <= set(found)
            assert {folded(c) for c in found} == {letter}


def test_most_patterns_of_the_pack_can_be_skipped():
    assert sum(required_literals(p) is not None for p in PATTERNS) > 0.7 * len(PATTERNS)


HOLDING = [pattern for pattern in dict.fromkeys(PATTERNS) if required_literals(pattern)]


@pytest.mark.parametrize("pattern", HOLDING, ids=range(len(HOLDING)))
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_match_holds_a_literal(pattern, data):
    literals = required_literals(pattern)
    assert literals
    plain = regex.sub(r"\(\?<([a-z_]+)>", r"(?P<\1>", pattern)
    try:
        text = data.draw(st.from_regex(plain))
    except (re.error, InvalidArgument, NotImplementedError):
        assume(False)  # the generator cannot invert this pattern
    if regex.search(pattern, text, regex.MULTILINE):
        assert any(literal in text for literal in literals)


@given(st.text(alphabet="ab.|()[]^\\+*?{},1", max_size=24), st.text(alphabet="ab.1", max_size=30))
def test_any_pattern_is_read_without_losing_a_match(pattern, text):
    try:
        compiled = regex.compile(pattern, regex.MULTILINE)
    except regex.error:
        return
    literals = required_literals(pattern)
    if literals is not None and compiled.search(text, timeout=1):
        assert any(literal in text for literal in literals)
