"""Doubts about how far the collected logs reach: cut, missing, or apart from each other in time."""

from __future__ import annotations

import shlex
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from arclogs.case.coverage.spread import SILENCE, Spread
from arclogs.case.coverage.survey import EVENTS, LogSurvey, Survey
from arclogs.case.coverage.twins import twins
from arclogs.case.state import state_of
from arclogs.case.ties import is_controller_pod
from arclogs.model.record import Source
from arclogs.model.report import Shortcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

MOST_NAMED: Final = 3
# kubectl logs: --tail=N; with a selector (-l) and without --tail it is 10.
_TAILS: Final = frozenset({10, 20, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10_000})
_FOLLOWED: Final = (timedelta(seconds=9), timedelta(seconds=11))
_LOG_OF: Final = {
    "runner": Source.RUNNER,
    "listener": Source.LISTENER,
    "controller": Source.CONTROLLER,
}
_BEGUN: Final = ("Running", "Succeeded", "Failed", "Unknown")
_STATE_WORDS: Final = (
    "status.reason",
    "status.containerStatuses[*].state.waiting.reason",
    "status.containerStatuses[*].state.terminated.reason",
)
_CLUSTER: Final = (Source.CONTROLLER.value, Source.LISTENER.value, EVENTS)
_JOBS: Final = (Source.JOB.value, Source.HOOK.value)


def shortcomings(survey: Survey, reach: Mapping[str, Spread], case: Case) -> list[Shortcoming]:
    """Return the doubts, those about what is there before those about what is not.

    `reach` is how the logs of each source, and the events, are spread over time.
    """
    pods = [pod for pod in case.live.of_kind("Pod") if component_of(pod)]
    return [
        *_cut(survey),
        *_apart(reach),
        *_without_log(pods, survey, _waiting(case)),
        *_without_container(pods, survey),
        *_without_previous(_restarted(case), survey),
        *twins(case.live),
    ]


def component_of(pod: KubeObject) -> str | None:
    """Return what part of ARC a pod is."""
    known = pod.derived.get("component")
    return known or ("controller" if is_controller_pod(pod.name) else None)


def _cut(survey: Survey) -> Iterator[Shortcoming]:
    for (member, _), ending in sorted(
        survey.endings.items(), key=lambda i: (i[0][0], i[0][1] or "")
    ):
        if ending.job is None:
            continue
        job = f"job {ending.job}" if ending.job else "a job"
        last = "renews its lock on" if ending.renewed else "has begun"
        says = (
            f"ends after the runner {last} {job} (line {ending.line}), without a result: "
            "collected while the job ran, cut, or the runner was killed"
        )
        yield Shortcoming(kind="cut", about=member, says=says)
    for member, source, log in survey.each():
        hint = None if source == EVENTS else _tail(member, source, log)
        if hint:
            yield Shortcoming(kind="tail", about=member, says=hint)


def _tail(member: str, source: str, log: LogSurvey) -> str | None:
    first, last = log.spread.first, log.spread.last
    if source == Source.RUNNER.value and first and last and "pod_logs/" in member.replace("-", "_"):
        low, high = _FOLLOWED
        if low <= last - first <= high:
            return "covers ten seconds, which is how long the collection script follows a runner"
    if source in _LOG_OF.values() and log.last_line in _TAILS and log.last_line <= log.records + 5:
        return (
            f"holds exactly {log.last_line:,} lines: kubectl logs --tail may have cut the beginning"
        )
    return None


def _apart(reach: Mapping[str, Spread]) -> Iterator[Shortcoming]:
    """Tell what does not meet the jobs in time, and so says nothing of them."""
    jobs = Spread()
    for name in _JOBS:
        jobs.merge(reach.get(name, Spread()))
    runners = reach.get(Source.RUNNER.value, Spread())
    for source in (*_CLUSTER, Source.RUNNER.value):
        spread = reach.get(source, Spread())
        plural = "" if source == EVENTS else "s"
        for other, name in ((jobs, "job log"), (runners, "runner log")):
            if not (spread.first and spread.last and other.first and other.last):
                continue
            if other.first - spread.last > SILENCE:
                says = (
                    f"end{plural} {_duration(other.first - spread.last)} before the {name} begins"
                )
            elif spread.first - other.last > SILENCE:
                says = f"begin{plural} {_duration(spread.first - other.last)} after the {name} ends"
            else:
                continue
            about = source if source == EVENTS else f"{source} log"
            yield Shortcoming(kind="no-overlap", about=about, says=says)
            break


