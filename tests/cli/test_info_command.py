from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema

from arclogs.model.inventory import Inventory

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

SAMPLES = Path(__file__).parents[2] / "samples"
SCREEN = 24


def test_one_screen_tells_what_there_is(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    run = arclogs("info", SAMPLES / "founding-as-collected", "--format", "text", COLUMNS="80")
    assert run.returncode == 0
    screen = "\n".join(run.stdout.split("\n")[:SCREEN])
    for said in (
        "files 15", "chart 0.12.1", "controller ", "listener ", "events ", "longest silence", "Pod 4",
        "15 of 15 files; no problems", "kubectl -n arc-runners get sa,role,rolebinding -o yaml",
    ):  # fmt: skip
        assert said in screen


def test_logs_that_are_not_there_are_named(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    run = arclogs("info", log, "--format", "text")
    table = run.stdout.partition("Logs and events")[2].partition("\n\n")[0]
    rows = {words[0]: words[1:] for words in map(str.split, table.split("\n")[1:])}
    assert rows["job"][:2] == ["1", "3"]
    for name in ("runner", "controller", "listener", "events"):
        assert rows[name] == ["none"]


def test_plain_in_a_pipe_says_the_same_with_labels(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    lines = arclogs("info", log).stdout.split("\n")
    assert "  Log: controller" in lines
    assert "    Files: none" in lines
    assert "  File: job.log" in lines
    assert "    Read as: job-log" in lines


def test_json_has_the_coverage_of_a_report(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    found = json.loads(arclogs("info", log, "--format", "json").stdout)
    report = json.loads(arclogs("analyze", log, "--format", "json").stdout)
    assert found["coverage"] == report["coverage"]
    assert found["bundle"] == report["bundle"]
    jsonschema.validate(found, Inventory.model_json_schema(mode="serialization"))


def test_what_was_not_read_is_told_with_its_reason(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    (tmp_path / "core.bin").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(2000))
    run = arclogs("info", tmp_path, "--format", "text")
    assert run.returncode == 3
    assert "1 of 2 files; 1 problem (exit 3)" in run.stdout
    assert "- core.bin\n    Why: binary data was not read" in run.stdout
    assert run.stderr == ""
    assert arclogs("info", tmp_path, "--allow-partial").returncode == 0


def test_names_of_files_do_not_act_on_the_terminal(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    log.rename(tmp_path / "job\x1b[31m[red].log")
    for form in ("text", "plain", "json"):
        run = arclogs("info", tmp_path, "--format", form, "--color", "always")
        assert "\x1b[31m" not in run.stdout
        assert "[red].log" in run.stdout


def test_secrets_are_replaced(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    token = "ghp_" + "a1B2c3" * 6
    log.rename(tmp_path / f"{token}.log")
    for form in ("text", "plain", "json"):
        assert token not in arclogs("info", tmp_path, "--format", form).stdout
    assert token in arclogs("info", tmp_path, "--no-redact").stdout


def test_a_file_is_written_by_its_suffix(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    run = arclogs("info", log, "-o", "info.json")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "written to info.json\n")
    assert json.loads((tmp_path / "info.json").read_text())["schema_version"] == "1"
    arclogs("info", log, "-o", "info.md")
    assert (tmp_path / "info.md").read_text().startswith("Bundle:\n")


def test_nothing_readable(arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    (tmp_path / "x.log").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(2000))
    assert arclogs("info", "x.log").returncode == 4
