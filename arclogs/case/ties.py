"""What stands above what in ARC: by owner reference, by field, by label, and by name where all fail.

    Pod linux-k8s-7hx2q-runner-w9k4d → EphemeralRunner of that name
    EphemeralRunner linux-k8s-7hx2q-runner-w9k4d → EphemeralRunnerSet linux-k8s-7hx2q
    EphemeralRunnerSet linux-k8s-7hx2q → AutoscalingRunnerSet linux-k8s → HelmRelease

Source of the names: actions-runner-controller `controllers/actions.github.com/resourcebuilder.go`,
charts `gha-runner-scale-set*` (`templates/_helpers.tpl`), and `hooks` of runner-container-hooks, which
names its pods after the runner's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arclogs.case.listener_name import scale_set_of
from arclogs.case.topology import SCALE_SET_LABEL
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

SCALE_SET_NAMESPACE_LABEL = 'metadata.labels["actions.github.com/scale-set-namespace"]'
RELEASE_ANNOTATION = 'metadata.annotations["meta.helm.sh/release-name"]'
RELEASE_LABEL = 'metadata.labels["app.kubernetes.io/instance"]'
RUNNER_POD_LABEL = "metadata.labels.runner-pod"
SCALE_SET_CHART = lazy_compile(r"(?:gha-runner-scale-set|gha-rs)(?:-experimental)?-v?\d")
CONTROLLER_CHART = lazy_compile(
    r"(?:gha-runner-scale-set-controller|gha-rs-controller|actions-runner-controller)"
    r"(?:-experimental)?-v?\d"
)

_RANDOM = "[a-z0-9]{5}"
_RUNNER = lazy_compile(rf"(?P<above>.+)-runner-{_RANDOM}")
_SUFFIXED = lazy_compile(rf"(?P<above>.+)-{_RANDOM}")
# arc-gha-rs-controller-6f9c7b5d4f-x2x7k: deployment, pod template hash, random
_CONTROLLER_POD = lazy_compile(rf"(?P<above>(?:.+-)?gha-rs-controller)-[a-z0-9]{{6,10}}-{_RANDOM}")
_HOOK_POD = lazy_compile(rf"(?P<above>.+-{_RANDOM})-(?:workflow|step-[a-z0-9-]+)")


class Ref(NamedTuple):
    """The address of an object, which need not be in the bundle."""

    kind: str
    namespace: str | None
    name: str


class Tie(NamedTuple):
    """What an object hangs from."""

    above: Ref
    inferred: bool = False
    """Nothing but a name says so."""


def ref_of(item: KubeObject) -> Ref:
    """Return the address of an object."""
    return Ref(item.kind, item.namespace, item.name)


def settle_ref(ref: Ref, case: Case) -> tuple[Ref, KubeObject | None]:
    """Return the object that an address means, and its full address."""
    found = case.live.find(ref.kind, ref.name, ref.namespace)
    return (ref_of(found), found) if found is not None else (ref, None)


def tie_of(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    """Return what stands above an object or, where it is not in the bundle, above its name."""
    owner = _owner(item, case) if item is not None else None
    if owner is not None:
        return owner
    rule = _RULES.get(ref.kind)
    return rule(ref, item, case) if rule is not None else None


def is_controller_pod(name: str) -> bool:
    """Tell the pod of ARC's controller by the name that its chart gives it."""
    return _CONTROLLER_POD.fullmatch(name) is not None


def _owner(item: KubeObject, case: Case) -> Tie | None:
    lead = "metadata.ownerReferences[controller=true]"
    if not item.value(f"{lead}.name"):
        lead = "metadata.ownerReferences[0]"
    kind, name = item.value(f"{lead}.kind"), item.value(f"{lead}.name")
    if not kind or not name:
        return None
    owner = Ref(kind, None if kind in CLUSTER_SCOPED else item.namespace, name)
    if kind != "ReplicaSet":
        return Tie(owner)
    # Nobody looks for the replica set between a deployment and its pod.
    replicas = settle_ref(owner, case)[1]
    if replicas is not None and (above := replicas.value("metadata.ownerReferences[0].name")):
        return Tie(Ref("Deployment", item.namespace, above))
    return Tie(Ref("Deployment", item.namespace, name.rpartition("-")[0] or name), inferred=True)


