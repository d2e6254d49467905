"""Volumes of a described pod or pod template.

    Volumes:
      work:
        Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
        ClaimName:  linux-k8s-7hx2q-runner-w9k4d-work

Written by kubectl `pkg/describe/describe.go` (describeVolumes). Only what tells volumes apart is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.fields import integer
from arclogs.ingest.describe.grammar import shown

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

# Printed type -> field of the API, and printed keys -> fields below it.
_SOURCES: dict[str, tuple[str, dict[str, str]]] = {
    "EmptyDir": ("emptyDir", {"Medium": "medium", "SizeLimit": "sizeLimit"}),
    "PersistentVolumeClaim": ("persistentVolumeClaim", {"ClaimName": "claimName"}),
    "ConfigMap": ("configMap", {"Name": "name"}),
    "Secret": ("secret", {"SecretName": "secretName"}),
    "HostPath": ("hostPath", {"Path": "path", "HostPathType": "type"}),
    "NFS": ("nfs", {"Server": "server", "Path": "path"}),
    "CSI": ("csi", {"Driver": "driver", "FSType": "fsType"}),
    "DownwardAPI": ("downwardAPI", {}),
}
# ReadOnly is printed as false, and left out by the API, where it is not set.
_READ_ONLY = frozenset({"PersistentVolumeClaim", "NFS", "CSI"})


def read_volumes(fields: ShownFields, node: Node | None, path: Path) -> None:
    """Read a `Volumes:` section: names, and of what kind each is."""
    if node is None:
        return
    fields.mark(path, node.line)
    index = 0
    for child in node.children:
        if child.key and not child.value:
            fields.put((*path, index), {"name": child.key, **_source(child)}, child.line)
            index += 1
    fields.close(path, node)


def _source(node: Node) -> dict[str, Any]:
    kind = (_value(node, "Type").split() or [""])[0]
    if kind == "EphemeralVolume":
        return {"ephemeral": {"volumeClaimTemplate": {"spec": _claim(node)}}}
    if kind == "Projected":
        return {"projected": {"sources": _projections(node)}}
    if kind not in _SOURCES:
        return {}
    name, keys = _SOURCES[kind]
    source: dict[str, Any] = {
        field: value for key, field in keys.items() if (value := _value(node, key))
    }
    if kind in _READ_ONLY and _value(node, "ReadOnly") == "true":
        source["readOnly"] = True
    return {name: source}


def _claim(node: Node) -> dict[str, Any]:
    keys = (("StorageClass", "storageClassName"), ("VolumeMode", "volumeMode"))
    return {field: value for key, field in keys if (value := _value(node, key))}


def _projections(node: Node) -> list[dict[str, Any]]:
    """Return the sources in the order in which they are printed; each starts with its own key."""
    sources: list[dict[str, Any]] = []
    for child in node.children:
        match child.key:
            case "TokenExpirationSeconds":
                seconds = integer(child.value)
                token = {} if seconds is None else {"expirationSeconds": seconds}
                sources.append({"serviceAccountToken": token})
            case "ConfigMapName":
                sources.append({"configMap": {"name": child.value}})
            case "SecretName":
                sources.append({"secret": {"name": child.value}})
            case "DownwardAPI":
                sources.append({"downwardAPI": {}})
    return sources


def _value(node: Node, key: str) -> str:
    child = node.get(key)
    return shown(child.value) if child is not None else ""
