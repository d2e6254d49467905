"""Names: readable, printable, bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Limits
from arclogs.bundle.names import clean, decode, numbered
from arclogs.model.coverage import Code

LIMITS = Limits()


@pytest.mark.parametrize(
    ("raw", "shown", "codes"),
    [
        ("pods/arc-runners/0.log", "pods/arc-runners/0.log", []),
        ("./a//b/./c.log", "a/b/c.log", []),
        ("/var/log/a.log", "/var/log/a.log", [Code.MEMBER_UNSAFE_NAME]),
        ("../../a.log", "../../a.log", [Code.MEMBER_UNSAFE_NAME]),
        ("a..b/c...log", "a..b/c...log", []),
        ("d\\..\\a.log", "d\\..\\a.log", [Code.MEMBER_UNSAFE_NAME]),
        ("", "(unnamed)", [Code.MEMBER_UNSAFE_NAME]),
        ("./", "(unnamed)", [Code.MEMBER_UNSAFE_NAME]),
        ("pod:2026-09-21.log", "pod:2026-09-21.log", []),
        ("C:/a.log", "C:/a.log", [Code.MEMBER_UNSAFE_NAME]),
        ("a\x1b[2J\u202e\x9b.log", "a\\x1b[2J\\u202e\\x9b.log", [Code.MEMBER_UNSAFE_NAME]),
        (decode(b"caf\xe9.log"), "caf\\xe9.log", [Code.TEXT_ENCODING_REPLACED]),
        ("\u2713 ünïcode 日本.log", "\u2713 ünïcode 日本.log", []),
    ],
)
def test_names(raw, shown, codes):
    name = clean(raw, LIMITS)
    assert name.text == shown
    assert [code for code, _ in name.problems] == codes


def test_long_names_are_shortened_in_the_middle():
    name = clean("d/" * 200 + "runner.log", LIMITS)
    assert [code for code, _ in name.problems] == [Code.LIMIT_PATH_LEN]
    assert len(name.text) < 300
    assert name.text.endswith("/runner.log")


@given(st.text(st.characters(codec=None), max_size=100))
@settings(max_examples=60)
def test_every_name_can_be_shown(raw):
    shown = clean(raw, LIMITS).text
    assert shown
    assert shown.encode()
    assert shown.isprintable()


def test_numbers_do_not_collide_with_names_that_look_numbered():
    taken: dict[str, int] = {}
    given_names = ["a", "a", "a#2", "a", "a#2"]
    assert [numbered(name, taken) for name in given_names] == ["a", "a#2", "a#2#2", "a#3", "a#2#3"]
