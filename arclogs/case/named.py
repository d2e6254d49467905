"""The runner that a text names: what is said of its pod, job pod or volume claim is about no other.

    pods "linux-k8s-7hx2q-runner-w9k4d-workflow" already exists             a line of the hook
    Pod arc-runners/linux-k8s-7hx2q-runner-w9k4d-workflow: fail (blocked)   an event of a policy
    persistentvolumeclaim/linux-k8s-7hx2q-runner-w9k4d-work                 what an event is about

Names of job pods: actions/runner-container-hooks, packages/k8s/src/hooks/constants.ts. That of a claim is
the pod's and the volume's (Kubernetes, pkg/volume/ephemeral).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.ingest.text.origin import is_runner_pod
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.model.event import Event

_LONGEST: Final = 8 * 1024
_CUT: Final = 63 - len("-workflow")
"""A runner's name that is as long as this, or longer, was cut to make that of its job pod."""

_JOB_POD: Final = lazy_compile(r"(?P<runner>.+)-(?:workflow|step-[0-9a-f]{8})")
_NAME: Final = lazy_compile(r"(?<![\w.-])[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]")
_CALLED_POD: Final = lazy_compile(r"\b[Pp]ods?[ /]\"?(?:[a-z0-9][a-z0-9-]{0,62}/)?$")
_PODS: Final = frozenset({"Pod", "EphemeralRunner"})


def runner_of(name: str, *, called_pod: bool = True) -> str | None:
    """Return the runner that a pod is, or works for; None where the name tells neither.

    A job pod may be of a runner with any name; unless it is `called_pod`, ARC must have given that.
    """
    found = _JOB_POD.fullmatch(name)
    runner = found["runner"] if found else name
    if found and len(runner) >= _CUT:
        return None
    return runner if is_runner_pod(runner) or (found and called_pod) else None


def runner_named(text: str) -> str | None:
    """Return the only runner whose pod or job pod a text names."""
    text = text[:_LONGEST]
    named = set[str]()
    for found in _NAME.finditer(text):
        if "-" in found[0]:
            before = text[max(0, found.start() - 80) : found.start()]
            named.add(runner_of(found[0], called_pod=_CALLED_POD.search(before) is not None) or "")
    named.discard("")
    return named.pop() if len(named) == 1 else None


def runner_meant(event: Event) -> str | None:
    """Return the runner that an event is about: by its object or else, if that is no pod, its message."""
    if event.name and event.kind in _PODS:
        return runner_of(event.name)
    if event.name and event.kind == "PersistentVolumeClaim":
        pod, _, _ = event.name.rpartition("-")
        return runner_of(pod, called_pod=False)
    return runner_named(event.message)
