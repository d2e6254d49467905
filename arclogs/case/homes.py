"""Namespaces of runners: which there are, and which is that of a pod whose log names none.

    job log        Runner name: 'linux-k8s-7hx2q-runner-w9k4d'           no namespace
    events.txt     arc-runners   pod/linux-k8s-7hx2q-runner-w9k4d-workflow

A runner, its pod and its job pod are in one namespace, and often only one of them is in a bundle.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from arclogs.case.topology import scale_set_of_pod
from arclogs.model.observation import Statement
from arclogs.model.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import KubeObject
    from arclogs.model.event import Event
    from arclogs.model.record import Record

_KINDS: Final = (
    "AutoscalingRunnerSet", "EphemeralRunnerSet", "EphemeralRunner", "RunnerDeployment",
    "RunnerReplicaSet", "Runner",
)  # fmt: skip
_KEYS: Final = frozenset(
    {"autoscalingrunnerset", "ephemeralrunnerset", "ephemeralrunner", "horizontal_runner_autoscaler",
     "runnerdeployment", "runnerreplicaset"}
)  # fmt: skip
"""Fields of the controller's lines that name what is where runners are."""
_SERVED: Final = "spec.autoscalingRunnerSetNamespace"


def namespaces(objects: ObjectIndex, records: Iterable[Record]) -> Iterator[Statement]:
    """Yield the namespaces that objects and the controller's lines show, each once for each kind."""
    for kind in _KINDS:
        for home, item in _first_in_each(objects.of_kind(kind)).items():
            shown = item.lookup("metadata.namespace").values
            place = (shown[0].location, shown[0].text) if shown else (item.location, "")
            yield Statement("namespace", home, *place)
    for listener in objects.of_kind("AutoscalingListener"):
        for found in listener.lookup(_SERVED).values:
            yield Statement("namespace", str(found.value), found.location, found.text)
    lines: dict[str, Record] = {}
    for record in records:
        if record.source is Source.CONTROLLER and record.fields.keys() & _KEYS:
            lines.setdefault(record.fields.get("namespace", ""), record)
    for home, record in lines.items():
        if home:
            yield Statement("namespace", home, *record.at(0))


class Homes:
    """Knows the namespaces of pods and runners by their names."""

    def __init__(
        self,
        objects: ObjectIndex,
        events: Sequence[Event],
        records: Sequence[Record],
        scale_sets: Iterable[str] = (),
    ) -> None:
        self._objects = objects
        self._scale_sets = {*scale_sets}
        self._told: dict[str, set[str]] = defaultdict(set)
        for event in events:
            if event.kind in ("Pod", "EphemeralRunner") and event.name and event.namespace:
                self._told[event.name].add(event.namespace)
        for record in records:
            if record.source is Source.CONTROLLER:
                self._hear(record.fields)

    def _hear(self, fields: Mapping[str, str]) -> None:
        """Take in what a line of the controller names."""
        runner, home = fields.get("ephemeralrunner"), fields.get("namespace")
        if runner and home:
            self._told[runner].add(home)
        named = fields.get("autoscalingrunnerset") or (scale_set_of_pod(runner) if runner else None)
        if named:
            self._scale_sets.add(named)

    def may_hold(self, pod: str | None) -> bool:
        """Tell whether a pod may be of a scale set that is known: it bears its name; any, if none is."""
        known = self._scale_sets
        return pod is None or not known or any(pod.startswith(f"{name}-") for name in known)

    def of(self, pod: str) -> str | None:
        """Return the namespace of a pod: its own, its runner's, its job pod's; None if none is known."""
        job_pod = f"{pod}-workflow"
        for kind, name in (("Pod", pod), ("EphemeralRunner", pod), ("Pod", job_pod)):
            found = self._objects.find(kind, name)
            if found is not None and found.namespace:
                return found.namespace
        homes = self._told.get(pod, set()) | self._told.get(job_pod, set())
        return next(iter(homes)) if len(homes) == 1 else None


def _first_in_each(items: Iterable[KubeObject]) -> dict[str, KubeObject]:
    """Return the namespaces of objects, each with the first of its objects."""
    homes: dict[str, KubeObject] = {}
    for item in sorted(items, key=lambda item: (item.location.member, item.location.line)):
        if item.namespace:
            homes.setdefault(item.namespace, item)
    return homes
