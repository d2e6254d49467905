"""Which objects use which: by the fields in which Kubernetes and ARC name other objects.

Source of the fields: Kubernetes API reference (PodSpec, RBAC, storage) and ARC's CRDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.ingest.objects.kinds import CLUSTER_SCOPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

_CONTAINERS: Final = ("spec.containers[*]", "spec.initContainers[*]")
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "ServiceAccount": (
        "spec.serviceAccountName", "spec.template.spec.serviceAccountName",
        "subjects[kind=ServiceAccount].name",
    ),
    "PersistentVolumeClaim": ("spec.volumes[*].persistentVolumeClaim.claimName",),
    "PersistentVolume": ("spec.volumeName",),
    "StorageClass": ("spec.storageClassName",),
    "Node": ("spec.nodeName",),
    "Role": ("roleRef.name",),
    "ClusterRole": ("roleRef.name",),
    "Secret": (
        "spec.githubConfigSecret", "spec.imagePullSecrets[*].name",
        "spec.volumes[*].secret.secretName", "imagePullSecrets[*].name",
        *(f"{each}.env[*].valueFrom.secretKeyRef.name" for each in _CONTAINERS),
        *(f"{each}.envFrom[*].secretRef.name" for each in _CONTAINERS),
    ),
    "ConfigMap": (
        "spec.volumes[*].configMap.name",
        *(f"{each}.env[*].valueFrom.configMapKeyRef.name" for each in _CONTAINERS),
        *(f"{each}.envFrom[*].configMapRef.name" for each in _CONTAINERS),
    ),
}  # fmt: skip
_OWNER: Final = "metadata.ownerReferences[kind={kind}].name"


class Use(Struct, frozen=True):
    """An object that names another, and where it does."""

    kind: str
    namespace: str | None
    name: str
    field: str
    member: str
    line: int


def used_by(item: KubeObject, case: Case) -> Iterator[Use]:
    """Yield the objects of the cluster that name an object, each field of each once."""
    fields = (*_FIELDS.get(item.kind, ()), _OWNER.format(kind=item.kind))
    anywhere = item.kind in CLUSTER_SCOPED or item.namespace is None
    for other in case.live:
        if not anywhere and other.namespace not in (item.namespace, None):
            continue
        if item.kind in ("Role", "ClusterRole") and other.value("roleRef.kind") != item.kind:
            continue
        for path in fields:
            named = next((f for f in other.lookup(path).values if f.value == item.name), None)
            if named is not None:
                at = named.location
                yield Use(other.kind, other.namespace, other.name, path, at.member, at.line)
