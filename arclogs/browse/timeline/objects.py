"""The objects of a bundle on a timeline: whose a line of a dump is, and how long pods lived."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.ingest.text.timestamps import parse_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import KubeObject

_STATUSES: Final = "status.containerStatuses[*]"
_BEGUN: Final = tuple(
    f"{_STATUSES}.{state}.startedAt"
    for state in ("state.running", "state.terminated", "lastState.terminated")
)


class Life(NamedTuple):
    """A stretch of a pod's life; no end: not over when the bundle was collected."""

    label: str
    first: datetime
    last: datetime | None
    failed: bool = False


def lives(pod: KubeObject) -> Iterator[Life]:
    """Yield how a pod waited and ran, as far as its object tells."""
    created = _moment(pod, "metadata.creationTimestamp")
    begun = min(_moments(pod, *_BEGUN), default=None)
    ended = max(_moments(pod, f"{_STATUSES}.state.terminated.finishedAt"), default=None)
    gone = _moment(pod, "metadata.deletionTimestamp")
    if created is not None:
        yield Life("waiting", created, begun or ended or gone)
    if begun is not None:
        running = bool(pod.lookup(f"{_STATUSES}.state.running").values)
        failed = _failed(pod)
        why = f", {failed}" if failed else ""
        yield Life(f"running{why}", begun, None if running else ended or gone, bool(failed))


def _failed(pod: KubeObject) -> str:
    for kind in ("state", "lastState"):
        codes = pod.lookup(f"{_STATUSES}.{kind}.terminated.exitCode").values
        code = next((str(f.value) for f in codes if str(f.value) not in ("0", "")), None)
        if code is not None:
            return f"exit {code}"
    return ""


def _moment(pod: KubeObject, path: str) -> datetime | None:
    return min(_moments(pod, path), default=None)


def _moments(pod: KubeObject, *paths: str) -> Iterator[datetime]:
    for path in paths:
        for found in pod.lookup(path).values:
            moment = parse_timestamp(str(found.value))
            if moment is not None:
                yield moment


class Dumps:
    """Tells which object a line of a dump is of."""

    def __init__(self, objects: ObjectIndex) -> None:
        self._starts: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for item in objects:
            for seen in item.observations:
                begin = seen.location.line
                self._starts[seen.location.member].append((begin, item.kind, item.name))
        for starts in self._starts.values():
            starts.sort()

    def owner(self, member: str, line: int) -> tuple[str, str] | None:
        """Return kind and name of the object that begins last before a line."""
        starts = self._starts.get(member, [])
        at = bisect_right(starts, (line, "\U0010ffff", "")) - 1
        return starts[at][1:] if at >= 0 else None
