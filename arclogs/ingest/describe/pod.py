"""Pods, and the pod templates of Deployments and their like, as `kubectl describe` prints them.

    Service Account:  linux-k8s-gha-rs-kube-mode
    Node:             ip-10-0-14-77.ec2.internal/10.0.14.77
    Status:           Terminating (lasts 45s)

Written by kubectl `pkg/describe/describe.go` (describePod, DescribePodTemplate). `Status:` is the phase
and not the STATUS column of `kubectl get pods`; a deletion is shown only for a pod that has not ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.describe.containers import read_containers
from arclogs.ingest.describe.fields import integer, items
from arclogs.ingest.describe.grammar import shown
from arclogs.ingest.describe.volumes import read_volumes
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

PHASES = frozenset({"Pending", "Running", "Succeeded", "Failed", "Unknown"})
_CONDITION = lazy_compile(r"(\S+)\s+(True|False|Unknown)$")  # PodScheduled   False
_TEMPLATE: Path = ("spec", "template")


def read_pod(fields: ShownFields, root: Node) -> None:
    """Read a described pod into `spec` and `status`."""
    _read_head(fields, root)
    _read_status(fields, root)
    read_containers(
        fields,
        root.get("Init Containers"),
        ("spec", "initContainers"),
        ("status", "initContainerStatuses"),
    )
    read_containers(
        fields, root.get("Containers"), ("spec", "containers"), ("status", "containerStatuses")
    )
    read_containers(
        fields,
        root.get("Ephemeral Containers"),
        ("spec", "ephemeralContainers"),
        ("status", "ephemeralContainerStatuses"),
    )
    if root.get("Containers") and not root.get("Init Containers"):
        fields.absent |= {"spec.initContainers", "status.initContainerStatuses"}
    _read_conditions(fields, root.get("Conditions"))
    read_volumes(fields, root.get("Volumes"), ("spec", "volumes"))
    fields.put_text(("status", "qosClass"), root.get("QoS Class"))
    fields.put_labels(("spec", "nodeSelector"), root.get("Node-Selectors"))
    _read_tolerations(fields, root.get("Tolerations"))


def read_pod_template(fields: ShownFields, node: Node | None) -> None:
    """Read the `Pod Template:` section of a workload."""
    if node is None:
        return
    fields.mark(_TEMPLATE, node.line)
    fields.put_labels((*_TEMPLATE, "metadata", "labels"), node.get("Labels"))
    fields.put_annotations((*_TEMPLATE, "metadata", "annotations"), node.get("Annotations"))
    spec = (*_TEMPLATE, "spec")
    fields.put_text((*spec, "serviceAccountName"), node.get("Service Account"))
    read_containers(fields, node.get("Init Containers"), (*spec, "initContainers"), None)
    read_containers(fields, node.get("Containers"), (*spec, "containers"), None)
    read_volumes(fields, node.get("Volumes"), (*spec, "volumes"))


def read_deletion(fields: ShownFields, status: Node) -> bool:
    """Read `Terminating (lasts 45s)`; the API's time is not shown, the printed words stand for it."""
    word, _, rest = status.value.partition(" ")
    if word != "Terminating":
        return False
    fields.put(("metadata", "deletionTimestamp"), rest.strip("()") or word, status.line)
    return True


def _read_head(fields: ShownFields, root: Node) -> None:
    fields.put_number(("spec", "priority"), root.get("Priority"))
    fields.put_text(("spec", "priorityClassName"), root.get("Priority Class Name"))
    fields.put_text(("spec", "runtimeClassName"), root.get("Runtime Class Name"))
    fields.put_text(("spec", "serviceAccountName"), root.get("Service Account"), proves=True)
    node = root.get("Node")
    if node is not None:
        # A rejected pod has no host address: `Node: worker-3/`
        name, _, address = node.value.partition("/")
        if shown(name):
            fields.put(("spec", "nodeName"), name, node.line)
            if address:
                fields.put(("status", "hostIP"), address, node.line)
        elif node.value == "<none>":
            fields.lacks("spec.nodeName", node)
    fields.put_time(("status", "startTime"), root.get("Start Time"))
    owner = root.get("Controlled By")
    if owner is not None and "/" in owner.value:
        kind, _, name = owner.value.partition("/")
        reference = {"kind": kind, "name": name, "controller": True}
        fields.put(("metadata", "ownerReferences"), [reference], owner.line)
    elif owner is None and root.get("IPs") and root.get("Containers"):
        fields.absent.add("metadata.ownerReferences")


def _read_status(fields: ShownFields, root: Node) -> None:
    status = root.get("Status")
    if status is not None and not read_deletion(fields, status) and shown(status.value):
        fields.put(("status", "phase"), status.value, status.line)
        # describe.go hides the deletion of a pod that has ended, finalizers or not.
        if status.value in ("Pending", "Running"):
            fields.lacks("metadata.deletionTimestamp", status)
    grace = root.get("Termination Grace Period")
    if grace is not None and (seconds := integer(grace.value.removesuffix("s"))) is not None:
        fields.put(("metadata", "deletionGracePeriodSeconds"), seconds, grace.line)
    for key, name in (("Reason", "reason"), ("Message", "message")):
        fields.put_message(("status", name), root.get(key))
        # Both would stand between the status and the address.
        if status is not None and root.get("IP") is not None and root.get(key) is None:
            fields.absent.add(f"status.{name}")
    fields.put_text(("status", "podIP"), root.get("IP"), proves=True)


def _read_conditions(fields: ShownFields, node: Node | None) -> None:
    if node is None:
        return
    path: Path = ("status", "conditions")
    fields.mark(path, node.line)
    matches = ((child, _CONDITION.match(child.line.text.strip())) for child in node.children)
    for index, (child, match) in enumerate((c, m) for c, m in matches if m is not None):
        fields.put((*path, index), {"type": match[1], "status": match[2]}, child.line)
    fields.close(path, node)


def _read_tolerations(fields: ShownFields, node: Node | None) -> None:
    if node is None:
        return
    path: Path = ("spec", "tolerations")
    fields.mark(path, node.line)
    for index, (line, text) in enumerate(items(node)):
        fields.put((*path, index), _toleration(text), line)
    fields.close(path, node)


def _toleration(text: str) -> dict[str, object]:
    """Read `key=value:Effect op=Exists for 300s`, of which any part may be missing."""
    toleration: dict[str, object] = {}
    words = text.split()
    if words and not words[0].startswith(("op=", "for")):
        rest, _, effect = words[0].partition(":")
        key, _, value = rest.partition("=")
        parts = (("key", key), ("value", value), ("effect", effect))
        toleration.update((name, part) for name, part in parts if part)
    if "op=Exists" in words:
        toleration["operator"] = "Exists"
    if len(words) > 1 and words[-2] == "for" and words[-1].endswith("s"):
        seconds = integer(words[-1][:-1])
        if seconds is not None:
            toleration["tolerationSeconds"] = seconds
    return toleration
