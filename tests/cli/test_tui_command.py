"""`arclogs tui` before it draws: what it refuses and what it says instead."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("name", ["tui", "browse"])
def test_without_a_terminal_it_names_what_works_there(name: str, arclogs: Run, log: Path) -> None:
    done = arclogs(name, log)
    assert done.returncode == 2
    assert done.stderr == (
        "error: tui needs a terminal; `arclogs analyze` prints the same answer anywhere\n"
    )
    assert done.stdout == ""


def test_what_is_not_there_is_said_before_the_screen_is_taken(arclogs: Run) -> None:
    done = arclogs("tui", "nothing.tgz")
    assert (done.returncode, done.stderr) == (2, "error: there is no file or folder nothing.tgz\n")


def test_serving_reads_no_stdin(arclogs: Run) -> None:
    done = arclogs("tui", "-", "--serve", stdin=b"x")
    assert done.returncode == 2
    assert "name a file instead of -" in done.stderr


def test_a_theme_that_is_not_there_is_refused_with_those_that_are(log: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from arclogs.errors import UsageError\n"
        "from arclogs.tui.launch import browse\n"
        "from arclogs.tui.session.events import Order\n"
        "try: browse(Order((Path(sys.argv[1]),)), 'findings', 'nordd', {})\n"
        "except UsageError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, log], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("there is no theme 'nordd'; did you mean 'nord'? there are ansi-")


def test_the_theme_of_the_settings_is_a_default(arclogs: Run, log: Path, tmp_path: Path) -> None:
    (tmp_path / ".arclogs.toml").write_text(
        '[tui]\ntheme = "nord"\n[keys]\n"findings.copy" = "c"\n'
    )
    shown = arclogs("config", "show")
    assert "nord" in shown.stdout
    assert arclogs("browse", log).returncode == 2  # read without complaint, up to the terminal
