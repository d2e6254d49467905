"""Which view, how wide, with which styles: by who reads it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from arclogs.cli.options import WIDEST, choose_format, layout
from arclogs.views.interface import Format


class Terminal(io.StringIO):
    """A stream on which somebody looks."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "ARCLOGS_ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")


def test_format() -> None:
    assert choose_format(None, None, Terminal()) is Format.TEXT
    assert choose_format(None, None, io.StringIO()) is Format.PLAIN
    assert choose_format("json", None, Terminal()) is Format.JSON
    assert choose_format(None, Path("a.JSON"), None) is Format.JSON
    assert choose_format(None, Path("a.md"), None) is Format.MARKDOWN
    assert choose_format(None, Path("a.txt"), None) is Format.PLAIN
    assert choose_format("text", Path("a.md"), None) is Format.TEXT


def test_accessible_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCLOGS_ACCESSIBLE", "1")
    assert choose_format(None, None, Terminal()) is Format.PLAIN


@pytest.mark.parametrize(
    ("color", "terminal", "env", "styled", "colored"),
    [
        ("auto", True, {}, True, True),
        ("auto", False, {}, False, False),
        ("auto", True, {"NO_COLOR": "1"}, True, False),
        ("auto", True, {"TERM": "dumb"}, False, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True, True),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True, True),
        ("always", False, {"NO_COLOR": "1"}, True, True),
        ("never", True, {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_styles(
    color: str,
    terminal: bool,
    env: dict[str, str],
    styled: bool,
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    shape = layout(color, Terminal() if terminal else io.StringIO(), partial_allowed=False)
    assert (shape.styled, shape.color) == (styled, colored)


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    assert layout("auto", Terminal(), partial_allowed=False).width == WIDEST
    assert layout("auto", io.StringIO(), partial_allowed=False).width == 100
    monkeypatch.setenv("COLUMNS", "72")
    assert layout("auto", Terminal(), partial_allowed=False).width == 72


def test_a_file_takes_more_than_ascii() -> None:
    ascii_stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert layout("auto", ascii_stream, partial_allowed=False).ascii
    assert not layout("auto", None, partial_allowed=False).ascii
