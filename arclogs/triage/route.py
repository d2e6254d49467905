"""Who can act on a cause: the component that a ticket is routed to."""

from __future__ import annotations

from typing import Final

_BY_AREA: Final = {
    "config": "scale set configuration",
    "controller": "ARC controller",
    "github": "GitHub access",
    "helm": "Helm charts",
    "hook": "runner container hooks",
    "job": "workflow author",
    "legacy": "legacy ARC controller",
    "listener": "ARC listener",
    "network": "cluster network",
    "node": "cluster nodes",
    "policy": "cluster policy",
    "rbac": "cluster access",
    "registry": "image registry",
    "runner": "runner",
    "scheduling": "cluster scheduling",
    "storage": "cluster storage",
}


def component(area: str) -> str:
    """Return who can act on causes of an area; areas of foreign rules stand for themselves."""
    return _BY_AREA.get(area, area)
