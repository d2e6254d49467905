"""Pods as describe prints them: containers, volumes, status, and what is proven absent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl"


def observed(name: str) -> dict[str | None, Observation]:
    lines = (DATA / name).read_text().split("\n")
    items = DescribeParser().parse(Block(name, 1, lines))
    return {item.name: item for item in items if isinstance(item, Observation)}


@pytest.fixture(scope="module")
def running() -> Observation:
    return observed("describe-pods.txt")["build-x64-4kq8z-runner-h7d2p"]


@pytest.fixture(scope="module")
def deleted() -> Observation:
    return observed("describe-pods.txt")["build-x64-4kq8z-runner-zz8pd"]


def test_head(running: Observation) -> None:
    assert running.kind == "Pod"
    assert running.namespace == "ci-runners"
    assert running.location.line == 1
    spec, status = running.fields["spec"], running.fields["status"]
    assert spec["serviceAccountName"] == "build-x64-gha-rs-kube-mode"
    assert spec["nodeName"] == "worker-3.lab.example"
    assert status["hostIP"] == "192.0.2.13"
    assert status["startTime"] == "2025-10-14T07:12:03Z"  # printed in the collector's zone
    assert status["phase"] == "Running"
    assert spec["nodeSelector"] == {"pool": "ci"}
    assert spec["tolerations"] == [
        {"key": "dedicated", "value": "ci", "effect": "NoSchedule"},
        {
            "key": "node.kubernetes.io/not-ready",
            "effect": "NoExecute",
            "operator": "Exists",
            "tolerationSeconds": 300,
        },
    ]


def test_metadata(running: Observation) -> None:
    assert running.fields["metadata"] == {
        "name": "build-x64-4kq8z-runner-h7d2p",
        "namespace": "ci-runners",
        "labels": {
            "actions-ephemeral-runner": "True",
            "actions.github.com/scale-set-name": "build-x64",
            "app.kubernetes.io/component": "runner",
        },
        "annotations": {
            "actions.github.com/patch-id": "3",
            "example.com/notes": "first line\nsecond line",
        },
        "ownerReferences": [
            {
                "kind": "EphemeralRunner",
                "name": "build-x64-4kq8z-runner-h7d2p",
                "controller": True,
            }
        ],
    }


def test_container(running: Observation) -> None:
    (runner,) = running.fields["spec"]["containers"]
    assert runner["name"] == "runner"
    assert runner["image"] == "ghcr.io/actions/actions-runner:2.329.0"
    assert runner["command"] == ["/home/runner/run.sh"]
    assert runner["resources"] == {
        "limits": {"cpu": "2", "memory": "4Gi"},
        "requests": {"cpu": "500m"},
    }
    assert runner["volumeMounts"] == [
        {"name": "work", "mountPath": "/home/runner/_work"},
        {
            "name": "kube-api-access-q5xzt",
            "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
            "readOnly": True,
        },
    ]
    (setup,) = running.fields["spec"]["initContainers"]
    assert setup["command"][-1] == "mkdir -p /mnt/work && chown 1001 /mnt/work"
    assert setup["volumeMounts"][0]["subPath"] == "sub/dir"
    assert setup["env"] == []


def test_environment(running: Observation) -> None:
    (runner,) = running.fields["spec"]["containers"]
    variables: dict[str, Any] = {item.pop("name"): item for item in map(dict, runner["env"])}
    assert variables == {
        "ACTIONS_RUNNER_CONTAINER_HOOKS": {"value": "/home/runner/k8s/index.js"},
        "ACTIONS_RUNNER_POD_NAME": {
            "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}
        },
        "ACTIONS_RUNNER_INPUT_JITCONFIG": {
            "valueFrom": {
                "secretKeyRef": {"key": "jitToken", "name": "build-x64-4kq8z-runner-h7d2p"}
            }
        },
        "CPUS": {"valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
        "MOTD": {"value": "good\nmorning"},
        "EMPTY": {},
        "REGION": {
            "valueFrom": {"configMapKeyRef": {"key": "region", "name": "site", "optional": True}}
        },
    }
    assert runner["envFrom"] == [
        {"configMapRef": {"name": "proxy-settings"}},
        {"prefix": "PROXY_", "secretRef": {"name": "proxy-login"}},
    ]


def test_container_status(running: Observation) -> None:
    (status,) = running.fields["status"]["containerStatuses"]
    assert status["name"] == "runner"
    assert status["ready"] is True
    assert status["restartCount"] == 1
    assert status["state"] == {"running": {"startedAt": "2025-10-14T07:14:26Z"}}
    assert status["lastState"] == {
        "terminated": {
            "reason": "Error",
            "message": "panic: out of luck\ngoroutine 1 [running]:\n    main.main()\nExit: see above",
            "exitCode": 137,
            "startedAt": "2025-10-14T07:12:26Z",
            "finishedAt": "2025-10-14T07:14:20Z",
        }
    }
    (setup,) = running.fields["status"]["initContainerStatuses"]
    assert setup["state"]["terminated"]["exitCode"] == 0
    assert setup["lastState"] == {}


def test_volumes(running: Observation) -> None:
    assert running.fields["spec"]["volumes"] == [
        {
            "name": "work",
            "ephemeral": {
                "volumeClaimTemplate": {
                    "spec": {"storageClassName": "local-path", "volumeMode": "Filesystem"}
                }
            },
        },
        {
            "name": "shared",
            "persistentVolumeClaim": {"claimName": "shared-cache", "readOnly": True},
        },
        {
            "name": "kube-api-access-q5xzt",
            "projected": {
                "sources": [
                    {"serviceAccountToken": {"expirationSeconds": 3607}},
                    {"configMap": {"name": "kube-root-ca.crt"}},
                    {"downwardAPI": {}},
                ]
            },
        },
    ]
    assert "spec.volumes[]" in running.absent


def test_a_running_pod_is_not_being_deleted(running: Observation) -> None:
    assert "metadata.deletionTimestamp" in running.absent
    assert {"status.reason", "status.message"} <= running.absent
    assert "spec.automountServiceAccountToken" not in running.absent


def test_a_pod_that_ended_may_be_held_by_a_finalizer() -> None:
    text = (
        (DATA / "describe-pods.txt")
        .read_text()
        .replace(":           Running", ":           Failed")
    )
    items = DescribeParser().parse(Block("x", 1, text.split("\n")))
    first = next(item for item in items if isinstance(item, Observation))
    assert first.fields["status"]["phase"] == "Failed"
    assert "metadata.deletionTimestamp" not in first.absent


def test_a_deleted_pod_that_was_never_scheduled(deleted: Observation) -> None:
    assert deleted.location.line == 121
    assert deleted.fields["metadata"]["deletionTimestamp"] == "lasts 45s"
    assert deleted.fields["metadata"]["deletionGracePeriodSeconds"] == 30
    assert "phase" not in deleted.fields["status"]
    assert {
        "spec.nodeName",
        "spec.volumes",
        "spec.nodeSelector",
        "status.podIP",
        "status.containerStatuses",
        "spec.initContainers",
        "metadata.labels",
        "metadata.ownerReferences",
    } <= deleted.absent
    assert "metadata.deletionTimestamp" not in deleted.absent
    assert deleted.fields["spec"]["containers"][0]["volumeMounts"] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("spec", "serviceAccountName"), "Service Account:  build-x64-gha-rs-kube-mode"),
        (
            ("metadata", "labels", "app.kubernetes.io/component"),
            "app.kubernetes.io/component=runner",
        ),
        (("spec", "containers", 0, "env", 3, "valueFrom", "resourceFieldRef"), "2 (limits.cpu)"),
        (("spec", "containers", 0, "resources", "limits", "memory"), "memory:  4Gi"),
        (
            ("status", "containerStatuses", 0, "lastState", "terminated", "exitCode"),
            "Exit Code:    137",
        ),
        (("spec", "volumes", 1, "persistentVolumeClaim", "claimName"), "shared:"),
        (("spec", "volumes"), "Volumes:"),
    ],
)
def test_locator(running: Observation, path: tuple[str | int, ...], line: str) -> None:
    assert running.locator is not None
    found = running.locator.find(path)
    assert found is not None
    number, text = found
    assert line in text
    assert (DATA / "describe-pods.txt").read_text().split("\n")[number - 1] == text


def test_locator_knows_nothing_of_fields_that_are_not_shown(running: Observation) -> None:
    assert running.locator is not None
    assert running.locator.find(("spec", "hostNetwork")) is None


@pytest.mark.parametrize(
    "version", ["ConfigMapOptional:       <nil>", "Optional:                false"]
)
def test_projected_volume_of_every_version(version: str) -> None:
    text = f"""\
Name:         p
Namespace:    n
Service Account:  default
Volumes:
  kube-api-access-1:
    Type:                    Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:           kube-root-ca.crt
    {version}
    DownwardAPI:             true
QoS Class:                   BestEffort
"""
    items = DescribeParser().parse(Block("x", 1, text.split("\n")))
    pod = next(item for item in items if isinstance(item, Observation))
    (volume,) = pod.fields["spec"]["volumes"]
    assert [next(iter(source)) for source in volume["projected"]["sources"]] == [
        "serviceAccountToken",
        "configMap",
        "downwardAPI",
    ]
