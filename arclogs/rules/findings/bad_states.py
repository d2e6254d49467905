"""States of objects that say by themselves that something is wrong, whatever the kind of object."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.case.records.templates import template_of
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import Found, KubeObject


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
_PHASES: Final = ("status.phase", "status.health.status", "status.state")
_ENDS: Final = "Terminating"
"""The phase of a namespace in which nothing can be made; pods are in it for a moment all the time."""
_NOT_TRUE: Final = ("False", "Unknown")
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
    kinds = case.live.kinds()
    named = chain.from_iterable(case.live.passing(kind, _signs(kind)) for kind in kinds)
    nameless = [p for kind in sorted({*kinds, "Pod"}) for p in case.live.nameless(kind)]
    for item in (*named, *nameless):
        for path, found in _of_pod(item) if item.kind == "Pod" else _of_any(item):
            if found.shown:
                value = str(found.value)
                told = _told(item, path, found)
                words = f"{value}: {template_of(str(told.value))}" if told is not None else value
                yield BadState(f"{item.kind} {path}: {words}", found, told)


def _signs(kind: str) -> Mapping[str, Callable[[str], bool]]:
    """Return what an object of a kind shows somewhere if it may be in a bad state at all."""
    if kind != "Pod":
        bad = dict.fromkeys(_PHASES, _is_bad if kind != "Namespace" else _is_bad_or_ends)
        return bad | {f"status.conditions[type={c}].status": _may_be_false for c in _WANTED}
    return {
        "status.phase": "Failed".__eq__,
        "status.statusColumn": _is_bad,
        **dict.fromkeys((f"{where}.reason" for where in _MESSAGES), _is_there),
    }


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
    for path in _PHASES:
        for found in item.lookup(path).values:
            if _bad(found) or (item.kind == "Namespace" and found.value == _ENDS):
                yield path.split(".")[1], found
    for kind in _WANTED:
        told = item.lookup(f"status.conditions[type={kind}].status").values
        if any(str(f.value) in _NOT_TRUE for f in told):
            reason = item.lookup(f"status.conditions[type={kind}].reason").values
            yield f"is not {kind}", next(iter(reason), told[0])


def _told(item: KubeObject, path: str, found: Found) -> Found | None:
    """Return the one message that belongs to a reason, or to the whole status."""
    for where in _MESSAGES if path in ("reason", "phase") else ():
        reasons = item.lookup(f"{where}.reason").values
        messages = item.lookup(f"{where}.message").values
        ours = path == "phase" or any(f.location == found.location for f in reasons)
        if ours and len(messages) == 1 and messages[0].shown:
            return messages[0]
    return None


def _bad(found: Found) -> bool:
    return _is_bad(str(found.value))


def _is_bad(word: str) -> bool:
    return _BAD_WORD.search(word) is not None


def _is_bad_or_ends(word: str) -> bool:
    return word == _ENDS or _is_bad(word)


def _may_be_false(text: str) -> bool:
    return text.capitalize() in _NOT_TRUE


def _is_there(_: str) -> bool:
    return True
