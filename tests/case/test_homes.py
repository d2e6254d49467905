"""Where a pod is whose log does not say so."""

from __future__ import annotations

import pytest

from arclogs.browse.opened import open_case
from arclogs.model.record import Source

JOB_LOG = """\
2026-11-23T02:00:00.0079139Z Current runner version: '2.334.0'
2026-11-23T02:00:00.0168970Z Runner name: 'gpu-7hx2q-runner-zq2lf'
2026-11-23T02:10:07.4907275Z ##[group]Run '/home/runner/k8s/index.js'
2026-11-23T02:10:07.5092554Z ##[error]Error: pod failed to come online
"""
ELSEWHERE = "arc-runners   linux-7hx2q-runner-w9k4d   1/1   Running   0   83m\n"
PODS = f"NAMESPACE     NAME   READY   STATUS   RESTARTS   AGE\n{ELSEWHERE}"
EVENTS = "NAMESPACE     LAST SEEN   TYPE      REASON             OBJECT     MESSAGE\n"
CONTROLLER = """\
2026-11-23T02:00:00Z\tERROR\tEphemeralRunner\tFailed to create a pod due to unrecoverable failure\t\
{{"version": "0.12.1", "ephemeralrunner": {{"name":"{}","namespace":"arc-gpu"}}, "error": "no"}}
"""
RUNNERS = """\
apiVersion: actions.github.com/v1alpha1
kind: EphemeralRunner
metadata: {name: gpu-7hx2q-runner-zq2lf, namespace: arc-gpu}
"""


def namespace_of_the_job(folder):
    case = open_case([folder]).case
    (error,) = [r for r in case.records if r.source is Source.HOOK and "online" in r.text]
    return case.entities(error).get("namespace")


@pytest.mark.parametrize(
    ("files", "namespace"),
    [
        ({"pods.txt": f"{PODS}arc-gpu   gpu-7hx2q-runner-zq2lf   1/1   Running   0   1m"}, "arc-gpu"),
        ({"pods.txt": f"{PODS}arc-gpu   gpu-7hx2q-runner-zq2lf-workflow   0/1   Pending   0   1m"},
         "arc-gpu"),
        ({"pods.txt": PODS, "runner.yaml": RUNNERS}, "arc-gpu"),
        ({"pods.txt": PODS,
          "events.txt": f"{EVENTS}arc-gpu   1m   Warning   FailedScheduling   "
                        "pod/gpu-7hx2q-runner-zq2lf-workflow   0/6 nodes are available"}, "arc-gpu"),
        ({"pods.txt": PODS,
          "events.txt": f"{EVENTS}one   1m   Warning   Failed   pod/gpu-7hx2q-runner-zq2lf   x\n"
                        "two   1m   Warning   Failed   pod/gpu-7hx2q-runner-zq2lf   x\n"},
         None),
        ({"pods.txt": f"{PODS}arc-gpu   gpu-7hx2q-runner-aaaaa-workflow   0/1   Pending   0   1m"},
         None),
        ({"pods.txt": PODS, "controller.log": CONTROLLER.format("gpu-7hx2q-runner-zq2lf")}, "arc-gpu"),
        ({"pods.txt": PODS, "controller.log": CONTROLLER.format("gpu-7hx2q-runner-aaaaa")}, None),
        ({"pods.txt": PODS}, None),
        ({"pods.txt": PODS.replace("linux", "gpu")}, "arc-runners"),
        ({"namespace.yaml": "apiVersion: actions.github.com/v1alpha1\nkind: EphemeralRunnerSet\n"
                            "metadata: {name: x, namespace: arc-gpu}\n"}, "arc-gpu"),
    ],
    ids=["its pod is shown", "its job pod is shown", "its runner is shown", "events name its job pod",
         "events disagree", "runners are in two namespaces", "the controller names it",
         "the controller names another elsewhere", "others are of another scale set",
         "another of its scale set is shown", "no scale set is known, and one namespace"],
)  # fmt: skip
def test_the_namespace_comes_from_what_belongs_to_the_same_runner(tmp_path, files, namespace):
    (tmp_path / "job.log").write_text(JOB_LOG)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert namespace_of_the_job(tmp_path) == namespace
