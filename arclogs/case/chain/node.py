"""A node of ARC's tree: an object, or what implies that there is or was one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from arclogs.case.state import state_of
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject
    from arclogs.case.ties import Ref
    from arclogs.model.location import Location

Standing: TypeAlias = Literal["seen", "absent", "unknown"]


class Node(Struct, frozen=True):
    """One thing of the tree."""

    kind: str
    name: str
    namespace: str | None = None
    state: str = ""
    standing: Standing = "seen"
    """Whether the object is in the bundle, proven not to exist, or was not collected."""
    inferred: bool = False
    """Its place in the tree, or that it exists, follows from ARC's naming rules only."""
    role: str = ""
    """How it serves what it stands below (`runs on`); empty in the chain of ownership."""
    remarks: tuple[str, ...] = ()
    location: Location | None = None
    children: tuple[Node, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what must be known before the node is believed."""
        marks = ("inferred",) if self.inferred else ()
        words = {"seen": (), "absent": ("absent",), "unknown": ("not collected",)}
        return (*marks, *words[self.standing])

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Yield this node and all below it, each with its depth, in order."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def owned(self) -> Node:
        """Return the tree without what only serves: nodes, volumes, jobs."""
        children = tuple(c.owned() for c in self.children if not c.role)
        return Node(
            self.kind, self.name, self.namespace, self.state, self.standing, self.inferred,
            self.role, self.remarks, self.location, children,
        )  # fmt: skip


def standing_of(ref: Ref, case: Case) -> Standing:
    """Tell whether an object that was not found is proven not to exist."""
    namespace = None if ref.kind in CLUSTER_SCOPED else ref.namespace
    return "absent" if case.collected.proof(ref.kind, namespace) else "unknown"


def node_of(
    ref: Ref,
    item: KubeObject | None,
    case: Case,
    *,
    inferred: bool = False,
    role: str = "",
    remarks: tuple[str, ...] = (),
    children: tuple[Node, ...] = (),
) -> Node:
    """Return the node of an object, or of the address of one that is not in the bundle."""
    return Node(
        ref.kind,
        ref.name,
        ref.namespace,
        state_of(item) if item is not None else "",
        "seen" if item is not None else standing_of(ref, case),
        inferred,
        role,
        remarks,
        item.location if item is not None else None,
        children,
    )
