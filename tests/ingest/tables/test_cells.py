"""What the cells of each kind's table show."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.interface import Block
from arclogs.ingest.tables.parser import TableParser
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl"


def observed(name: str) -> list[Observation]:
    items = TableParser().parse(Block(name, 1, (DATA / name).read_text().split("\n")))
    return [item for item in items if isinstance(item, Observation)]


def test_pods() -> None:
    running, pending, pulling, deleting = observed("get-pods-wide.txt")
    assert running.fields == {
        "metadata": {
            "name": "build-x64-4kq8z-runner-h7d2p",
            "namespace": "ci-runners",
            "age": "48m",
        },
        "spec": {"nodeName": "worker-3.lab.example"},
        "status": {
            "ready": "1/1",
            "podIP": "10.42.3.17",
            "printed": "Running",
            "phase": "Running",
            "restarts": 3,
        },
    }
    assert "metadata.deletionTimestamp" in running.absent
    assert {"spec.nodeName", "status.podIP"} <= pending.absent
    assert pending.fields["status"]["phase"] == "Pending"
    assert pulling.fields["status"]["statusColumn"] == "ImagePullBackOff"
    assert "phase" not in pulling.fields["status"]
    assert "metadata.deletionTimestamp" not in pulling.absent
    assert deleting.fields["metadata"]["deletionTimestamp"] == "Terminating"


def test_accounts_roles_bindings() -> None:
    items = observed("get-several.txt")
    assert [(item.kind, item.name) for item in items] == [
        ("ServiceAccount", "default"),
        ("ServiceAccount", "build-x64-gha-rs-no-permission"),
        ("Role", "build-x64-gha-rs-manager"),
        ("RoleBinding", "build-x64-gha-rs-manager"),
    ]
    assert items[2].fields["metadata"]["creationTimestamp"] == "2025-10-14T06:20:00Z"
    binding = items[3]
    assert binding.fields["roleRef"] == {"kind": "Role", "name": "build-x64-gha-rs-manager"}
    assert binding.fields["subjects"] == [
        {"kind": "User", "name": "jane"},
        {"kind": "ServiceAccount", "name": "arc-gha-rs-controller", "namespace": "arc-systems"},
        {"kind": "ServiceAccount", "name": "default", "namespace": "ci-runners"},
    ]
    assert items[0].namespace is None


def test_arc_resources() -> None:
    scale_set, runner_set, runner, failed, listener = observed("get-arc.txt")
    assert scale_set.fields["spec"] == {"minRunners": 1, "maxRunners": 10}
    assert scale_set.fields["status"]["currentRunners"] == 2
    assert "status.state" in scale_set.absent
    assert runner_set.fields["spec"] == {"replicas": 2}
    assert runner.fields["status"] == {
        "runnerId": 18397,
        "phase": "Running",
        "jobRepositoryName": "lab-example/shop",
        "jobWorkflowRef": "lab-example/shop/.github/workflows/ci.yaml@refs/heads/main",
        "workflowRunId": 19452210877,
        "jobDisplayName": "build  and test",
    }
    assert failed.fields["status"] == {
        "phase": "Failed",
        "message": "Failed to create the pod:  no limits set",
    }
    assert {"status.runnerId", "status.jobRepositoryName"} <= failed.absent
    assert listener.fields["spec"]["autoscalingRunnerSetName"] == "build-x64"


def test_storage() -> None:
    bound, pending, deleting, volume = observed("get-storage.txt")
    assert bound.fields["status"] == {
        "capacity": {"storage": "10Gi"},
        "accessModes": ["ReadWriteOnce"],
        "phase": "Bound",
    }
    assert pending.fields["status"] == {"phase": "Pending"}
    assert "spec.volumeName" in pending.absent
    assert deleting.fields["metadata"]["deletionTimestamp"] == "Terminating"
    assert "phase" not in deleting.fields["status"]
    assert volume.fields["spec"]["claimRef"] == {"namespace": "ci-runners", "name": "work-1"}


def test_nodes_and_others() -> None:
    cordoned, broken, namespace, deployment, quota = observed("get-cluster.txt")
    assert cordoned.fields["spec"]["unschedulable"] is True
    assert cordoned.fields["status"]["conditions"] == [{"type": "Ready", "status": "True"}]
    assert broken.fields["status"]["printed"] == "NotReady"
    assert "conditions" not in broken.fields["status"]  # False or Unknown: the column does not tell
    assert broken.fields["status"]["nodeInfo"]["kubeletVersion"] == "v1.33.4"
    assert namespace.fields["status"] == {"phase": "Active"}
    assert deployment.fields["status"]["readyReplicas"] == 0
    assert deployment.fields["spec"]["template"]["spec"]["containers"][0]["name"] == "manager"
    assert quota.fields["status"]["used"] == {"pods": "20", "requests.cpu": "6", "limits.cpu": "12"}
    assert quota.fields["status"]["hard"]["limits.cpu"] == "16"


def test_locator_points_at_the_row() -> None:
    runner = observed("get-arc.txt")[2]
    assert runner.locator is not None
    found = runner.locator.find(("status", "runnerId"))
    assert found is not None
    assert found[0] == 8
    assert "18397" in found[1]


def test_labels_column() -> None:
    text = """\
NAME   READY   STATUS    RESTARTS   AGE   LABELS
a      1/1     Running   0          5m    app.kubernetes.io/name=x,empty=
b      1/1     Running   0          5m    <none>"""
    items = list(TableParser().parse(Block("x", 1, text.split("\n"))))
    first, second = items[0], items[1]
    assert isinstance(first, Observation)
    assert isinstance(second, Observation)
    assert first.fields["metadata"]["labels"] == {"app.kubernetes.io/name": "x", "empty": ""}
    assert "labels" not in second.fields["metadata"]
    assert "metadata.labels" in second.absent