def _pod(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    served = item.value(RUNNER_POD_LABEL) if item is not None else None
    if served:
        return Tie(Ref("Pod", ref.namespace, served))
    hook = _HOOK_POD.fullmatch(ref.name)
    if hook is not None:
        return Tie(Ref("Pod", ref.namespace, hook["above"]), inferred=True)
    if ref.name.endswith("-listener"):
        return Tie(Ref("AutoscalingListener", ref.namespace, ref.name), inferred=True)
    controller = _CONTROLLER_POD.fullmatch(ref.name)
    if controller is not None:
        return Tie(Ref("Deployment", ref.namespace, controller["above"]), inferred=True)
    if _RUNNER.fullmatch(ref.name):
        return Tie(Ref("EphemeralRunner", ref.namespace, ref.name), inferred=True)
    return None


def _ephemeral_runner(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    found = _RUNNER.fullmatch(ref.name)
    return Tie(Ref("EphemeralRunnerSet", ref.namespace, found["above"]), True) if found else None


def _ephemeral_runner_set(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    labelled = item.value(SCALE_SET_LABEL) if item is not None else None
    if labelled:
        return Tie(Ref("AutoscalingRunnerSet", ref.namespace, labelled))
    # After 0.14.2 the set bears the scale set's name, before it has a random suffix.
    if case.live.find("AutoscalingRunnerSet", ref.name, ref.namespace):
        return Tie(Ref("AutoscalingRunnerSet", ref.namespace, ref.name), True)
    found = _SUFFIXED.fullmatch(ref.name)
    return Tie(Ref("AutoscalingRunnerSet", ref.namespace, found["above"]), True) if found else None


def _listener(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    if item is not None:
        named = item.value("spec.autoscalingRunnerSetName")
        home = item.value("spec.autoscalingRunnerSetNamespace")
        if not named:
            named, home = item.value(SCALE_SET_LABEL), item.value(SCALE_SET_NAMESPACE_LABEL)
        if named:
            return Tie(Ref("AutoscalingRunnerSet", home, named))
    pod = case.live.find("Pod", ref.name, ref.namespace)
    if pod is not None and (named := pod.value(SCALE_SET_LABEL)):
        return Tie(Ref("AutoscalingRunnerSet", pod.value(SCALE_SET_NAMESPACE_LABEL), named))
    inferred = scale_set_of(ref.name)
    if inferred is None:
        return None
    known = case.live.find("AutoscalingRunnerSet", inferred)
    home = known.namespace if known is not None else case.runner_namespace
    return Tie(Ref("AutoscalingRunnerSet", home, inferred), True)


def _scale_set(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    return _release(item, ref) or _release_by_chart(ref, case, SCALE_SET_CHART)


def _deployment(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    if "controller" not in ref.name:
        return None
    return _release(item, ref) or _release_by_chart(ref, case, CONTROLLER_CHART)


def _release(item: KubeObject | None, ref: Ref) -> Tie | None:
    named = item.value(RELEASE_ANNOTATION) or item.value(RELEASE_LABEL) if item else None
    return Tie(Ref("HelmRelease", ref.namespace, named)) if named else None


def _release_by_chart(ref: Ref, case: Case, chart: re.Pattern[str]) -> Tie | None:
    """Return the release that must have made an object: of that chart, namespace and, if any, name."""
    homes = [
        r
        for r in case.live.of_kind("HelmRelease")
        if r.namespace == ref.namespace and chart.match(r.value("chart") or "")
    ]
    if ref.kind == "AutoscalingRunnerSet":
        homes = [r for r in homes if scale_set_name(r, case) == ref.name]
    return Tie(ref_of(homes[0]), inferred=True) if len(homes) == 1 else None


def scale_set_name(release: KubeObject, case: Case) -> str:
    """Return the name of the scale set that a release of its chart makes."""
    values = case.declared.find("HelmValues", release.name, release.namespace)
    named = values.value("values.runnerScaleSetName") if values is not None else None
    return (named or release.name).replace("_", "-")


def _runner(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    above = {"Runner": "RunnerReplicaSet", "RunnerReplicaSet": "RunnerDeployment"}[ref.kind]
    found = _SUFFIXED.fullmatch(ref.name)
    return Tie(Ref(above, ref.namespace, found["above"]), True) if found else None


def _autoscaler(ref: Ref, item: KubeObject | None, case: Case) -> Tie | None:
    named = item.value("spec.scaleTargetRef.name") if item is not None else None
    kind = (item.value("spec.scaleTargetRef.kind") if item else None) or "RunnerDeployment"
    return Tie(Ref(kind, ref.namespace, named)) if named else None


_RULES: dict[str, Callable[[Ref, KubeObject | None, Case], Tie | None]] = {
    "Pod": _pod,
    "EphemeralRunner": _ephemeral_runner,
    "EphemeralRunnerSet": _ephemeral_runner_set,
    "AutoscalingListener": _listener,
    "AutoscalingRunnerSet": _scale_set,
    "Deployment": _deployment,
    "Runner": _runner,
    "RunnerReplicaSet": _runner,
    "HorizontalRunnerAutoscaler": _autoscaler,
}
ARC_KINDS = frozenset(_RULES) - {"Pod", "Deployment"} | {"RunnerDeployment", "RunnerSet"}
"""The custom resources of ARC, of both generations."""
