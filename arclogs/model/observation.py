"""What one place of the bundle says of one Kubernetes object, and which kinds were collected."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.location import Location


class Trust(IntEnum):
    """How far a source of object state can be believed; higher wins where two disagree."""

    DECLARED = 1
    """Helm values or a rendered manifest: what was asked for, not what is."""
    TABLE = 2
    """A `kubectl get` row: few fields, columns of the cluster's choice."""
    DESCRIBE = 3
    """`kubectl describe`: many fields, some hidden."""
    LIVE = 4
    """YAML or JSON of the API server."""


class Locator(Protocol):
    """Finds the line on which a field of an object stands."""

    def find(self, path: tuple[str | int, ...]) -> tuple[int, str] | None:
        """Return line number in the member and the text of that line, or None."""


class Observation(Struct, frozen=True):
    """One object as one place of the bundle shows it.

    `fields` always has the shape of the API's YAML (`metadata`, `spec`, `status`…), whatever the
    source format was, and holds only what the source shows.
    """

    kind: str
    name: str | None
    namespace: str | None
    """None: cluster-scoped, or the source does not tell."""
    fields: Mapping[str, Any]
    trust: Trust
    location: Location
    complete: bool = False
    """True where a field that is missing from `fields` is really absent (full YAML or JSON)."""
    absent: frozenset[str] = frozenset()
    """Dotted paths that an incomplete source nevertheless proves absent."""
    locator: Locator | None = None


class Collected(Struct, frozen=True):
    """Proof that all objects of a kind were collected, so that a missing one is absent."""

    kind: str
    namespace: str | None
    """None: in all namespaces (or the kind is cluster-scoped)."""
    location: Location
    trust: Trust


class Statement(Struct, frozen=True):
    """A version or setting that the bundle states outright.

    Names: runner_version, controller_version, chart_version, hook_version, kubernetes_version,
    kubectl_version, helm_version, container_mode, scale_set, namespace, collected_at; hook_versions is
    a range in words.
    """

    name: str
    value: str
    location: Location
    raw: str
    about: Mapping[str, str] = field(default_factory=dict)
    """Whom it is said of: pod, namespace, release…"""