def _duration(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    for size, unit in ((1440, "day"), (60, "hour")):
        if minutes >= size:
            number = minutes // size
            return f"{number:,} {unit}{'s' if number != 1 else ''}"
    return f"{minutes} minutes"


def _waiting(case: Case) -> set[int]:
    """Return the ids of the pods that wrote no log yet: their state is Pending, or nothing shows it.

    The columns of what a state is made of tell of most pods that they have come further.
    """
    column = case.live.column("Pod", "status.phase")
    pods = case.live.of_kind("Pod")
    shown = {at for text in _BEGUN for at in column.values.get((text,), ())}
    odd = case.live.passing("Pod", dict.fromkeys(_STATE_WORDS, "Pending".__eq__))
    unclear = [pod for at, pod in enumerate(pods) if at not in shown]
    return {id(pod) for pod in (*unclear, *odd) if state_of(pod) in ("Pending", "")}


def _without_log(
    pods: Iterable[KubeObject], survey: Survey, waiting: set[int]
) -> Iterator[Shortcoming]:
    nameless = {source for _, source, log in survey.each() if None in log.pods}
    lacking: dict[str, list[KubeObject]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for pod in pods:
        component = component_of(pod) or ""
        if _LOG_OF.get(component, "") in nameless or id(pod) in waiting:
            continue
        total[component] += 1
        if pod.name not in survey.containers:
            lacking[component].append(pod)
    for component, without in sorted(lacking.items()):
        some = ", ".join(pod.name for pod in without[:MOST_NAMED])
        more = f" and {len(without) - MOST_NAMED:,} more" if len(without) > MOST_NAMED else ""
        yield Shortcoming(
            kind="no-log",
            about=f"{component} pods",
            says=f"no log of {len(without):,} of {total[component]:,}: {some}{more}",
            command=_logs(without[0], "--all-containers --timestamps"),
        )


def _without_container(pods: Iterable[KubeObject], survey: Survey) -> Iterator[Shortcoming]:
    for pod in pods:
        seen = survey.containers.get(pod.name)
        if not seen:
            continue
        names = _containers(pod)
        # A log that names no container is that of the first, which is kubectl's default.
        lacking = names[1:] if None in seen else names
        lacking = [name for name in lacking if name not in seen]
        if lacking:
            yield Shortcoming(
                kind="no-container-log",
                about=f"pod {pod.name}",
                says=f"no log of container {', '.join(lacking)}",
                command=_logs(pod, f"-c {shlex.quote(lacking[0])} --timestamps"),
            )


def _containers(pod: KubeObject) -> list[str]:
    """Return the containers that run beside each other, sidecars after the rest."""
    names = [found.value for found in pod.lookup("spec.containers[*].name").values]
    sidecars = pod.lookup("spec.initContainers[restartPolicy=Always].name").values
    return [str(name) for name in (*names, *(found.value for found in sidecars))]


def _without_previous(pods: Iterable[KubeObject], survey: Survey) -> Iterator[Shortcoming]:
    previous = [member for member in survey.logs if "previous" in member]
    for pod in pods:
        if any(pod.name in member for member in previous):
            continue
        for container, times in _restarts(pod):
            which = f"container {container}" if container else "it"
            yield Shortcoming(
                kind="no-previous-log",
                about=f"pod {pod.name}",
                says=f"{which} restarted {times}; no file is named as the previous log",
                command=_logs(
                    pod, f"{f'-c {shlex.quote(container)} ' if container else ''}--previous"
                ),
            )


def _restarted(case: Case) -> Iterator[KubeObject]:
    """Yield the pods of ARC that may have restarted, by the columns that would tell."""
    tests = {
        "status.initContainerStatuses[*].restartCount": _is_a_count,
        "status.containerStatuses[*].restartCount": _is_a_count,
        "status.restarts": _is_a_count,
    }
    return (pod for pod in case.live.passing("Pod", tests) if component_of(pod))


def _is_a_count(text: str) -> bool:
    return text not in ("0", "null", "")


def _restarts(pod: KubeObject) -> Iterator[tuple[str, str]]:
    """Yield containers that restarted and how often, as said; an empty name where a table tells."""
    shown = False
    for kind in ("initContainerStatuses", "containerStatuses"):
        for status in pod.lookup(f"status.{kind}[*]").values:
            if not isinstance(status.value, dict) or not status.value.get("restartCount"):
                continue
            shown = True
            yield str(status.value.get("name") or ""), _often(status.value["restartCount"])
    counted = pod.value("status.restarts")
    if not shown and counted not in (None, "0") and not pod.value("status.containerStatuses"):
        yield "", _often(counted)


def _often(count: object) -> str:
    return "once" if str(count) == "1" else f"{count} times"


def _logs(pod: KubeObject, options: str) -> str:
    namespace = shlex.quote(pod.namespace) if pod.namespace else "<namespace>"
    return f"kubectl -n {namespace} logs {shlex.quote(pod.name)} {options}"
