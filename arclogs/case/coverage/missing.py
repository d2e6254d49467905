"""What the bundle does not hold, why that matters and the command that gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.case.coverage.shortcomings import component_of
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Source
from arclogs.model.report import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.case.case import Case


_NAME: Final = lazy_compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_NUMBER: Final = lazy_compile(r"[1-9]\d{0,18}")
_REPOSITORY: Final = lazy_compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")


class _Want(Struct, frozen=True):
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
        "kubectl -n {system} logs deploy/{controller} --timestamps",
        sources=(Source.CONTROLLER,),
    ),
    _Want(
        "listener log",
        "the listener says whether jobs reach the scale set",
        "kubectl -n {system} logs -l "
        "app.kubernetes.io/component=runner-scale-set-listener --timestamps --tail=-1",
        sources=(Source.LISTENER,),
    ),
    _Want(
        "job or runner log",
        "the failing step and the hook's own words are in it",
        "gh run view {run} --log-failed",
        sources=(Source.JOB, Source.HOOK, Source.RUNNER),
    ),
)


def missing(case: Case) -> list[Missing]:
    """Return what a verdict would gain from, in the order in which it usually helps.

    The commands hold the names that the bundle shows, where it shows one only.
    """
    wanted = [want for want in _WANTED if not _there(want, case)]
    names = _names(case) if wanted else {}
    return [
        Missing(what=w.what, why_it_matters=w.why, command=w.command.format(**names))
        for w in wanted
    ]


def _names(case: Case) -> dict[str, str]:
    pods = [(pod, component_of(pod)) for pod in case.live.of_kind("Pod")]
    controllers = [pod for pod, part in pods if part == "controller"]
    listeners = [pod for pod, part in pods if part == "listener"]
    homes = (pod.namespace for pod in (*controllers, *listeners))
    deployments = (pod.name.rsplit("-", 2)[0] for pod in controllers)
    return {
        "ns": _only([case.runner_namespace], "<namespace>"),
        "system": _only(homes, "<controller-namespace>"),
        "controller": _only(deployments, "<controller>"),
        "run": _only(_runs(case), "<run-id>"),
    }


def _runs(case: Case) -> Iterator[str]:
    """Yield the workflow runs of the runners, as `gh run view` takes them."""
    for runner in case.live.of_kind("EphemeralRunner"):
        run = runner.value("status.workflowRunId")
        home = runner.value("status.jobRepositoryName") or ""
        if run and _NUMBER.fullmatch(run):
            yield f"{run} --repo {home}" if _REPOSITORY.fullmatch(home) else run


def _only(values: Iterable[str | None], otherwise: str) -> str:
    """Return the one name that there is; what is no name could be a command of its own."""
    names = {value for value in values if value}
    one = names.pop() if len(names) == 1 else ""
    return one if _NAME.fullmatch(one) or " --repo " in one or _NUMBER.fullmatch(one) else otherwise


def _there(want: _Want, case: Case) -> bool:
    if want.sources:
        return any(source in case.log_sources for source in want.sources)
    if want.kinds == ("Event",):
        return bool(case.events) or "Event" in case.collected.kinds()
    return all(case.live.of_kind(k) or k in case.collected.kinds() for k in want.kinds)
