"""The objects of a case as people ask for them: by kind, name and namespace, and as a tree."""

from __future__ import annotations

import difflib
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from arclogs.browse.kind_names import kind_named
from arclogs.case.chain.chain import chain
from arclogs.case.coverage.coverage import stamp
from arclogs.case.state import state_of
from arclogs.errors import UsageError
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.model.catalog import CatalogObject, Related, Shown, TreeNode
from arclogs.model.observation import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.case.case import Case
    from arclogs.case.chain.node import Node
    from arclogs.case.objects.objects import KubeObject

_BY: Final[dict[Trust, Literal["yaml", "describe", "table", "declared"]]] = {
    Trust.LIVE: "yaml",
    Trust.DESCRIBE: "describe",
    Trust.TABLE: "table",
    Trust.DECLARED: "declared",
}
_CLOSE: Final = 0.6


class Catalog(Struct, frozen=True, dict=True):
    """Finds objects of a case, those that are only declared among them."""

    case: Case

    @cached_property
    def _items(self) -> tuple[tuple[KubeObject, bool], ...]:
        return (
            *((item, False) for item in self.case.live.everything()),
            *((item, True) for item in self.case.declared.everything()),
        )

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of which there are objects."""
        return frozenset(item.kind for item, _ in self._items)

    def kind(self, word: str) -> str:
        """Return the kind that a word stands for; raise UsageError where it stands for none."""
        return kind_named(word, self.kinds)

    def find(
        self, kind: str, name: str | None = None, namespace: str | None = None
    ) -> list[KubeObject]:
        """Return objects of a kind; raise UsageError where none has the name.

        `namespace` keeps what is in it; what has no namespace, or does not show it, stays.
        """
        fits = [
            item
            for item, _ in self._items
            if item.kind == kind and (namespace is None or item.namespace in (namespace, None))
        ]
        if name is None:
            return fits
        return [i for i in fits if i.name == name] or self._refuse(kind, name, namespace, fits)

    def _refuse(
        self, kind: str, name: str, namespace: str | None, there: Iterable[KubeObject]
    ) -> list[KubeObject]:
        names = sorted({item.name for item in there if item.name})
        close = difflib.get_close_matches(name, names, 1, _CLOSE)
        # A runner is often told by the five letters at the end of its name.
        close = close or [n for n in names if n.endswith(f"-{name}") or f"-{name}-" in n][:1]
        hint = f" (did you mean {close[0]}?)" if close else ""
        where = f" in namespace {namespace}" if namespace else ""
        raise UsageError(
            f"there is no {kind} {name!r}{where}{hint}; {self.whether_collected(kind, namespace)}"
        )

    def whether_collected(self, kind: str, namespace: str | None = None) -> str:
        """Return what it means that an object of a kind is not in the bundle, as a clause."""
        home = None if kind in CLUSTER_SCOPED else namespace
        proof = self.case.collected.proof(kind, home)
        if proof is not None:
            return f"all of the kind were collected ({proof.location})"
        known = [i.namespace for i, declared in self._items if i.kind == kind and not declared]
        if home is None and kind in self.case.collected.kinds():
            return "the kind was collected for some namespaces only"
        return (
            "there may be others: the bundle does not show all of the kind"
            if known
            else "not collected"
        )

    def describe(self, item: KubeObject, *, whole: bool = False) -> CatalogObject:
        """Return what the list shows of an object; `whole`: its owners and events too."""
        shown = tuple(
            Shown(
                by=_BY[seen.trust],
                member=seen.location.member,
                line=seen.location.line,
                complete=seen.complete,
            )
            for seen in item.observations
        )
        return CatalogObject(
            kind=item.kind,
            namespace=item.namespace,
            name=item.name,
            state=state_of(item),
            declared=item.observations[0].trust is Trust.DECLARED,
            shown=shown,
            owners=tuple(self._owners(item)) if whole else (),
            events=tuple(self._events(item)) if whole else (),
        )

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """Return ARC's trees (`case.chain.chain`)."""
        return chain(self.case)

    def _owners(self, item: KubeObject) -> Iterator[str]:
        """Yield what stands above an object in the tree, the nearest first."""
        for root in self.roots:
            path: list[Node] = []
            for depth, node in root.walk():
                path[depth:] = [node]
                if (node.kind, node.name) == (item.kind, item.name) and not node.role:
                    for above in reversed(path[:depth]):
                        marks = f" ({', '.join(above.marks)})" if above.marks else ""
                        yield f"{above.kind} {above.name}{marks}"
                    return

    def _events(self, item: KubeObject) -> Iterator[Related]:
        for event in self.case.events:
            if (event.kind, event.name) != (item.kind, item.name):
                continue
            if event.namespace and item.namespace and event.namespace != item.namespace:
                continue
            yield Related(
                time=stamp(event.last),
                type=event.type or "",
                reason=event.reason,
                message=event.message,
                count=event.count,
                member=event.location.member,
                line=event.location.line,
            )

    def tree(self, kind: str | None = None, name: str | None = None,
             namespace: str | None = None) -> list[TreeNode]:  # fmt: skip
        """Return the trees that hold an object of the kind, name and namespace."""

        def wanted(node: Node) -> bool:
            return (
                (kind is None or node.kind == kind)
                and (name is None or node.name == name)
                and (namespace is None or node.namespace == namespace)
            )

        return [
            _tree_node(root) for root in self.roots if any(wanted(node) for _, node in root.walk())
        ]


def _tree_node(node: Node) -> TreeNode:
    return TreeNode(
        kind=node.kind,
        namespace=node.namespace,
        name=node.name,
        state=node.state,
        standing=node.standing,
        inferred=node.inferred,
        role=node.role,
        remarks=node.remarks,
        member=node.location.member if node.location else None,
        line=node.location.line if node.location else None,
        children=tuple(_tree_node(child) for child in node.children),
    )
