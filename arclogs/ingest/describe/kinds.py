"""Which kind of object a description shows: the hand-written describers do not print it.

    Image pull secrets:  <none>      only a ServiceAccount has this line
    PolicyRule:                      Role or ClusterRole, which print alike

Key names by kind: kubectl `pkg/describe/describe.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.describe.quota import is_limit_range, is_namespace, is_quota
from arclogs.ingest.describe.rbac import is_cluster_role

if TYPE_CHECKING:
    from arclogs.ingest.describe.grammar import Line, Node

# The first kind of which any key is there; the order matters where kinds share a key.
_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Role", ("PolicyRule",)),
    ("RoleBinding", ("Subjects",)),
    ("ServiceAccount", ("Image pull secrets", "Mountable secrets")),
    ("Deployment", ("StrategyType", "OldReplicaSets", "NewReplicaSet")),
    ("StatefulSet", ("Update Strategy", "Volume Claims")),
    ("DaemonSet", ("Desired Number of Nodes Scheduled",)),
    ("CronJob", ("Schedule", "Concurrency Policy")),
    ("Job", ("Parallelism", "Completions")),
    ("ReplicaSet", ("Pods Status", "Pod Template")),
    ("PersistentVolumeClaim", ("Used By", "Mounted By")),
    ("PersistentVolume", ("Reclaim Policy", "Claim")),
    ("StorageClass", ("Provisioner", "VolumeBindingMode")),
    ("Node", ("Unschedulable", "System Info", "Non-terminated Pods", "Allocatable")),
    ("Service", ("Session Affinity", "IP Family Policy", "Endpoints")),
    (
        "Pod",
        ("Service Account", "Containers", "Init Containers", "QoS Class", "IPs"),
    ),
    ("PersistentVolumeClaim", ("Volume",)),
    ("Pod", ("Node", "Node-Selectors")),
    ("Node", ("Roles", "Taints")),
)
# ARC's own kinds by a key in Spec or Status, where somebody left out the lines that name the kind.
_CUSTOM_MARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("AutoscalingListener", ("Autoscaling Runner Set Name", "Ephemeral Runner Set Name")),
    ("EphemeralRunnerSet", ("Ephemeral Runner Spec", "Current Replicas", "Patch ID", "Patch Id")),
    ("AutoscalingRunnerSet", ("Min Runners", "Max Runners", "Current Runners", "Runner Group")),
    ("EphemeralRunner", ("Runner Id", "Runner JIT Config", "Job Request Id", "Failures")),
)
TELLING_KEYS = frozenset(key for _, keys in _MARKS for key in keys) - {
    "Claim",
    "Completions",
    "Endpoints",
    "Node",
    "Schedule",
    "Volume",
}
"""Keys that hardly any other text has at column 0."""
KEYS = frozenset(key for _, keys in _MARKS for key in keys) | frozenset(
    {"Namespace", "Labels", "Annotations", "API Version", "Kind", "Metadata", "Spec", "Status",
     "Events", "Conditions", "Volumes", "CreationTimestamp"}
)  # fmt: skip
"""Keys at column 0 by which a description is told from other text."""


def kind_of_description(root: Node, lines: list[Line], asked: str | None) -> str | None:
    """Return the kind, or None where the text does not tell.

    `asked` is the kind that the command named, if it is known: it decides between a role and a
    cluster role and stands in where the text does not tell.
    """
    keys = {child.key for child in root.children}
    kind = root.get("Kind")
    if kind is not None and kind.value and keys & {"API Version", "Metadata", "Spec"}:
        return kind.value
    found = next((kind for kind, marks in _MARKS if keys & set(marks)), None)
    if found in ("Role", "RoleBinding"):
        cluster = asked == f"Cluster{found}" or (found == "Role" and is_cluster_role(root))
        return f"Cluster{found}" if cluster else found
    if found is None and "StorageClass" in keys:  # cut before what tells the two apart
        return "PersistentVolumeClaim" if "Namespace" in keys else "PersistentVolume"
    return found or _kind_of_table(keys, lines) or asked or custom_kind(root)


def custom_kind(root: Node) -> str | None:
    """Return which of ARC's kinds the keys below Spec and Status belong to, or None."""
    parts = [root.get("Spec"), root.get("Status")]
    keys = {child.key for part in parts if part is not None for child in part.children}
    return next((kind for kind, marks in _CUSTOM_MARKS if keys & set(marks)), None)


def _kind_of_table(keys: set[str], lines: list[Line]) -> str | None:
    if any(line.text.startswith("====") for line in lines):
        return "Secret" if "Type" in keys else "ConfigMap"
    if is_namespace(lines):
        return "Namespace"
    if is_quota(lines):
        return "ResourceQuota"
    return "LimitRange" if is_limit_range(lines) else None
