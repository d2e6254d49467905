"""What the links of ARC's chain use: nodes, volumes, jobs, service accounts with their roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from arclogs.case.chain.node import Node, node_of
from arclogs.case.rbac import rights_of
from arclogs.case.ties import Ref, settle_ref

if TYPE_CHECKING:
    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

_ACCOUNT = "spec.serviceAccountName"
_MOST_BINDINGS = 20


def uses_of(item: KubeObject, case: Case) -> tuple[Node, ...]:
    """Return what a pod runs on and mounts, or the job that a runner works on."""
    if item.kind == "EphemeralRunner":
        return tuple(_job(item))
    if item.kind != "Pod":
        return ()
    return (*_node(item, case), *_claims(item, case))


def _job(runner: KubeObject) -> Iterator[Node]:
    name, run = runner.value("status.jobDisplayName"), runner.value("status.workflowRunId")
    if not name and (run or "0") == "0":
        return
    remarks = [
        runner.value("status.jobRepositoryName"),
        f"run {run}" if run and run != "0" else None,
        f"job id {job}" if (job := runner.value("status.jobId")) else None,
    ]
    kept = tuple(text for text in remarks if text)
    yield Node("job", name or "(no name)", role="works on", remarks=kept, location=runner.location)


def _node(pod: KubeObject, case: Case) -> Iterator[Node]:
    name = pod.value("spec.nodeName")
    if name:
        yield node_of(*settle_ref(Ref("Node", None, name), case), case, role="runs on")


def _claims(pod: KubeObject, case: Case) -> Iterator[Node]:
    for volume in pod.lookup("spec.volumes[*]").values:
        if not isinstance(volume.value, Mapping):
            continue
        claim = volume.value.get("persistentVolumeClaim")
        named = claim.get("claimName") if isinstance(claim, Mapping) else None
        # A generic ephemeral volume makes a claim of this name (Kubernetes pkg/volume/ephemeral).
        made = f"{pod.name}-{volume.value.get('name')}" if "ephemeral" in volume.value else None
        if named or made:
            yield _claim(Ref("PersistentVolumeClaim", pod.namespace, str(named or made)), case,
                         inferred=not named)  # fmt: skip


def _claim(ref: Ref, case: Case, *, inferred: bool) -> Node:
    ref, claim = settle_ref(ref, case)
    volume = claim.value("spec.volumeName") if claim is not None else None
    if claim is not None and claim.value("metadata.ownerReferences[kind=Pod].name"):
        inferred = False
    below: tuple[Node, ...] = ()
    if volume:
        address = settle_ref(Ref("PersistentVolume", None, volume), case)
        below = (node_of(*address, case, role="bound to"),)
    return node_of(ref, claim, case, inferred=inferred, role="claims", children=below)


def accounts_of(pods: Iterable[KubeObject], case: Case) -> tuple[Node, ...]:
    """Return the service accounts of pods, each with the bindings that name it and their roles."""
    users: Counter[Ref] = Counter()
    for pod in pods:
        for name in {pod.value(_ACCOUNT), pod.derived.get("expectedServiceAccount")} - {None}:
            users[Ref("ServiceAccount", pod.namespace, str(name))] += name == pod.value(_ACCOUNT)
    return tuple(_account(ref, users[ref], case) for ref in sorted(users, key=_by_place))


def _by_place(ref: Ref) -> tuple[str, str]:
    return ref.namespace or "", ref.name


def _account(ref: Ref, users: int, case: Case) -> Node:
    ref, account = settle_ref(ref, case)
    rights = rights_of(ref.name, ref.namespace or "", case.live, case.collected)
    remarks = [
        f"used by {users} pod{'s' if users != 1 else ''}" if users else "expected, used by no pod"
    ]
    if rights.unknown:
        remarks.append(rights.unknown)
    elif not rights.bindings:
        remarks.append("no binding names it")
    below = tuple(_binding(b, case) for b in rights.bindings[:_MOST_BINDINGS])
    return node_of(ref, account, case, remarks=tuple(remarks), children=below)


def _binding(binding: KubeObject, case: Case) -> Node:
    ref = Ref(binding.kind, binding.namespace, binding.name)
    kind, name = binding.value("roleRef.kind"), binding.value("roleRef.name")
    below: tuple[Node, ...] = ()
    if kind and name:
        home = binding.namespace if kind == "Role" else None
        below = (node_of(*settle_ref(Ref(kind, home, name), case), case, role="grants"),)
    return node_of(ref, binding, case, role="named by", children=below)
