"""What a complete bundle holds, command by command.

Each command goes into a file of its own that begins with the command, as a transcript does: that is
how an empty answer proves that there is nothing, and a refusal that nobody knows.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Scope(StrEnum):
    """How often a command runs, and which variables of the script it may use."""

    CLUSTER = "cluster"
    CONTROLLER = "controller"
    """Once, in $controller."""
    RUNNERS = "runners"
    """Once for each namespace with runners, in $ns."""
    RELEASE = "release"
    """Once for each Helm release of ARC: $ns, $release."""


class Item(Struct, frozen=True):
    """One command whose output is kept. Words are for a POSIX shell, variables quoted by us."""

    scope: Scope
    file: str
    command: str
    why: str
    """What a verdict takes from it."""
    bears_secrets: bool = False
    """It prints secrets in clear; the script masks them, a person who types it must."""


_ARC: Final = (
    "autoscalingrunnersets.actions.github.com,ephemeralrunnersets.actions.github.com,"
    "ephemeralrunners.actions.github.com,autoscalinglisteners.actions.github.com"
)
_LEGACY: Final = (
    "runnerdeployments.actions.summerwind.dev,runnersets.actions.summerwind.dev,"
    "runners.actions.summerwind.dev,horizontalrunnerautoscalers.actions.summerwind.dev"
)


def _namespaced(scope: Scope, variable: str) -> tuple[Item, ...]:
    """Return what is asked in a namespace, of the controller as of runners."""
    kubectl = f'kubectl -n "${variable}"'
    return (
        Item(
            scope,
            "accounts-rbac.yaml",
            f"{kubectl} get serviceaccounts,roles,rolebindings -o yaml",
            "whether the runner's token is accepted and what it may do",
        ),
        Item(
            scope,
            "pods.yaml",
            f"{kubectl} get pods -o yaml",
            "account, image, container mode, age and state of each pod",
        ),
        Item(
            scope,
            "pods-described.txt",
            f"{kubectl} describe pods",
            "the same for people, with each pod's events",
        ),
        Item(
            scope,
            "events.yaml",
            f"{kubectl} get events -o yaml",
            "scheduling, image, volume and admission failures; they expire after an hour",
        ),
        Item(
            scope,
            "secrets.txt",
            f"{kubectl} describe secrets",
            "which secrets there are, with their keys and sizes, without a value",
        ),
        Item(scope, "configmaps.txt", f"{kubectl} get configmaps", "which config maps there are"),
        Item(
            scope,
            "deployments.yaml",
            f"{kubectl} get deployments -o yaml",
            "the manager's image, flags and account",
        ),
    )


PLAN: Final[tuple[Item, ...]] = (
    Item(Scope.CLUSTER, "version.txt", "kubectl version -o yaml", "versions of cluster and client"),
    Item(
        Scope.CLUSTER,
        "whoami.txt",
        "kubectl auth can-i --list",
        "what whoever collects may see: an answer that is refused is no proof of absence",
    ),
    Item(
        Scope.CLUSTER,
        "arc-resources.yaml",
        f"kubectl get {_ARC} -A -o yaml",
        "settings of the scale sets, the names they expect, and why runners failed",
    ),
    Item(
        Scope.CLUSTER,
        "legacy-resources.yaml",
        f"kubectl get {_LEGACY} -A -o yaml",
        "the same of the legacy controller, if it is there",
    ),
    Item(Scope.CLUSTER, "crds.txt", "kubectl get crds", "which versions of ARC left their CRDs"),
    Item(
        Scope.CLUSTER, "nodes.yaml", "kubectl get nodes -o yaml", "room, taints, labels, pressure"
    ),
    Item(
        Scope.CLUSTER,
        "nodes-described.txt",
        "kubectl describe nodes",
        "what is requested on each node, and the node's events",
    ),
    Item(
        Scope.CLUSTER, "namespaces.yaml", "kubectl get namespaces -o yaml", "namespaces in deletion"
    ),
    Item(
        Scope.CLUSTER,
        "cluster-rbac.txt",
        "kubectl get clusterrolebindings -o wide",
        "whom cluster roles are bound to",
    ),
    Item(
        Scope.CLUSTER,
        "arc-cluster-roles.yaml",
        "kubectl get clusterroles,clusterrolebindings -l app.kubernetes.io/part-of=gha-rs-controller"
        " -o yaml",
        "what the controller may do",
    ),
    Item(
        Scope.CLUSTER,
        "storage.yaml",
        "kubectl get storageclasses,persistentvolumes -o yaml",
        "whether and where the work volume can be made",
    ),
    Item(
        Scope.CLUSTER,
        "webhooks.yaml",
        "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o yaml",
        "policies that change or refuse pods",
    ),
    *_namespaced(Scope.CONTROLLER, "controller"),
    *_namespaced(Scope.RUNNERS, "ns"),
    Item(
        Scope.RUNNERS,
        "claims-quota.yaml",
        'kubectl -n "$ns" get persistentvolumeclaims,resourcequotas,limitranges -o yaml',
        "work volumes, and limits that refuse a pod",
    ),
    Item(
        Scope.RUNNERS,
        "network-policies.yaml",
        'kubectl -n "$ns" get networkpolicies -o yaml',
        "whether runners may reach GitHub and the API server",
    ),
    Item(Scope.CLUSTER, "helm-releases.txt", "helm ls -A -a", "charts, versions, failed upgrades"),
    Item(
        Scope.RELEASE,
        "history.txt",
        'helm -n "$ns" history "$release"',
        "when the release was upgraded, against when jobs began to fail",
    ),
    Item(
        Scope.RELEASE,
        "values.yaml",
        'helm -n "$ns" get values "$release"',
        "what was asked for",
        bears_secrets=True,
    ),
    Item(
        Scope.RELEASE,
        "manifest.yaml",
        'helm -n "$ns" get manifest "$release"',
        "what the chart made of it, against what is there",
        bears_secrets=True,
    ),
)
