"""Claims, volumes and nodes as `kubectl describe` prints them.

    StorageClass:  gp3
    Status:        Terminating (lasts 6m3s)
    Access Modes:  RWO

Written by kubectl `pkg/describe/describe.go` (describePersistentVolumeClaim,
describePersistentVolume, describeNode).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.fields import (
    access_modes,
    bracketed,
    items,
    rfc3339,
)
from arclogs.ingest.describe.grammar import shown
from arclogs.ingest.describe.pod import read_deletion
from arclogs.ingest.tables.columns import read_header

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

_SYSTEM_INFO = {
    "Machine ID": "machineID",
    "System UUID": "systemUUID",
    "Boot ID": "bootID",
    "Kernel Version": "kernelVersion",
    "OS Image": "osImage",
    "Operating System": "operatingSystem",
    "Architecture": "architecture",
    "Container Runtime Version": "containerRuntimeVersion",
    "Kubelet Version": "kubeletVersion",
    "Kube-Proxy Version": "kubeProxyVersion",
}
_CONDITION_FIELDS = {
    "TYPE": "type",
    "STATUS": "status",
    "REASON": "reason",
    "MESSAGE": "message",
}
_CONDITION_TIMES = {
    "LASTHEARTBEATTIME": "lastHeartbeatTime",
    "LASTPROBETIME": "lastProbeTime",
    "LASTTRANSITIONTIME": "lastTransitionTime",
    "LASTUPDATETIME": "lastUpdateTime",
}


def read_claim(fields: ShownFields, root: Node) -> None:
    """Read a PersistentVolumeClaim."""
    _read_storage_head(fields, root)
    volume = root.get("Volume")
    fields.put_text(("spec", "volumeName"), volume, proves=True)
    fields.put_text(("status", "capacity", "storage"), root.get("Capacity"), proves=True)
    modes = root.get("Access Modes")
    if modes is not None and modes.value:
        fields.put(("status", "accessModes"), access_modes(modes.value), modes.line)
    read_condition_table(fields, root.get("Conditions"))


def read_volume(fields: ShownFields, root: Node) -> None:
    """Read a PersistentVolume."""
    _read_storage_head(fields, root)
    claim = root.get("Claim")
    if claim is not None and "/" in claim.value:
        namespace, _, name = claim.value.partition("/")
        fields.put(("spec", "claimRef"), {"namespace": namespace, "name": name}, claim.line)
    fields.put_text(("spec", "persistentVolumeReclaimPolicy"), root.get("Reclaim Policy"))
    fields.put_text(("spec", "capacity", "storage"), root.get("Capacity"))
    fields.put_text(("status", "message"), root.get("Message"), proves=True)
    modes, source = root.get("Access Modes"), root.get("Source")
    if modes is not None and modes.value:
        fields.put(("spec", "accessModes"), access_modes(modes.value), modes.line)
    kind = source.get("Type") if source is not None else None
    if source is not None and kind is not None and kind.value.startswith("CSI "):
        for key, name in (("Driver", "driver"), ("VolumeHandle", "volumeHandle")):
            fields.put_text(("spec", "csi", name), source.get(key))


def read_node(fields: ShownFields, root: Node) -> None:
    """Read a Node."""
    fields.put_text(("spec", "providerID"), root.get("ProviderID"))
    schedulable = root.get("Unschedulable")
    if schedulable is not None and schedulable.value == "true":
        fields.put(("spec", "unschedulable"), True, schedulable.line)
    elif schedulable is not None and schedulable.value == "false":
        fields.lacks("spec.unschedulable", schedulable)
    _read_taints(fields, root.get("Taints"))
    read_condition_table(fields, root.get("Conditions"))
    for key, name in (("Capacity", "capacity"), ("Allocatable", "allocatable")):
        section = root.get(key)
        for child in section.children if section is not None else ():
            fields.put_text(("status", name, child.key), child)
    addresses = root.get("Addresses")
    for index, child in enumerate(addresses.children if addresses is not None else ()):
        address = {"type": child.key, "address": child.value}
        fields.put(("status", "addresses", index), address, child.line)
    info = root.get("System Info")
    for child in info.children if info is not None else ():
        if child.key in _SYSTEM_INFO:
            fields.put_text(("status", "nodeInfo", _SYSTEM_INFO[child.key]), child)


def read_condition_table(fields: ShownFields, node: Node | None) -> None:
    """Read a `Conditions:` table with a header line into `status.conditions`."""
    if node is None or not node.children:
        return
    path: Path = ("status", "conditions")
    fields.mark(path, node.line)
    header = read_header(node.children[0].line.text)
    rows = [child for child in node.children[1:] if child.line.text.strip(" -")]
    for index, child in enumerate(rows):
        row = header.row(child.line.text) if header is not None else None
        if row is None:
            return
        fields.put((*path, index), _condition(row.cells), child.line)
    fields.close(path, node)


def _condition(cells: dict[str, str]) -> dict[str, Any]:
    condition = {name: cells[key] for key, name in _CONDITION_FIELDS.items() if cells.get(key)}
    times = {name: rfc3339(cells.get(key, "")) for key, name in _CONDITION_TIMES.items()}
    return condition | {name: time for name, time in times.items() if time}


def _read_storage_head(fields: ShownFields, root: Node) -> None:
    fields.put_text(("spec", "storageClassName"), root.get("StorageClass"), proves=True)
    fields.put_text(("spec", "volumeMode"), root.get("VolumeMode"))
    finalizers, status = root.get("Finalizers"), root.get("Status")
    if finalizers is not None:
        names = bracketed(finalizers.value)
        if names:
            fields.put(("metadata", "finalizers"), names, finalizers.line)
        else:
            fields.lacks("metadata.finalizers", finalizers)
    if status is not None and not read_deletion(fields, status) and shown(status.value):
        fields.put(("status", "phase"), status.value, status.line)
        fields.lacks("metadata.deletionTimestamp", status)


def _read_taints(fields: ShownFields, node: Node | None) -> None:
    """Read `key=value:Effect`, one a line."""
    if node is None:
        return
    path: Path = ("spec", "taints")
    fields.mark(path, node.line)
    for index, (line, text) in enumerate(items(node)):
        rest, _, effect = text.rpartition(":")
        key, equals, value = rest.partition("=")
        taint = {"key": key, "effect": effect}
        if equals and value:
            taint["value"] = value
        fields.put((*path, index), taint, line)
    fields.close(path, node)


def read_storage_class(fields: ShownFields, root: Node) -> None:
    """Read a StorageClass; its annotations are printed as labels are."""
    fields.put_labels(("metadata", "annotations"), root.get("Annotations"))
    fields.put_text(("provisioner",), root.get("Provisioner"))
    fields.put_text(("reclaimPolicy",), root.get("ReclaimPolicy"))
    fields.put_text(("volumeBindingMode",), root.get("VolumeBindingMode"))
