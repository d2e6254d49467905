"""A piece of an object, without its kind: what it must be a piece of, and where in that it belongs.

    serviceAccountName: default            a pod's spec
    containers: [{name: runner, …}]
    roleRef: {kind: Role, name: x}         a role binding

Tickets hold such pieces. What they show is believed, what they do not show stays unknown. Fields: API
reference of Pod, RBAC and ServiceAccount; ARC `apis/actions.github.com/v1alpha1`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.model.observation import Trust

if TYPE_CHECKING:
    from arclogs.ingest.objects.object_text import Passage, Path

METADATA_KEYS = frozenset(
    {"annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp",
     "finalizers", "generateName", "generation", "labels", "managedFields", "name", "namespace",
     "ownerReferences", "resourceVersion", "uid"}
)  # fmt: skip
POD_SPEC_KEYS = frozenset(
    {"activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsPolicy",
     "enableServiceLinks", "hostNetwork", "imagePullSecrets", "initContainers", "nodeName",
     "nodeSelector", "preemptionPolicy", "priority", "restartPolicy", "schedulerName",
     "securityContext", "serviceAccount", "serviceAccountName", "terminationGracePeriodSeconds",
     "tolerations", "volumes"}
)  # fmt: skip
_POD_SPEC = frozenset({"containers", "serviceAccountName", "automountServiceAccountToken"})
# Filled in by the API server: what has them is a pod and no template of one.
_SET_BY_SERVER = frozenset({"nodeName", "preemptionPolicy", "schedulerName", "enableServiceLinks"})
_POD_STATUS = frozenset({"containerStatuses", "initContainerStatuses", "podIP", "qosClass"})
_RUNNER_STATUS = frozenset({"runnerId", "jobRequestId", "jobDisplayName", "runnerName"})
_SUBJECTS = frozenset({"ServiceAccount", "User", "Group"})


class Piece(Struct, frozen=True):
    """What a piece was recognised as."""

    kind: str
    fields: dict[str, Any]
    """In the shape of the whole object."""
    within: Path = ()
    """Where in the object the piece stands."""
    trust: Trust = Trust.TABLE
    """A template of a pod may have the same fields: that is no proof of a pod."""


class PieceText(Struct, frozen=True):
    """Finds the fields of an object in the text of a piece of it."""

    text: Passage
    within: Path

    def find(self, path: Path) -> tuple[int, str] | None:
        here = path[: len(self.within)] == self.within
        return self.text.find(path[len(self.within) :]) if here else None


def piece_of(fields: Mapping[str, Any]) -> Piece | None:
    """Return what a mapping without a kind is a piece of, or None where that is not sure."""
    for recognise in (_rbac, _whole_but_kind, _spec, _status):
        piece = recognise(fields)
        if piece is not None:
            return piece
    return None


def _rbac(fields: Mapping[str, Any]) -> Piece | None:
    if isinstance(fields.get("roleRef"), Mapping):
        return Piece("RoleBinding", dict(fields), trust=Trust.DESCRIBE)
    subjects = fields.get("subjects")
    if _all(subjects, lambda s: s.get("kind") in _SUBJECTS):
        return Piece("RoleBinding", dict(fields), trust=Trust.DESCRIBE)
    if _all(fields.get("rules"), lambda rule: "verbs" in rule):
        return Piece("Role", dict(fields), trust=Trust.DESCRIBE)
    return None


def _whole_but_kind(fields: Mapping[str, Any]) -> Piece | None:
    """Recognise an object that lost its first lines, by its parts."""
    spec, status = fields.get("spec"), fields.get("status")
    if isinstance(spec, Mapping):
        kind = _kind_of_spec(spec)
        if kind is not None:
            return Piece(kind, dict(fields), trust=_trust(spec, fields))
    if isinstance(status, Mapping) and (kind := _kind_of_status(status)) is not None:
        return Piece(kind, dict(fields), trust=Trust.DESCRIBE)
    if {"data", "type"} <= fields.keys() and "spec" not in fields:
        return Piece("Secret", dict(fields))
    metadata = fields.get("metadata")
    if isinstance(metadata, Mapping) and _is_account(fields):
        return Piece("ServiceAccount", dict(fields), trust=Trust.DESCRIBE)
    return None


def _spec(fields: Mapping[str, Any]) -> Piece | None:
    kind = _kind_of_spec(fields)
    if kind is None or ("template" in fields and kind == "Pod"):
        return None
    return Piece(kind, {"spec": dict(fields)}, ("spec",), _trust(fields, {}))


def _status(fields: Mapping[str, Any]) -> Piece | None:
    kind = _kind_of_status(fields)
    return Piece(kind, {"status": dict(fields)}, ("status",), Trust.DESCRIBE) if kind else None


def _kind_of_spec(spec: Mapping[str, Any]) -> str | None:
    if "runnerScaleSetId" in spec:
        listens = "autoscalingRunnerSetName" in spec
        return "AutoscalingListener" if listens else "EphemeralRunner"
    if "ephemeralRunnerSpec" in spec:
        return "EphemeralRunnerSet"
    if "githubConfigUrl" in spec and isinstance(spec.get("template"), Mapping):
        return None if "containerMode" in spec else "AutoscalingRunnerSet"
    if not spec.keys() & _POD_SPEC or not spec.keys() <= POD_SPEC_KEYS | {"hostname", "subdomain"}:
        return None
    listed = spec.get("containers")
    containers = [c for c in listed if isinstance(c, Mapping)] if isinstance(listed, list) else []
    # `$job` stands in a template for the hook, which is no pod.
    return None if any(str(c.get("name")).startswith("$") for c in containers) else "Pod"


def _kind_of_status(status: Mapping[str, Any]) -> str | None:
    if status.keys() & _POD_STATUS:
        return "Pod"
    return "EphemeralRunner" if len(status.keys() & _RUNNER_STATUS) >= 2 else None


def _trust(spec: Mapping[str, Any], whole: Mapping[str, Any]) -> Trust:
    metadata = whole.get("metadata")
    lived = isinstance(metadata, Mapping) and ("uid" in metadata or "creationTimestamp" in metadata)
    return Trust.DESCRIBE if lived or spec.keys() & _SET_BY_SERVER else Trust.TABLE


def _is_account(fields: Mapping[str, Any]) -> bool:
    own = fields.keys() & {"secrets", "imagePullSecrets", "automountServiceAccountToken"}
    return bool(own) and fields.keys() <= own | {"metadata"}


def _all(value: Any, fits: Callable[[Mapping[str, Any]], bool]) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, Mapping) and fits(item) for item in value)
    )
