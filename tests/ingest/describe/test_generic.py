"""Custom resources: names, lists and types restored from the generic describer's output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl"


def observe(text: str) -> Observation:
    items = DescribeParser().parse(Block("x", 1, text.split("\n")))
    return next(item for item in items if isinstance(item, Observation))


@pytest.fixture(scope="module")
def runner() -> Observation:
    return observe((DATA / "describe-ephemeralrunner.txt").read_text())


def test_metadata(runner: Observation) -> None:
    assert (runner.kind, runner.namespace) == ("EphemeralRunner", "ci-runners")
    metadata = dict(runner.fields["metadata"])
    assert metadata["creationTimestamp"] == "2025-10-14T07:12:01Z"
    assert metadata["generation"] == 2
    assert metadata["resourceVersion"] == "8812"
    assert metadata["finalizers"] == [
        "ephemeralrunner.actions.github.com/finalizer",
        "ephemeralrunner.actions.github.com/runner-registration-finalizer",
    ]
    assert metadata["ownerReferences"] == [
        {
            "apiVersion": "actions.github.com/v1alpha1",
            "blockOwnerDeletion": True,
            "controller": True,
            "kind": "EphemeralRunnerSet",
            "name": "build-x64-4kq8z",
            "uid": "5c7b5a3e-4a55-4a0e-8f56-0a2b7f5f1c11",
        }
    ]


def test_spec(runner: Observation) -> None:
    spec = runner.fields["spec"]
    assert spec["githubConfigUrl"] == "https://github.com/lab-example"
    assert spec["runnerScaleSetId"] == 12
    assert spec["metadata"] == {}
    pod = spec["spec"]
    assert pod["serviceAccountName"] == "build-x64-gha-rs-kube-mode"
    assert pod["nodeSelector"] == {"pool": "ci", "kubernetes.io/os": "linux"}
    first, second = pod["containers"]
    assert first["args"] == ["--level: high", "plain"]
    assert first["env"] == [
        {"name": "EMPTY"},
        {
            "name": "ACTIONS_RUNNER_POD_NAME",
            "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}},
        },
        {"name": "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", "value": "true"},
    ]
    assert first["resources"]["limits"] == {
        "cpu": "2",
        "ephemeral-storage": "5Gi",
        "nvidia.com/gpu": "1",
    }
    assert second == {"image": "docker:dind", "name": "dind"}
    assert pod["volumes"] == [
        {"emptyDir": {}, "name": "work"},
        {"name": "scratch", "persistentVolumeClaim": {"claimName": "shared-cache"}},
    ]


def test_status_goes_on_after_a_message_with_line_breaks(runner: Observation) -> None:
    assert runner.fields["status"] == {
        "failures": {
            "978f18a7-4e86-46c7-9844-5bab87b3d90e": True,
            "215b8892-b9d8-4312-911c-039a71cf92e3": "2025-10-14T07:20:00Z",
        },
        "message": "Failed to create the pod: admission webhook denied the request:\n"
        "Error: no limits set\nsee https://example.com/limits",
        "phase": "Failed",
        "ready": False,
        "reason": "InvalidPod",
        "runnerId": 90412,
        "workflowRunId": 19452210877,
    }


def test_all_of_an_arc_resource_is_shown(runner: Observation) -> None:
    assert {"status", "spec", "metadata.deletionTimestamp"} <= runner.absent


def test_a_trimmed_description_proves_less() -> None:
    text = (DATA / "describe-ephemeralrunner.txt").read_text()
    start, end = text.index("  Spec:\n    Containers"), text.index("Status:")
    uid = re.compile(r"^  UID: .*\n", re.MULTILINE)
    trimmed = observe(uid.sub("", text[:start] + text[end:]))
    assert "status" in trimmed.absent
    assert "spec" not in trimmed.absent
    assert "metadata.deletionTimestamp" not in trimmed.absent


def test_a_deletion_is_shown() -> None:
    text = (DATA / "describe-ephemeralrunner.txt").read_text()
    stamp = "  Deletion Grace Period Seconds:  0\n  Deletion Timestamp:  2025-10-14T08:00:00Z\n"
    deleted = observe(text.replace("  Finalizers:\n", stamp + "  Finalizers:\n", 1))
    assert deleted.fields["metadata"]["deletionTimestamp"] == "2025-10-14T08:00:00Z"
    assert deleted.fields["metadata"]["deletionGracePeriodSeconds"] == 0


def test_resources_of_others_are_restored_by_rule() -> None:
    claim = observe((DATA / "describe-nodeclaim.txt").read_text())
    assert claim.kind == "NodeClaim"
    assert claim.fields["spec"]["nodeClassRef"] == {"group": "karpenter.k8s.aws", "name": "default"}
    assert claim.fields["spec"]["requirements"] == [
        {"key": "karpenter.sh/capacity-type", "operator": "In"},
        {"key": "kubernetes.io/arch", "operator": "In"},
    ]
    assert claim.fields["status"]["providerID"] == "aws:///us-east-1a/i-0123"
    assert "spec" not in claim.absent


def test_locator(runner: Observation) -> None:
    assert runner.locator is not None
    found = runner.locator.find(("spec", "spec", "containers", 0, "env", 2, "value"))
    assert found is not None
    assert found[1].split() == ["Value:", "true"]


@pytest.mark.parametrize("label", ["Patch ID", "Patch Id"])  # up to kubectl 1.34, from 1.35
def test_patch_id_of_every_version(label: str) -> None:
    text = f"""\
Name:         s
Namespace:    n
API Version:  actions.github.com/v1alpha1
Kind:         EphemeralRunnerSet
Spec:
  {label}:  17
  Replicas:  2
Events:  <none>
"""
    assert observe(text).fields["spec"] == {"patchID": 17, "replicas": 2}
