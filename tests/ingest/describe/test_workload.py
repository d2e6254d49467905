"""Deployments and replica sets as describe prints them."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.event import Event
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl" / "describe-deployment.txt"
ITEMS = list(DescribeParser().parse(Block("d", 1, DATA.read_text().split("\n"))))


def test_deployment() -> None:
    item = ITEMS[0]
    assert isinstance(item, Observation)
    assert (item.kind, item.namespace) == ("Deployment", "arc-systems")
    assert item.fields["metadata"]["creationTimestamp"] == "2025-10-13T08:00:00Z"
    template = item.fields["spec"]["template"]
    assert template["spec"]["serviceAccountName"] == "arc-gha-rs-controller"
    (manager,) = template["spec"]["containers"]
    assert manager["image"] == "ghcr.io/actions/gha-runner-scale-set-controller:0.13.1"
    assert manager["args"] == ["--auto-scaling-runner-set-only", "--log-level=debug"]
    assert template["spec"]["volumes"] == [{"name": "tmp", "emptyDir": {}}]
    assert item.fields["spec"]["replicas"] == 1
    assert item.fields["status"]["unavailableReplicas"] == 1
    assert item.fields["status"]["conditions"][0] == {
        "type": "Available",
        "status": "False",
        "reason": "MinimumReplicasUnavailable",
    }


def test_replica_set_and_its_event() -> None:
    item, event = ITEMS[1], ITEMS[2]
    assert isinstance(item, Observation)
    assert item.kind == "ReplicaSet"
    assert item.fields["spec"]["replicas"] == 1
    assert item.fields["metadata"]["ownerReferences"][0]["name"] == "arc-gha-rs-controller"
    assert isinstance(event, Event)
    assert (event.reason, event.count, event.kind) == ("FailedCreate", 12, "ReplicaSet")
