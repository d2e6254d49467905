"""`rules fmt`, `schema`, `docs`, `new` and the filters of `list`, as they are typed."""

from __future__ import annotations

import json
import shlex
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

RULES = Path(__file__).parent / "data" / "rules"
UNTIDY = "kind: symptom\nid: mine\ntitle: t\narea: job\nseverity: low\n"


def test_fmt_names_what_it_changes_and_check_only_looks(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(UNTIDY)
    path.chmod(0o644)
    looked = arclogs("rules", "fmt", "--check", path)
    assert (looked.returncode, looked.stdout) == (1, f"{path}\n")
    assert path.read_text() == UNTIDY
    changed = arclogs("rules", "fmt", path)
    assert (changed.returncode, changed.stderr) == (0, "1 file: 1 changed\n")
    assert path.read_text().startswith("id: mine\nkind: symptom\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert arclogs("rules", "fmt", "--check", path).returncode == 0


def test_fmt_goes_on_past_a_broken_file(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text("id: [\n")
    (tmp_path / "b.yaml").write_text(UNTIDY)
    run = arclogs("rules", "fmt", tmp_path)
    assert run.returncode == 2
    assert f"error: {tmp_path / 'a.yaml'}:2:1: not valid YAML" in run.stderr
    assert (tmp_path / "b.yaml").read_text() != UNTIDY
    assert arclogs("rules", "fmt", tmp_path / "nowhere").returncode == 2


def test_schema_goes_to_stdout_or_a_file(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    printed = arclogs("rules", "schema").stdout
    assert json.loads(printed)["title"] == "arclogs rule"
    assert arclogs("rules", "schema", "-o", tmp_path / "s.json").returncode == 0
    assert (tmp_path / "s.json").read_text() == printed


def test_docs_of_one_rule_and_of_all(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    one = arclogs("rules", "docs", "cli-test-cause", "--rules", RULES)
    assert one.stdout.startswith("# The line that tests look for is there\n")
    run = arclogs("rules", "docs", "--rules", RULES, "-o", tmp_path / "pages")
    assert run.returncode == 0
    assert (tmp_path / "pages" / "job" / "cli-test-cause.md").read_text() == one.stdout
    assert "(job/cli-test-cause.md)" in (tmp_path / "pages" / "index.md").read_text()


def test_list_filters_narrow_each_other(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    wanted = (
        "--kind",
        "cause",
        "--severity",
        "critical",
        "--frequency",
        "common",
        "--grep",
        "TOKEN",
    )
    listed = json.loads(arclogs("rules", "list", "--json", *wanted).stdout)
    assert "sa-token-rejected" in [rule["id"] for rule in listed]
    assert {(r["kind"], r["severity"], r["frequency"]) for r in listed} == {
        ("cause", "critical", "common")
    }


def test_show_as_json_is_what_the_file_states(
    arclogs: Callable[..., CompletedProcess[str]],
) -> None:
    shown = json.loads(
        arclogs("rules", "show", "cli-test-cause", "--json", "--rules", RULES).stdout
    )
    assert shown["id"] == "cli-test-cause"
    assert shown["path"] == str(RULES / "cli-test-cause.yaml")
    assert "let" not in shown


def test_new_wants_one_place_and_replaces_nothing(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    assert "give one of --from" in arclogs("rules", "new", "mine").stderr
    assert arclogs("rules", "new", "mine", "--from", f"{log}:2").returncode == 0
    again = arclogs("rules", "new", "mine", "--from", f"{log}:2")
    assert again.returncode == 2
    assert "--force replaces it" in again.stderr
    assert (tmp_path / "mine.yaml").is_file()
    refused = arclogs("rules", "new", "Mine", "--from", f"{log}:2")
    assert "lower-case words with dashes" in refused.stderr


def test_the_command_of_the_report_drafts_a_rule_when_pasted(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    folder = tmp_path / "my ticket"
    folder.mkdir()
    (folder / "a log.txt").write_text(
        "2026-03-02T10:04:20.1140000Z ##[error]the lattice of $(node) is open\n"
    )
    report = arclogs("analyze", folder).stdout
    (line,) = [part for part in report.splitlines() if "arclogs rules new" in part]
    command = line.partition(": ")[2]
    assert command == f"arclogs rules new my-rule --from 'a log.txt:1' '{folder}'"

    assert arclogs(*shlex.split(command)[1:]).returncode == 0
    assert "lattice of" in (tmp_path / "my-rule.yaml").read_text()


def test_no_command_where_it_could_not_read_the_input_again(
    arclogs: Callable[..., CompletedProcess[str]],
) -> None:
    line = b"2026-03-02T10:04:20.1140000Z ##[error]the lattice is open\n"
    assert "arclogs rules new" not in arclogs("analyze", "-", stdin=line).stdout


def test_lint_tells_what_scanning_for_each_signal_costs(
    arclogs: Callable[..., CompletedProcess[str]],
) -> None:
    head, *rows = arclogs("rules", "lint", "--cost").stdout.splitlines()
    assert head.split() == [
        "signal",
        "searched",
        "by",
        "found",
        "in",
        "lines",
        "of",
        "healthy",
        "logs",
    ]
    found = [int(row.split(" of ")[0].rsplit(maxsplit=1)[1]) for row in rows]
    assert len(rows) > 300
    assert found == sorted(found, reverse=True)
    assert not any("line by line" in row for row in rows)
    own = arclogs("rules", "lint", "--cost", RULES / "cli-test-cause.yaml").stdout.splitlines()[1:]
    assert [row.split(".")[0] for row in own] == ["cli-test-cause"] * len(own)


def test_test_and_explain_take_a_rule_file_and_nothing_beside_it(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    rule = tmp_path / "cli-test-cause.yaml"
    rule.write_bytes((RULES / "cli-test-cause.yaml").read_bytes())
    (tmp_path / "values.yaml").write_text("no: rule\n")
    assert "there is no test to run" in arclogs("rules", "test", rule).stdout
    shipped = RULES.parents[3] / "rules" / "hook" / "hook-process-exited.yaml"
    assert "2 tests of 1 rule: all passed" in arclogs("rules", "test", shipped).stdout
    assert "fires: " in arclogs("explain", rule, log).stdout
    assert "fires: " in arclogs("explain", "cli-test-cause", log, "--rules", rule).stdout
    missing = arclogs("rules", "test", "mine.yaml")
    assert (missing.returncode, missing.stderr) == (2, "error: there is no rule file mine.yaml\n")
