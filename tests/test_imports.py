"""What may import what, as facts: by import-linter's contracts and by looking at a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW_TO_IMPORT = {
    "polars",
    "textual",
    "pydantic",
    "rich",
    "regex",
    "yaml",
    "ryaml",
    "zstandard",
    "jinja2",
}


def loaded_after(code: str) -> set[str]:
    """Return the names of all modules that a fresh interpreter has loaded after the code."""
    script = f"import sys\n{code}\nprint('\\n' + ' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "option", ["--help", "--version", "analyze --help", "rules --help", "tui -h"]
)
def test_help_loads_nothing_heavy(option: str) -> None:
    code = (
        "from arclogs.cli import main\n"
        f"try: main({option.split()!r})\n"
        "except SystemExit as done: assert done.code == 0, done.code"
    )
    assert loaded_after(code) & SLOW_TO_IMPORT == set()


def test_the_analysis_does_without_the_terminal_ui() -> None:
    assert "textual" not in loaded_after("import arclogs.analyze, arclogs.views.registry")


@pytest.mark.parametrize("package", ["model", "bundle", "ingest", "case", "rules", "redact"])
def test_below_the_views_nothing_draws(package: str) -> None:
    loaded = loaded_after(f"import arclogs.{package}")
    assert loaded & {"rich", "click", "textual", "arclogs.views", "arclogs.cli"} == set()


def test_the_reader_knows_nothing_of_polars() -> None:
    assert "polars" not in loaded_after("import arclogs.bundle, arclogs.ingest")


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(lint), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
