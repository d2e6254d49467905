"""Deployments and replica sets as `kubectl describe` prints them, as far as ARC needs it.

    Replicas:       1 desired | 1 updated | 1 total | 1 available | 0 unavailable
    Replicas:       1 current / 1 desired
    Pods Status:    1 Running / 0 Waiting / 0 Succeeded / 0 Failed

Written by kubectl `pkg/describe/describe.go` (describeDeployment, describeReplicaSet).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.describe.pod import read_pod_template
from arclogs.ingest.describe.storage_node import read_condition_table
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

_COUNT = lazy_compile(r"(\d{1,9}) (desired|updated|total|available|unavailable|current)\b")
_COUNTS: dict[str, Path] = {
    "desired": ("spec", "replicas"),
    "updated": ("status", "updatedReplicas"),
    "total": ("status", "replicas"),
    "current": ("status", "replicas"),
    "available": ("status", "availableReplicas"),
    "unavailable": ("status", "unavailableReplicas"),
}


def read_workload(fields: ShownFields, root: Node) -> None:
    """Read replica counts, conditions and the pod template."""
    replicas = root.get("Replicas")
    if replicas is not None:
        for number, word in _COUNT.findall(replicas.value):
            fields.put(_COUNTS[word], int(number), replicas.line)
    owner = root.get("Controlled By")
    if owner is not None and "/" in owner.value:
        kind, _, name = owner.value.partition("/")
        reference = {"kind": kind, "name": name, "controller": True}
        fields.put(("metadata", "ownerReferences"), [reference], owner.line)
    read_pod_template(fields, root.get("Pod Template"))
    read_condition_table(fields, root.get("Conditions"))
