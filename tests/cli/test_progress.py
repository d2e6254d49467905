from __future__ import annotations

import io

import pytest

from arclogs.cli.progress import ByteProgress


class Terminal(io.StringIO):
    """A stream on which somebody looks."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


def test_quick_work_draws_nothing() -> None:
    stream, times = Terminal(), iter([0.0, 0.0, 0.1, 0.2, 0.4])
    with ByteProgress(stream, lambda: next(times)) as bar:
        for done in (10, 20, 30):
            bar.advance(done, 100)
    assert stream.getvalue() == ""


def test_long_work_draws_a_bar_and_takes_it_away() -> None:
    stream, times = Terminal(), iter([0.0, 0.0, 0.1, 0.9])
    with ByteProgress(stream, lambda: next(times)) as bar:
        bar.advance(10, None)
        assert stream.getvalue() == ""
        bar.advance(50, 100)
        bar.advance(100, 100)
    drawn = stream.getvalue()
    assert "reading" in drawn
    assert drawn.endswith(("\x1b[2K", "\x1b[1A\x1b[2K", "\x1b[?25h\r\x1b[1A\x1b[2K"))
