"""`analyze` into files: which format goes where, and when that is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

START = {
    "a.html": "<!DOCTYPE html>",
    "a.htm": "<!DOCTYPE html>",
    "a.md": "### arclogs",
    "a.jira": "h3. arclogs",
    "a.json": '{\n  "schema_version"',
    "a.jsonl": '{"message"',
    "a.sarif": '{\n  "$schema"',
    "a.txt": "Bundle:",
}


def test_several_files_at_once_by_their_suffix(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    options = [part for name in START for part in ("-o", name)]
    run = arclogs("analyze", log, *options)
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr.splitlines() == [f"report written to {name}" for name in START]
    for name, start in START.items():
        path = tmp_path / name
        assert path.read_text().startswith(start)
        assert path.stat().st_mode & 0o777 == 0o600


def test_formats_by_name_and_stdout_beside_them(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    run = arclogs("analyze", log, "--out", "html=page", "--out", "json=-")
    assert json.loads(run.stdout)["schema_version"] == "1"
    assert (tmp_path / "page").read_text().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "html"], "'html' is not FORMAT=FILE, as html=report.html"),
        (
            ["--out", "pdf=a.pdf"],
            "'pdf' is none of text, plain, json, jsonl, markdown, jira, mail, html, sarif",
        ),
        (["-o", "a.md", "--out", "html=a.md"], "a.md is named twice"),
        (["-o", "-", "--out", "json=-"], "stdout is named twice"),
        (["--format", "json", "-o", "a", "-o", "b"], "with several -o use --out FORMAT=FILE"),
        (["--format", "json", "--out", "html=a"], "use --out FORMAT=- for stdout"),
        (
            ["--audience", "customer", "--format", "json"],
            "--audience is for --format markdown, jira, mail and html",
        ),
        (["--audience", "boss"], "Invalid value for '--audience'"),
    ],
)
def test_wrong_use(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, options: list[str], message: str
) -> None:
    run = arclogs("analyze", log, *options)
    assert run.returncode == 2
    assert message in run.stderr
    assert run.stdout == ""


def test_audience(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    customer = arclogs("analyze", log, "--format", "markdown", "--audience", "customer").stdout
    escalation = arclogs("analyze", log, "--format", "markdown", "--audience", "escalation").stdout
    assert "job.log" not in customer
    assert escalation.startswith("### arclogs escalation: ")


def test_stdin_is_read_twice_for_a_page(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    page = arclogs("-", "--format", "html", stdin=log.read_bytes()).stdout
    assert "3 lines around it" in page


def test_what_the_lines_around_show_to_be_secret_is_replaced_on_the_whole_page(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    value = "q8Zt5rW2x" + "Lm0vKpY77"
    (tmp_path / "job.log").write_text(
        f"2026-03-02T10:04:19Z password={value}\n2026-03-02T10:04:20Z ##[error]never seen {value}\n"
    )
    page = arclogs("analyze", tmp_path, "--format", "html").stdout
    assert "never seen" in page
    assert value not in page
    assert value in arclogs("analyze", tmp_path, "--format", "html", "--no-redact").stdout


def test_secrets_are_replaced_in_every_format(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    token = "ghp_" + "a1B2" * 9
    (tmp_path / "job.log").write_text(
        f"2026-03-02T10:04:19Z with {token}\n2026-03-02T10:04:20Z ##[error]never seen {token}\n"
    )
    names = [part for name in START for part in ("-o", name)]
    arclogs("analyze", tmp_path / "job.log", *names)
    for name in START:
        text = (tmp_path / name).read_text()
        assert token not in text
        assert "never seen" in text
