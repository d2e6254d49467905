"""ARC's own structure: which object plays which part, and what its names should be.

Names by chart version: actions-runner-controller, charts `gha-runner-scale-set` 0.4 to 0.14
(`templates/_helpers.tpl`, `templates/kube_mode_serviceaccount.yaml`).
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from arclogs.case.objects.index import ObjectIndex
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arclogs.case.objects.objects import KubeObject

SCALE_SET_LABEL = 'metadata.labels["actions.github.com/scale-set-name"]'
COMPONENT_LABEL = 'metadata.labels["app.kubernetes.io/component"]'
VERSION_LABEL = 'metadata.labels["app.kubernetes.io/version"]'
EXPECTED_ACCOUNT = (
    'metadata.annotations["actions.github.com/cleanup-kubernetes-mode-service-account-name"]'
)
HOOKS_ENV = "spec.containers[*].env[name=ACTIONS_RUNNER_CONTAINER_HOOKS].value"

# linux-k8s-7hx2q-runner-w9k4d: ephemeral runner set, "runner", random suffix
_RUNNER_POD = lazy_compile(r"^(?P<set>.+)-[a-z0-9]{5}-runner-[a-z0-9]{5}$")
# 0.4: <release>-gha-runner-scale-set-kube-mode-service-account; since 0.5: <name>-gha-rs-kube-mode
_KUBE_MODE = lazy_compile(r"-kube-mode(-service-account)?$")


def derive(objects: Iterable[KubeObject]) -> ObjectIndex:
    """Return the index with the derived facts of pods filled in.

    arc.component: runner, workflow, listener, controller. arc.scaleSet: name of the scale set.
    arc.containerMode: kubernetes, kubernetes-novolume, dind. arc.expectedServiceAccount: the account
    that the chart made for kubernetes mode, if the bundle shows it.
    """
    index = ObjectIndex(objects)
    expected = lru_cache(maxsize=1024)(partial(expected_account, index=index))
    for pod in (*index.of_kind("Pod"), *index.nameless("Pod")):
        pod.derived.update(_facts(pod, expected))
    return index


def _facts(
    pod: KubeObject, expected_of: Callable[[str | None, str | None], str | None]
) -> dict[str, str]:
    facts: dict[str, str] = {}
    component = _component(pod)
    if component:
        facts["component"] = component
    scale_set = pod.value(SCALE_SET_LABEL) or scale_set_of_pod(pod.name)
    if scale_set:
        facts["scaleSet"] = scale_set
    if component == "runner":
        mode = container_mode(pod)
        if mode:
            facts["containerMode"] = mode
        expected = expected_of(scale_set, pod.namespace)
        if expected:
            facts["expectedServiceAccount"] = expected
    return facts


def _component(pod: KubeObject) -> str | None:
    label = pod.value(COMPONENT_LABEL) or ""
    if label == "runner" or pod.value("metadata.labels.actions-ephemeral-runner"):
        return "runner"
    if label in ("runner-scale-set-listener", "listener") or pod.name.endswith("-listener"):
        return "listener"
    if pod.value("metadata.labels.runner-pod") or pod.name.endswith("-workflow"):
        return "workflow"
    if pod.value('metadata.labels["app.kubernetes.io/part-of"]') == "gha-rs-controller":
        return "controller"
    if _RUNNER_POD.match(pod.name) or (pod.nameless and _runs_runner(pod)):
        return "runner"
    return None


def _runs_runner(pod: KubeObject) -> bool:
    """Tell a runner's pod by what runs in it, where neither name nor labels are shown."""
    names = {f.value for f in pod.lookup("spec.containers[*].name").values}
    return "runner" in names or pod.value(HOOKS_ENV) is not None


def scale_set_of_pod(pod: str) -> str | None:
    """Return the scale set whose name a runner's or job pod's begins with, if it is such a one."""
    found = _RUNNER_POD.match(pod.removesuffix("-workflow"))
    return found["set"] if found else None


def container_mode(pod: KubeObject) -> str | None:
    """Return the container mode that a runner pod's spec implies."""
    hooks = pod.value(HOOKS_ENV)
    if hooks:
        return "kubernetes-novolume" if "novolume" in hooks else "kubernetes"
    names = {f.value for f in pod.lookup("spec.containers[*].name").values}
    names |= {f.value for f in pod.lookup("spec.initContainers[*].name").values}
    return "dind" if "dind" in names else None


def expected_account(
    scale_set: str | None, namespace: str | None, index: ObjectIndex
) -> str | None:
    """Return the kube-mode account of a scale set: by annotation, else by the account that exists."""
    owner = index.find("AutoscalingRunnerSet", scale_set, namespace) if scale_set else None
    named = owner.value(EXPECTED_ACCOUNT) if owner else None
    if named:
        return named
    made = [
        a.name
        for a in index.of_kind("ServiceAccount")
        if _KUBE_MODE.search(a.name)
        and a.namespace in (namespace, None)
        and (scale_set is None or a.name.startswith(scale_set))
    ]
    return made[0] if len(made) == 1 else None
