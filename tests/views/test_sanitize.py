from __future__ import annotations

import sys
import unicodedata

import pytest

from arclogs.views.sanitize import UNSEEN, sanitize, sanitize_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\U000e0041"),
        ("a\r\nb", "a\\r\\nb"),
        ("tab\tstays", "tab\tstays"),
        ("Größe ✔️ 日本", "Größe ✔️ 日本"),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_lines_stay_lines() -> None:
    assert sanitize_lines("a\r\nb\x07\nc\rd") == "a\nb\\x07\nc\\rd"


def test_every_control_and_format_character_is_known() -> None:
    """Of all Unicode: categories Cc, Cf, Cs, Zl and Zp, but for TAB and LF."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    # Visible although Cf: signs that stand before numbers, and Egyptian joiners in their own script.
    visible = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
               *range(0x13430, 0x13456), *range(0x1BCA0, 0x1BCA4)}  # fmt: skip
    missed = [
        f"{code:x}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in hidden
        and chr(code) not in "\t\n"
        and code not in visible
        and not UNSEEN.match(chr(code))
    ]
    assert missed == []
