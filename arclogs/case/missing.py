"""What the bundle does not hold, why that matters and the command that gets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arclogs.model.record import Source
from arclogs.model.report import Missing

if TYPE_CHECKING:
    from arclogs.case.case import Case


@dataclass(frozen=True, slots=True)
class _Want:
    what: str
    why: str
    command: str
    kinds: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


_WANTED = (
    _Want(
        "service accounts, roles and role bindings",
        "they decide whether the runner's token is accepted and what it may do",
        "kubectl -n {ns} get sa,role,rolebinding -o yaml",
        kinds=("ServiceAccount", "Role", "RoleBinding"),
    ),
    _Want(
        "runner pods",
        "they show account, container mode, age and state of each runner",
        "kubectl -n {ns} get pods -o yaml",
        kinds=("Pod",),
    ),
    _Want(
        "ARC's own resources",
        "they hold the scale set's settings, the names it expects and why runners failed",
        "kubectl get autoscalingrunnersets,ephemeralrunnersets,ephemeralrunners,"
        "autoscalinglisteners -A -o yaml",
        kinds=("AutoscalingRunnerSet",),
    ),
    _Want(
        "events",
        "scheduling, image, volume and admission failures show there; they expire after an hour",
        "kubectl -n {ns} get events -o yaml",
        kinds=("Event",),
    ),
    _Want(
        "controller log",
        "the controller says why it could not create or keep a runner",
        "kubectl -n <controller-namespace> logs deploy/<controller> --timestamps",
        sources=(Source.CONTROLLER,),
    ),
    _Want(
        "listener log",
        "the listener says whether jobs reach the scale set",
        "kubectl -n <controller-namespace> logs -l "
        "app.kubernetes.io/component=runner-scale-set-listener --timestamps --tail=-1",
        sources=(Source.LISTENER,),
    ),
    _Want(
        "job or runner log",
        "the failing step and the hook's own words are in it",
        "gh run view <run-id> --log-failed",
        sources=(Source.JOB, Source.HOOK, Source.RUNNER),
    ),
)


def missing(case: Case) -> list[Missing]:
    """Return what a verdict would gain from, in the order in which it usually helps."""
    namespace = case.runner_namespace or "<namespace>"
    return [
        Missing(what=w.what, why_it_matters=w.why, command=w.command.format(ns=namespace))
        for w in _WANTED
        if not _there(w, case)
    ]


def _there(want: _Want, case: Case) -> bool:
    if want.sources:
        return any(source in case.log_sources for source in want.sources)
    if want.kinds == ("Event",):
        return bool(case.events) or "Event" in case.collected.kinds()
    return all(case.live.of_kind(k) or k in case.collected.kinds() for k in want.kinds)
