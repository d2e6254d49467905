"""States of objects that say by themselves that something is wrong, whatever the kind of object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.case.templates import template_of
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects import Found, KubeObject


class BadState(NamedTuple):
    """A field that shows that an object is not well."""

    template: str
    found: Found
    told: Found | None
    """The message beside it, which says more than its word."""


_BAD_WORD: Final = lazy_compile(
    r"Err|BackOff|Fail|Lost|Unknown|Evicted|OutOf|Invalid|Degraded|Outdated|NotReady|Unhealthy|Cannot|"
    r"Killed|Exceeded|Rejected|NodeAffinity|UnexpectedAdmission|Unschedulable|SchedulingGated"
)
_STARTING: Final = frozenset({"ContainerCreating", "PodInitializing"})
_MESSAGES: Final = (
    "status",
    "status.conditions[type=PodScheduled]",
    "status.initContainerStatuses[*].state.waiting",
    "status.containerStatuses[*].state.waiting",
    "status.initContainerStatuses[*].state.terminated",
    "status.containerStatuses[*].state.terminated",
)
# Conditions that are true of whatever works; Node pressure and its like are the other way round.
_WANTED: Final = (
    "Ready",
    "Available",
    "Healthy",
    "Synced",
    "Reconciled",
    "Established",
    "Launched",
)


def bad_states(case: Case) -> Iterator[BadState]:
    """Yield each bad state of each object, in a fixed order, the nameless pieces of objects last."""
    kinds = dict.fromkeys(item.kind for item in case.live)
    nameless = [p for kind in sorted({*kinds, "Pod"}) for p in case.live.nameless(kind)]
    for item in (*case.live, *nameless):
        for path, found in _of_pod(item) if item.kind == "Pod" else _of_any(item):
            if found.text:
                value = str(found.value)
                told = _told(item, path, found)
                words = f"{value}: {template_of(str(told.value))}" if told is not None else value
                yield BadState(f"{item.kind} {path}: {words}", found, told)


def _of_pod(pod: KubeObject) -> Iterator[tuple[str, Found]]:
    for found in pod.lookup("status.reason").values:
        if _bad(found) or found.value == "Terminated":
            yield "reason", found
    for part in ("initContainerStatuses", "containerStatuses"):
        for found in pod.lookup(f"status.{part}[*].state.waiting.reason").values:
            if found.value not in _STARTING:
                yield "reason", found
        for found in pod.lookup(f"status.{part}[*].state.terminated.reason").values:
            if _bad(found):
                yield "reason", found
    yield from _held_back(pod)
    for found in pod.lookup("status.phase").values:
        if found.value == "Failed":
            yield "phase", found
    for found in pod.lookup("status.statusColumn").values:  # a word that is no phase
        if _bad(found):
            yield "status", found


def _held_back(pod: KubeObject) -> Iterator[tuple[str, Found]]:
    """Yield why the scheduler does not look at a pod; one without room has its warning events."""
    for found in pod.lookup("status.conditions[type=PodScheduled].reason").values:
        if found.value in ("SchedulingGated", "SchedulerError"):
            yield "reason", found


def _of_any(item: KubeObject) -> Iterator[tuple[str, Found]]:
    for path in ("status.phase", "status.health.status", "status.state"):
        for found in item.lookup(path).values:
            if _bad(found):
                yield path.split(".")[1], found
    for kind in _WANTED:
        told = item.lookup(f"status.conditions[type={kind}].status").values
        if any(str(f.value) in ("False", "Unknown") for f in told):
            reason = item.lookup(f"status.conditions[type={kind}].reason").values
            yield f"is not {kind}", next(iter(reason), told[0])


def _told(item: KubeObject, path: str, found: Found) -> Found | None:
    """Return the one message that belongs to a reason, or to the whole status."""
    for where in _MESSAGES if path in ("reason", "phase") else ():
        reasons = item.lookup(f"{where}.reason").values
        messages = item.lookup(f"{where}.message").values
        ours = path == "phase" or any(f.location == found.location for f in reasons)
        if ours and len(messages) == 1 and messages[0].text:
            return messages[0]
    return None


def _bad(found: Found) -> bool:
    return _BAD_WORD.search(str(found.value)) is not None
