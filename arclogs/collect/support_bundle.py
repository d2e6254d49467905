"""The same bundle for troubleshoot.sh, whose collectors run as `kubectl support-bundle FILE`.

Fields: `pkg/apis/troubleshoot/v1beta2/collector_shared.go` of replicatedhq/troubleshoot. The logs
collector takes every container, and its previous log, of the pods that a selector names; an empty
selector names all. Secrets come without values unless a spec asks for them, which this one does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from arclogs.collect.scene import Scene

_HEAD: Final = """\
# Collects a bundle for arclogs: kubectl support-bundle THIS-FILE
# Then: arclogs analyze support-bundle-*.tar.gz
"""
CONTROLLER: Final = "arc-systems"
"""The namespace that ARC's own guide installs the controller in; a spec cannot search for it."""
RUNNERS: Final = "arc-runners"


def support_bundle(scene: Scene) -> str:
    """Return a SupportBundle spec in YAML; names that are not known are those of ARC's own guide."""
    runners = scene.namespaces or (RUNNERS,)
    spaces = list(dict.fromkeys([scene.controller or CONTROLLER, *runners]))
    collectors: list[dict[str, Any]] = [
        {"clusterInfo": {}},
        {"clusterResources": {"namespaces": spaces, "ignoreRBAC": False}},
    ]
    for space in spaces:
        collectors.append({"logs": _logs(space, scene.since)})
        collectors.append({"helm": {"namespace": space, "collectValues": False}})
    spec = {
        "apiVersion": "troubleshoot.sh/v1beta2",
        "kind": "SupportBundle",
        "metadata": {"name": "arc"},
        "spec": {"collectors": collectors},
    }
    return _HEAD + yaml.safe_dump(spec, sort_keys=False)


def _logs(namespace: str, since: str) -> dict[str, Any]:
    return {
        "name": f"{namespace}/logs",
        "namespace": namespace,
        "selector": [],
        "timestamps": True,
        "limits": {"maxAge": since},
    }
