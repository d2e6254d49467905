"""The list of the Objects screen: ARC's tree of owners, then everything by kind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from arclogs.tui.models.block import BLANK, Block, Fold, OfObject, Part, Tone, heading, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.catalog import CatalogObject, TreeNode
    from arclogs.tui.models.block import Target
    from arclogs.tui.session.objects import ObjectsFound

MOST_CHILDREN: Final = 50
"""Of one kind below one node, before the rest is folded; those in trouble come first."""
LEGEND: Final = "≈ implied by names · ∅ not collected"
_STANDING: Final = {"seen": "", "absent": "✖ absent", "unknown": "∅"}
_TROUBLE: Final = ("Failed", "Error", "BackOff", "Terminating", "Evicted", "OOMKilled", "NotReady",
                   "Unknown", "Pending", "Unschedulable")  # fmt: skip


def object_list(found: ObjectsFound, opened: frozenset[str], wanted: str) -> list[Block]:
    """Return the list: whatever holds the wanted text, the owners above it included."""
    told = wanted.casefold()
    tree = [b for root in found.roots for b in _node(root, "", "", told, opened, home=None)]
    blocks = [heading("ARC's tree"), *tree] if tree else []
    ordered = sorted(found.objects, key=lambda o: (o.kind, o.declared, o.namespace or "", o.name))
    for kind, members in groupby(ordered, lambda o: o.kind):
        kept = [
            o for o in members if told in f"{o.kind} {o.namespace} {o.name} {o.state}".casefold()
        ]
        if kept:
            blocks += _kind(kind, kept, is_open=bool(wanted) or kind in opened)
    return blocks or [line(f"nothing holds {wanted!r}" if wanted else "no objects in the bundle")]


def above(blocks: Sequence[Block], target: Target) -> OfObject | None:
    """Return what an object hangs from in the tree, also where only names imply it."""
    at = next((i for i, block in enumerate(blocks) if block.target == target), 0)
    for block in reversed(blocks[:at]):
        if _depth(block) < _depth(blocks[at]) and isinstance(block.target, OfObject):
            return block.target
    return None


def _depth(block: Block) -> int:
    return sum(len(part.text) for part in block.lead)


def _kind(kind: str, members: list[CatalogObject], *, is_open: bool) -> Iterator[Block]:
    sign = "[-]" if is_open else "[+]"
    yield BLANK
    yield Block((Part(kind, Tone.HEADING), Part(f" {len(members):,} {sign}")), target=Fold(kind))
    for item in members if is_open else ():
        name = item.name or f"(a piece without a name, line {item.shown[0].line})"
        place = f" ({item.namespace})" if item.namespace else ""
        marks = "  declared" if item.declared else ""
        parts = (Part(f"{name}{place}"), Part(f"  {item.state}" if item.state else "", look(item.state)),
                 Part(marks, Tone.DIM))  # fmt: skip
        yield Block(parts, 1, (), OfObject(kind, item.namespace, item.name), item.name)


def look(state: str) -> Tone:
    """Return the look of a state."""
    return Tone.FAILED if any(word in state for word in _TROUBLE) else Tone.HELD


def _node(
    node: TreeNode, lead: str, below: str, wanted: str, opened: frozenset[str], home: str | None
) -> Iterator[Block]:
    if wanted and not _holds(node, wanted):
        return
    yield _line_of(node, lead, home)
    children = [c for c in node.children if not wanted or _holds(c, wanted)]
    shown, rest = _first(children, node, opened)
    for number, child in enumerate(shown, 1):
        last = number == len(shown) and not rest
        branch, through = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _node(child, below + branch, below + through, wanted, opened,
                         node.namespace or home)  # fmt: skip
    if rest:
        more = Part(f"and {rest:,} more [+]", Tone.DIM)
        yield Block((more,), 0, (Part(f"{below}└─ ", Tone.DIM),), Fold(_fold(node)))


def _first(
    children: list[TreeNode], node: TreeNode, opened: frozenset[str]
) -> tuple[list[TreeNode], int]:
    if len(children) <= MOST_CHILDREN or _fold(node) in opened:
        return children, 0
    ranked = sorted(children, key=lambda c: look(c.state) is not Tone.FAILED)
    kept = {id(child) for child in ranked[:MOST_CHILDREN]}
    return [c for c in children if id(c) in kept], len(children) - MOST_CHILDREN


def _fold(node: TreeNode) -> str:
    return f"{node.kind}/{node.namespace}/{node.name}"


def _holds(node: TreeNode, wanted: str) -> bool:
    said = f"{node.kind} {node.namespace} {node.name} {node.state}".casefold()
    return wanted in said or any(_holds(child, wanted) for child in node.children)


def _line_of(node: TreeNode, lead: str, home: str | None) -> Block:
    role = f"{node.role} " if node.role else ""
    place = f" ({node.namespace})" if node.namespace and node.namespace != home else ""
    marks = [m for m in ("≈" if node.inferred else "", _STANDING[node.standing]) if m]
    # A job is no object: it is known from its runner or not at all.
    marks = [] if node.kind == "job" else marks
    parts = [Part(f"{role}{node.kind} ", Tone.DIM), Part(f"{node.name}{place}")]
    if node.state:
        parts.append(Part(f"  {node.state}", look(node.state)))
    if marks:
        parts.append(Part(f"  {' '.join(marks)}", Tone.UNKNOWN))
    if node.remarks:
        parts.append(Part(f"  {'; '.join(node.remarks)}", Tone.DIM))
    target = OfObject(node.kind, node.namespace, node.name)
    return Block(tuple(parts), 0, (Part(lead, Tone.DIM),), target, node.name)
