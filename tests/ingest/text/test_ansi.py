from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.text.ansi import strip_ansi


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain √ text", "plain √ text"),
        ("\x1b[36;1mnpm ci\x1b[0m", "npm ci"),
        ("\x1b[2J\x1b[1;1Hscreen", "screen"),
        ("\x1b[?25lhidden\x1b[?25h", "hidden"),
        ("\x9b31mred\x9b0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]52;c;ZXZpbA==\x1b\\text", "text"),
        ("\x1b]8;;https://example.com\x07link\x1b]8;;\x07", "link"),
        ("\x9d0;title\x9ctext", "text"),
        ("\x1bP1$r0m\x1b\\text", "text"),
        ("\x1b_Gf=100\x1b\\text\x1b^private\x1b\\", "text"),
        ("\x1b(Bcharset\x1b=", "charset"),
        ("before\x1b]0;never ends", "before"),
        ("cut\x1b[", "cut"),
        ("cut\x1b", "cut"),
        ("array[0] and [m", "array[0] and [m"),
    ],
)
def test_strip(text: str, clean: str) -> None:
    assert strip_ansi(text) == clean


@settings(max_examples=60)
@given(st.text(st.sampled_from("\x1b\x9b\x9d\x90\x9c\x07[]P0;m\\a √"), max_size=30))
def test_no_sequence_is_left(text: str) -> None:
    clean = strip_ansi(text)
    assert "\x1b" not in clean
    assert "\x9b" not in clean
    assert strip_ansi(clean).count("a") == clean.count("a")
