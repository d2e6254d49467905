"""The runner that a text names: what is said of its pod, job pod or volume claim is about no other.

    pods "linux-k8s-7hx2q-runner-w9k4d-workflow" already exists             a line of the hook
    Pod arc-runners/linux-k8s-7hx2q-runner-w9k4d-workflow: fail (blocked)   an event of a policy
    persistentvolumeclaim/linux-k8s-7hx2q-runner-w9k4d-work                 what an event is about

How the hook names what it makes: actions/runner-container-hooks, packages/k8s/src/hooks/constants.ts. A
claim is named after pod and volume (Kubernetes, pkg/volume/ephemeral).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.ingest.text.origin import is_runner_pod
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.model.event import Event

_LONGEST: Final = 8 * 1024
_CUT: Final = 63
"""The hook cuts the runner's name so that what it makes is no longer than this."""

_MADE: Final = lazy_compile(r"(?P<runner>.+)-(?:workflow|(?:step|secret)-[0-9a-f]{8})")
_NAME: Final = lazy_compile(r"(?<![\w.-])[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]")
_CALLED_POD: Final = lazy_compile(r"\b[Pp]ods?[ /]\"?(?:[a-z0-9][a-z0-9-]{0,62}/)?$")
_PODS: Final = frozenset({"Pod", "EphemeralRunner"})


def runner_of(name: str, *, is_pod: bool = True) -> str | None:
    """Return the runner that a pod is, or works for; None where the name tells neither.

    A job pod may be of a runner with any name. What is not known to be a pod must have a name that comes
    of one that ARC gives.
    """
    made = _MADE.fullmatch(name)
    if made is None:
        return name if is_runner_pod(name) else None
    known = len(name) < _CUT and (is_pod or is_runner_pod(made["runner"]))
    return made["runner"] if known else None


def runner_named(text: str) -> str | None:
    """Return the only runner whose pod, or what was made for it, a text names."""
    text = text[:_LONGEST]
    named = {_runner_at(found.start(), found[0], text) for found in _NAME.finditer(text)} - {None}
    return named.pop() if len(named) == 1 else None


def _runner_at(start: int, name: str, text: str) -> str | None:
    before = text[max(0, start - 80) : start]
    return runner_of(name, is_pod=_CALLED_POD.search(before) is not None)


def runner_meant(event: Event) -> str | None:
    """Return the runner that an event is about: by its object, or by its message if that is no pod."""
    if event.name and event.kind in _PODS:
        return runner_of(event.name)
    if event.name and event.kind == "PersistentVolumeClaim":
        pod, _, _ = event.name.rpartition("-")
        return runner_of(pod, is_pod=False) or runner_named(event.message)
    return runner_named(event.message)
