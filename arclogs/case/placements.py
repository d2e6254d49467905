"""On which nodes a runner's pods were, as far as a bundle tells.

Scheduled   pod/linux-k8s-7hx2q-runner-w9k4d   Successfully assigned arc-runners/linux-… to worker-3
spec.nodeName of the pod and of its job pod
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.model.event import Event

# The message of the default scheduler, pkg/scheduler/schedule_one.go; other schedulers kept it.
_ASSIGNED: Final = lazy_compile(r"^Successfully assigned \S+ to (?P<node>\S+)$")


class Placements:
    """Knows the nodes of pods by their names."""

    def __init__(self, objects: ObjectIndex, events: Iterable[Event]) -> None:
        self._objects = objects
        self._told: dict[str, set[str]] = defaultdict(set)
        for event in events:
            if event.reason == "Scheduled" and event.kind == "Pod" and event.name:
                found = _ASSIGNED.match(event.message)
                if found is not None:
                    self._told[event.name].add(found["node"])

    def of(self, pod: str) -> frozenset[str]:
        """Return the nodes of a runner's pod and job pod; none where the bundle tells none."""
        names = (pod, f"{pod}-workflow")
        shown = {
            p.value("spec.nodeName") for name in names for p in self._objects.named("Pod", name)
        }
        told = (self._told.get(name, set()) for name in names)
        return frozenset(filter(None, shown)).union(*told)
