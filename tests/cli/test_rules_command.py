from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

RULES = Path(__file__).parent / "data" / "rules"


def test_list_has_one_line_a_rule(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    run = arclogs("rules", "list", "--rules", RULES)
    *lines, total = run.stdout.splitlines()
    assert run.returncode == 0
    mine = [line.split() for line in lines if " cli-test-cause " in line]
    assert mine[0][:4] == ["high", "cause", "job", "cli-test-cause"]
    assert total.startswith(f"{len(lines)} rules: ")


def test_list_as_json(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    listed = json.loads(arclogs("rules", "list", "--json", "--rules", RULES).stdout)
    mine = next(rule for rule in listed if rule["id"] == "cli-test-info")
    assert mine["severity"] == "info"
    assert mine["path"] == str(RULES / "cli-test-info.yaml")
    assert {"sa-token-rejected", "cli-test-cause"} <= {rule["id"] for rule in listed}


def test_list_of_one_area(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    listed = json.loads(arclogs("rules", "list", "--json", "--area", "rbac").stdout)
    assert {rule["area"] for rule in listed} == {"rbac"}
    unknown = arclogs("rules", "list", "--area", "rback")
    assert unknown.returncode == 2
    assert "there are config, " in unknown.stderr


def test_show(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    run = arclogs("rules", "show", "cli-test-cause", "--rules", RULES)
    assert run.returncode == 0
    assert run.stdout.splitlines()[:3] == [
        "cli-test-cause: The line that tests look for is there",
        "cause, job, high, occasional",
        f"file: {RULES / 'cli-test-cause.yaml'}",
    ]
    assert "  1. Nothing needs to be done (read-only)" in run.stdout


def test_an_unknown_id_gets_a_suggestion(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    run = arclogs("rules", "show", "sa-token-rejcted")
    assert run.returncode == 2
    assert (
        run.stderr
        == "error: there is no rule 'sa-token-rejcted' (did you mean 'sa-token-rejected'?)\n"
    )
