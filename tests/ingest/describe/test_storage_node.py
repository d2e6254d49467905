"""Claims, volumes, storage classes and nodes as describe prints them."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.event import Event
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl"


def observed(name: str) -> list[Observation]:
    items = DescribeParser().parse(Block(name, 1, (DATA / name).read_text().split("\n")))
    return [item for item in items if isinstance(item, Observation)]


def test_claims() -> None:
    bound, pending = observed("describe-storage.txt")[:2]
    assert bound.kind == pending.kind == "PersistentVolumeClaim"
    assert bound.fields["metadata"]["deletionTimestamp"] == "lasts 6m3s"
    assert bound.fields["metadata"]["finalizers"] == ["kubernetes.io/pvc-protection"]
    assert bound.fields["spec"]["volumeName"].startswith("pvc-328f6c95")
    assert bound.fields["status"] == {
        "capacity": {"storage": "10Gi"},
        "accessModes": ["ReadWriteOnce", "ReadOnlyMany"],
    }
    assert pending.fields["status"] == {"phase": "Pending"}
    assert {
        "spec.volumeName",
        "spec.storageClassName",
        "metadata.finalizers",
        "metadata.deletionTimestamp",
    } <= pending.absent


def test_volume() -> None:
    volume = observed("describe-storage.txt")[2]
    assert (volume.kind, volume.namespace) == ("PersistentVolume", None)
    assert volume.fields["spec"] == {
        "storageClassName": "local-path",
        "volumeMode": "Filesystem",
        "claimRef": {"namespace": "ci-runners", "name": "build-x64-4kq8z-runner-h7d2p-work"},
        "persistentVolumeReclaimPolicy": "Delete",
        "capacity": {"storage": "10Gi"},
        "accessModes": ["ReadWriteOnce"],
        "csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-03cddbf7698ec2768"},
    }


def test_storage_class() -> None:
    item = observed("describe-storage.txt")[3]
    assert item.kind == "StorageClass"
    assert item.fields["provisioner"] == "rancher.io/local-path"
    assert item.fields["volumeBindingMode"] == "WaitForFirstConsumer"
    assert item.fields["metadata"]["annotations"] == {
        "storageclass.kubernetes.io/is-default-class": "true"
    }


def test_node() -> None:
    (node,) = observed("describe-node.txt")
    assert (node.kind, node.namespace) == ("Node", None)
    assert node.fields["metadata"]["creationTimestamp"] == "2025-10-13T22:10:41Z"
    assert node.fields["spec"]["unschedulable"] is True
    assert node.fields["spec"]["taints"] == [
        {"key": "node.kubernetes.io/unreachable", "effect": "NoExecute"},
        {"key": "dedicated", "value": "ci", "effect": "NoSchedule"},
    ]
    ready = node.fields["status"]["conditions"][1]
    assert ready == {
        "type": "Ready",
        "status": "Unknown",
        "reason": "NodeStatusUnknown",
        "message": "Kubelet stopped posting node status.",
        "lastHeartbeatTime": "2025-10-14T09:04:18Z",
        "lastTransitionTime": "2025-10-14T09:09:02Z",
    }
    assert node.fields["status"]["capacity"]["cpu"] == "16"
    assert node.fields["status"]["allocatable"]["cpu"] == "15890m"
    assert node.fields["status"]["nodeInfo"]["kubeletVersion"] == "v1.33.4"
    assert node.fields["status"]["addresses"][0] == {"type": "InternalIP", "address": "192.0.2.13"}


def test_a_node_is_in_no_namespace_whatever_the_command_says() -> None:
    lines = (DATA / "describe-node.txt").read_text().split("\n")
    block = Block("x", 1, lines, "kubectl describe nodes -n ci-runners")
    items = list(DescribeParser().parse(block))
    node, event = items[0], items[1]
    assert isinstance(node, Observation)
    assert node.namespace is None
    assert isinstance(event, Event)
    assert (event.kind, event.name) == ("Node", "worker-3.lab.example")
