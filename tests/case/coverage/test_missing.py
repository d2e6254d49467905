"""What is missing, and commands that can be pasted as they are."""

from __future__ import annotations

import json

import pytest

from arclogs.browse.opened import open_case
from arclogs.case.coverage.missing import missing

PODS = """\
NAMESPACE     NAME                                     READY   STATUS    RESTARTS   AGE
arc-runners   linux-7hx2q-runner-w9k4d                 1/1     Running   0          83m
arc-systems   arc-gha-rs-controller-6f9c7b5d4f-x2x7k   1/1     Running   0          46m
arc-systems   linux-754b578d-listener                  1/1     Running   0          45m
"""


def commands(folder):
    return {item.what: item.command for item in missing(open_case([folder]).case)}


def runner(name, run, repository="octo/api"):
    return {
        "apiVersion": "actions.github.com/v1alpha1",
        "kind": "EphemeralRunner",
        "metadata": {"name": name, "namespace": "arc-runners", "uid": name},
        "status": {"workflowRunId": run, "jobRepositoryName": repository},
    }


def test_commands_hold_the_names_that_the_bundle_shows(tmp_path):
    (tmp_path / "pods.txt").write_text(PODS)
    (tmp_path / "runner.json").write_text(json.dumps(runner("linux-7hx2q-runner-w9k4d", 194)))
    asked = commands(tmp_path)
    assert asked["controller log"] == (
        "kubectl -n arc-systems logs deploy/arc-gha-rs-controller --timestamps"
    )
    assert asked["listener log"].startswith("kubectl -n arc-systems logs -l ")
    assert asked["job or runner log"] == "gh run view 194 --repo octo/api --log-failed"
    assert asked["events"] == "kubectl -n arc-runners get events -o yaml"
    assert "runner pods" not in asked


@pytest.mark.parametrize(
    ("runners", "command"),
    [
        ([], "gh run view <run-id> --log-failed"),
        ([runner("a", 1), runner("b", 2)], "gh run view <run-id> --log-failed"),
        ([runner("a", 0)], "gh run view <run-id> --log-failed"),
        ([runner("a", 1, "octo/api; rm -rf /")], "gh run view 1 --log-failed"),
        ([runner("a", "1; reboot")], "gh run view <run-id> --log-failed"),
    ],
)
def test_what_is_not_sure_or_no_name_is_left_to_be_filled_in(tmp_path, runners, command):
    (tmp_path / "pods.txt").write_text(
        "NAME   READY   STATUS   RESTARTS   AGE\nx   1/1   Running   0   1m\n"
    )
    (tmp_path / "r.json").write_text(
        json.dumps({"kind": "List", "apiVersion": "v1", "items": runners})
    )
    asked = commands(tmp_path)
    assert asked["job or runner log"] == command
    assert asked["controller log"].endswith(
        "-n <controller-namespace> logs deploy/<controller> --timestamps"
    )
