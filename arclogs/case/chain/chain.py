"""ARC's chain as a tree: release → scale set → runner set → runner → pod → job pod, and what they use.

    HelmRelease linux-k8s
      AutoscalingRunnerSet linux-k8s
        AutoscalingListener linux-k8s-754b578d-listener
          Pod linux-k8s-754b578d-listener
        EphemeralRunnerSet linux-k8s-7hx2q
          EphemeralRunner linux-k8s-7hx2q-runner-w9k4d
            Pod linux-k8s-7hx2q-runner-w9k4d

What the bundle does not hold but references, names or hashes imply stands in the tree too, marked.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.case.chain.branches import accounts_of, uses_of
from arclogs.case.chain.listeners import implied_listener, listener_remarks, scale_set_remarks
from arclogs.case.chain.node import Node, node_of
from arclogs.case.ties import (
    ARC_KINDS,
    CONTROLLER_CHART,
    SCALE_SET_CHART,
    Ref,
    Tie,
    is_controller_pod,
    ref_of,
    scale_set_name,
    settle_ref,
    tie_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

MOST_LEVELS = 12
"""Levels of the tree. Owner references of a hostile dump may form longer chains, and circles."""

_ORDER = (
    "HelmRelease", "AutoscalingRunnerSet", "RunnerDeployment", "AutoscalingListener",
    "EphemeralRunnerSet", "EphemeralRunner", "RunnerReplicaSet", "Runner", "Deployment",
)  # fmt: skip


class _Graph(Struct):
    """Every address that was met, with what it hangs from and what hangs from it."""

    items: dict[Ref, KubeObject | None] = field(default_factory=dict)
    ties: dict[Ref, Tie] = field(default_factory=dict)
    below: dict[Ref, list[Ref]] = field(default_factory=lambda: defaultdict(list))


def chain(case: Case) -> tuple[Node, ...]:
    """Return the trees of ARC that the bundle shows, the service accounts of its pods last."""
    graph = _climb(case)
    _cut(graph)
    for ref, tie in graph.ties.items():
        graph.below[tie.above].append(ref)
    roots = sorted((ref for ref in graph.items if ref not in graph.ties), key=_by_kind)
    pods = [i for i in graph.items.values() if i is not None and i.kind == "Pod"]
    return (*(_node(ref, graph, case) for ref in roots), *accounts_of(pods, case))


def _seeds(case: Case) -> Iterator[Ref]:
    for item in case.live:
        if item.kind in ARC_KINDS or (item.kind == "Pod" and _is_arc_pod(item)):
            yield ref_of(item)
        elif item.kind == "HelmRelease":
            chart = item.value("chart") or ""
            if SCALE_SET_CHART.match(chart):
                yield Ref("AutoscalingRunnerSet", item.namespace, scale_set_name(item, case))
            elif CONTROLLER_CHART.match(chart):
                yield ref_of(item)


def _is_arc_pod(pod: KubeObject) -> bool:
    owner = pod.value("metadata.ownerReferences[0].kind")
    return "component" in pod.derived or is_controller_pod(pod.name) or owner in ARC_KINDS


def _climb(case: Case) -> _Graph:
    """Follow every object of ARC upwards, through what is in the bundle and what is implied."""
    graph = _Graph()
    for seed in _seeds(case):
        ref, item = settle_ref(seed, case)
        while ref not in graph.items:
            graph.items[ref] = item
            tie = tie_of(ref, item, case)
            if tie is None:
                break
            above, item = settle_ref(tie.above, case)
            graph.ties[ref] = Tie(above, tie.inferred)
            ref = above
    return graph


def _cut(graph: _Graph) -> None:
    """Cut what would make the tree endless or too deep: each cut only shortens what is left."""
    for ref in sorted(graph.ties, key=_by_kind):
        above: Ref | None = ref
        for _ in range(MOST_LEVELS):
            tie = graph.ties.get(above) if above is not None else None
            above = tie.above if tie is not None else None
        if above is not None:
            del graph.ties[ref]


def _by_kind(ref: Ref) -> tuple[int, str, str, str]:
    rank = _ORDER.index(ref.kind) if ref.kind in _ORDER else len(_ORDER)
    return rank, ref.kind, ref.namespace or "", ref.name


def _node(ref: Ref, graph: _Graph, case: Case) -> Node:
    item, tie = graph.items[ref], graph.ties.get(ref)
    below = [_node(child, graph, case) for child in sorted(graph.below[ref], key=_by_kind)]
    remarks: tuple[str, ...] = ()
    if ref.kind == "AutoscalingRunnerSet" and item is not None:
        listeners = sum(node.kind == "AutoscalingListener" for node in below)
        remarks = scale_set_remarks(item, listeners, case)
        if not listeners and (implied := implied_listener(item, case)):
            below.insert(0, node_of(implied, None, case, inferred=True))
    elif ref.kind == "AutoscalingListener" and tie is not None:
        remarks = listener_remarks(ref, tie.above, case)
    uses = uses_of(item, case) if item is not None else ()
    inferred = tie is not None and tie.inferred
    if tie is None and item is None:
        inferred = any(graph.ties[c].inferred for c in graph.below[ref])
    return node_of(ref, item, case, inferred=inferred, remarks=remarks, children=(*uses, *below))
