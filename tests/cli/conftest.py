"""Runs the command line on real inputs, in this process: a fresh one each time takes a second."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arclogs.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RULES = Path(__file__).parent / "data" / "rules"
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "ARCLOGS_ACCESSIBLE", "COLUMNS")


@pytest.fixture
def arclogs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """Return a function that runs arclogs in an empty folder, nothing on stdin unless given."""
    monkeypatch.chdir(tmp_path)
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)

    def run(*args: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
        words = [str(arg) for arg in args]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            for name, value in env.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as done:
                main(words)
        out, err = capsys.readouterr()
        assert isinstance(done.value.code, int)
        return subprocess.CompletedProcess(words, done.value.code, out, err)

    handler = signal.getsignal(signal.SIGTERM)
    yield run
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a job log with one line that a rule of the test pack knows."""
    path = tmp_path / "job.log"
    path.write_text(
        "2026-03-02T10:04:19.0000000Z Current runner version: '2.331.0'\n"
        "2026-03-02T10:04:20.1140000Z ##[error]cli-test-cause of everything\n"
        "2026-03-02T10:04:21.0000000Z Cleaning up orphan processes\n"
    )
    return path
