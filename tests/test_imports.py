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


def run(command: str) -> str:
    """Return the code that runs a command and wants it to succeed."""
    return (
        "from arclogs.cli import main\n"
        f"try: main({command.split()!r})\n"
        "except SystemExit as done: assert done.code == 0, done.code"
    )


@pytest.mark.parametrize(
    "option", ["--help", "--version", "analyze --help", "rules --help", "tui -h"]
)
def test_help_loads_nothing_heavy(option: str) -> None:
    assert loaded_after(run(option)) & SLOW_TO_IMPORT == set()


# What a small bundle needs none of: it is judged before the first of them would be imported.
NOT_FOR_A_SMALL_BUNDLE = {
    "numpy",
    "polars",
    "hyperscan",
    "jinja2",
    "textual",
    "ruamel",
    "multiprocessing",
    "asyncio",
    "arclogs.browse.index",
    "arclogs.scan.scanner",
    "arclogs.tui",
    "arclogs.views.html",
    "arclogs.views.sarif",
    "arclogs.cli.records",
}


@pytest.mark.parametrize(
    "command",
    [
        "analyze samples/founding-as-collected",
        "info samples/founding-as-collected",
        "explain sa-token-rejected samples/founding-as-collected",
        "rules test sa-token-rejected",
        "rules lint rules/rbac/sa-token-rejected.yaml",
        "rules new drafted --from job-log.txt:18 samples/founding-as-collected -o -",
        "rules list",
    ],
)
def test_a_small_bundle_needs_nothing_heavy(command: str) -> None:
    loaded = loaded_after(run(command))
    assert loaded & NOT_FOR_A_SMALL_BUNDLE == set()
    assert "rich" not in loaded or command.startswith("info")


def test_only_what_is_asked_for_is_imported_of_the_command_line() -> None:
    loaded = loaded_after(run("--version"))
    assert {m for m in loaded if m.startswith("arclogs.cli.")} <= {
        "arclogs.cli.commands",
        "arclogs.cli.defaults",
        "arclogs.cli.exit_codes",
        "arclogs.cli.group",
        "arclogs.cli.outcome",
        "arclogs.cli.output",
    }


# What no run needs that has its rules from the cache: it validates nothing.
FOR_VALIDATION = {
    "pydantic",
    "pydantic_core",
    "arclogs.rules.language.forms",
    "arclogs.model.validation",
}


@pytest.mark.parametrize(
    "command",
    [
        "analyze samples/founding-as-collected",
        "analyze samples/founding-as-collected --format json",
        "analyze samples/founding-as-collected --format markdown",
        "explain sa-token-rejected samples/founding-as-collected",
        "info samples/founding-as-collected",
        "rules list",
    ],
)
def test_with_kept_rules_nothing_is_validated(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Importing pydantic and building validators takes a quarter of the time of a small bundle."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("ARCLOGS_NO_CACHE", raising=False)
    loaded_after("from arclogs.cache import user_cache\nfrom arclogs.rules import load_rules\n"
                 "load_rules((), user_cache())")  # fmt: skip
    assert loaded_after(run(command)) & FOR_VALIDATION == set()


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
