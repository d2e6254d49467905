"""Every way in which a run can end, its code and its words."""

from __future__ import annotations

import click
import pytest

from arclogs.cli import main
from arclogs.cli.analyze import analyze_command
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.outcome import Outcome
from arclogs.errors import (
    ArclogsError,
    NothingToAnalyze,
    OutputError,
    RuleError,
    UsageError,
)

TOKEN = "ghp_" + "a1B2c3" * 6


def run(error: BaseException, *, debug: bool = False) -> int:
    with Outcome(debug=debug) as outcome:
        raise error
    return outcome.code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), ExitCode.USAGE),
        (RuleError("x", "a.yaml:1:2"), ExitCode.USAGE),
        (NothingToAnalyze("x"), ExitCode.NOTHING),
        (OutputError("x"), ExitCode.OUTPUT),
        (ArclogsError("x"), ExitCode.USAGE),
        (click.UsageError("x"), ExitCode.USAGE),
        (click.FileError("x"), ExitCode.USAGE),
        (click.Abort(), ExitCode.INTERRUPTED),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (click.exceptions.Exit(3), ExitCode.PARTIAL),
        (RuntimeError("x"), ExitCode.BUG),
        (MemoryError(), ExitCode.BUG),
        (RecursionError("x"), ExitCode.BUG),
    ],
    ids=lambda value: type(value).__name__,
)
def test_code(error: BaseException, code: ExitCode) -> None:
    assert run(error) == code


def test_the_codes_are_those_of_the_contract() -> None:
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 70, 130]


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    run(RuleError("unknown key 'sevrity'", "rules/x.yaml:3:1"))
    assert capsys.readouterr().err == "error: rules/x.yaml:3:1: unknown key 'sevrity'\n"


def test_a_bug_asks_to_be_reported(capsys: pytest.CaptureFixture[str]) -> None:
    run(ValueError("odd"))
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("error: this is a bug in arclogs ")
    assert "please report it with what --debug shows: ValueError: odd" in err


def test_debug_shows_where(capsys: pytest.CaptureFixture[str]) -> None:
    run(ValueError("odd"), debug=True)
    err = capsys.readouterr().err
    assert "Traceback (most recent call last)" in err
    assert "test_outcome.py" in err


@pytest.mark.parametrize("debug", [False, True])
def test_no_error_tells_a_secret_or_acts(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    run(ValueError(f"\x1b[2J {TOKEN}"), debug=debug)
    err = capsys.readouterr().err
    assert "<github-token>" in err
    assert TOKEN not in err
    assert "\x1b" not in err


def test_a_bug_in_the_analysis_is_exit_70(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**given: object) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr(analyze_command, "callback", broken)
    with pytest.raises(SystemExit) as done:
        main(["analyze", "x"])
    assert done.value.code == ExitCode.BUG
    assert "AttributeError: no such thing" in capsys.readouterr().err
