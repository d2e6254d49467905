"""Worker processes in a folder that somebody else has filled."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MODULES = (
    "arclogs",
    "multiprocessing",
    "json",
    "msgspec",
    "pickle",
    "polars",
    "runpy",
    "socket",
    "threading",
)


# As the command that pip installs: the folder that one is in is not searched, but not by a flag either.
COMMAND = "import sys; sys.path.remove(''); from arclogs.cli import main; main()"
TICKET = (
    "Error: HttpError: HTTP request failed\n"
    "##[error]Executing the custom container implementation failed.\n"
)


def test_nothing_of_the_folder_that_one_is_in_is_run(tmp_path: Path) -> None:
    for module in MODULES:
        (tmp_path / f"{module}.py").write_text(f"open('run-{module}', 'w')")
    (tmp_path / "ticket.md").write_text(TICKET)
    command = [sys.executable, "-c", COMMAND, "triage", "ticket.md", "--fresh", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not list(tmp_path.glob("run-*")), done.stderr
    assert '"status"' in done.stdout, done.stderr
