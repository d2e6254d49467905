"""The state of an object in a word or two, as `kubectl get` would show it and an engineer says it.

The words follow Kubernetes `pkg/printers/internalversion/printers.go` (printPod, printNode) where
kubectl has a column for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.case.objects.objects import KubeObject

_LONGEST = 80


def state_of(item: KubeObject) -> str:
    """Return what state an object is in; empty where the bundle shows none."""
    words = _STATES.get(item.kind, _by_phase)(item)
    if item.value("metadata.deletionTimestamp"):
        words = f"Terminating, {words}" if words and words != "Terminating" else "Terminating"
    return words[:_LONGEST]


def _by_phase(item: KubeObject) -> str:
    phase = item.value("status.phase")
    if phase:
        return phase
    ready = item.value("status.conditions[type=Ready].status")
    return {"True": "Ready", "False": "NotReady"}.get(ready or "", "")


def _pod(pod: KubeObject) -> str:
    reason = pod.value("status.reason")
    if reason:
        return reason
    for kind, lead in (("initContainerStatuses", "Init:"), ("containerStatuses", "")):
        trouble = _container(pod, kind)
        if trouble:
            return lead + trouble
    printed = pod.value("status.phase") or pod.value("status.printed")
    return printed or pod.value("status.statusColumn") or ""


def _container(pod: KubeObject, kind: str) -> str:
    """Return why a container waits, or how one failed; one that still starts is no trouble."""
    waiting = pod.value(f"status.{kind}[*].state.waiting.reason")
    if waiting and waiting not in ("ContainerCreating", "PodInitializing"):
        return waiting
    for found in pod.lookup(f"status.{kind}[*].state.terminated.reason").values:
        if found.value != "Completed":
            return str(found.value)
    return ""


def _node(node: KubeObject) -> str:
    ready = node.value("status.conditions[type=Ready].status")
    word = {"True": "Ready", None: node.value("status.printed") or ""}.get(ready, "NotReady")
    if node.value("spec.unschedulable") == "True" and "SchedulingDisabled" not in word:
        word = f"{word},SchedulingDisabled"
    return word


def _ephemeral_runner(runner: KubeObject) -> str:
    parts = (runner.value("status.phase"), runner.value("status.reason"))
    return " ".join(part for part in parts if part)


def _scale_set(owner: KubeObject) -> str:
    current = owner.value("status.currentRunners")
    low, high = owner.value("spec.minRunners"), owner.value("spec.maxRunners")
    parts = (
        owner.value("status.phase") or owner.value("status.state"),
        f"{current} runner{'s' if current != '1' else ''}" if current else None,
        f"min {low or 0}, max {high}" if high else None,
        _failed(owner),
    )
    return ", ".join(part for part in parts if part)


def _runner_set(owner: KubeObject) -> str:
    current, wanted = owner.value("status.currentReplicas"), owner.value("spec.replicas")
    counted = f"{current} of {wanted or '?'} runners" if current else None
    parts = (owner.value("status.phase"), counted, _failed(owner))
    return ", ".join(part for part in parts if part)


def _failed(owner: KubeObject) -> str | None:
    failed = owner.value("status.failedEphemeralRunners")
    return f"{failed} failed" if failed and failed != "0" else None


def _release(release: KubeObject) -> str:
    status, chart = release.value("status"), release.value("chart")
    revision = release.value("revision")
    parts = (status, chart, f"revision {revision}" if revision else None)
    return ", ".join(part for part in parts if part)


def _workload(item: KubeObject) -> str:
    wanted = item.value("spec.replicas")
    ready = item.value("status.readyReplicas") or item.value("status.availableReplicas")
    return f"{ready or 0}/{wanted} ready" if wanted else ""


def _role(role: KubeObject) -> str:
    rules = role.lookup("rules[*]").values
    return f"{len(rules)} rule{'s' if len(rules) != 1 else ''}" if rules else ""


def _binding(binding: KubeObject) -> str:
    kind, name = binding.value("roleRef.kind"), binding.value("roleRef.name")
    return f"to {kind} {name}" if kind and name else ""


def _secret(secret: KubeObject) -> str:
    return secret.value("type") or ""


_STATES: dict[str, Callable[[KubeObject], str]] = {
    "Pod": _pod,
    "Node": _node,
    "EphemeralRunner": _ephemeral_runner,
    "EphemeralRunnerSet": _runner_set,
    "AutoscalingRunnerSet": _scale_set,
    "HelmRelease": _release,
    "Deployment": _workload,
    "ReplicaSet": _workload,
    "Role": _role,
    "ClusterRole": _role,
    "RoleBinding": _binding,
    "ClusterRoleBinding": _binding,
    "Secret": _secret,
}
