"""ARC's tree of owners, drawn with lines.

AutoscalingRunnerSet linux-k8s (arc-runners)  2 runners
└─ EphemeralRunnerSet linux-k8s-7hx2q  [inferred, not collected]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.catalog import TreeNode

_STANDING: Final = {"seen": "", "absent": "absent", "unknown": "not collected"}


class _Lines(NamedTuple):
    branch: str
    last: str
    through: str
    nothing: str


_DRAWN: Final = _Lines("├─ ", "└─ ", "│  ", "   ")
_ASCII: Final = _Lines("|- ", "`- ", "|  ", "   ")


def render_tree(roots: Sequence[TreeNode], *, ascii_only: bool = False) -> str:
    """Return the trees, one line a node."""
    lines = _ASCII if ascii_only else _DRAWN
    return "".join(f"{line}\n" for root in roots for line in _node(root, lines, "", "", None))


def _node(node: TreeNode, lines: _Lines, lead: str, below: str, home: str | None) -> Iterator[str]:
    yield lead + sanitize(_said(node, home))
    for number, child in enumerate(node.children, 1):
        last = number == len(node.children)
        yield from _node(
            child,
            lines,
            below + (lines.last if last else lines.branch),
            below + (lines.nothing if last else lines.through),
            node.namespace or home,
        )


def _said(node: TreeNode, home: str | None) -> str:
    """Return a node in words; its namespace only where it is another than above."""
    role = f"{node.role} " if node.role else ""
    place = f" ({node.namespace})" if node.namespace and node.namespace != home else ""
    marks = [
        mark for mark in ("inferred" if node.inferred else "", _STANDING[node.standing]) if mark
    ]
    # A job is no object: it is known from its runner or not at all.
    marks = [] if node.kind == "job" else marks
    said = [
        f"{role}{node.kind} {node.name}{place}",
        node.state,
        f"[{', '.join(marks)}]" if marks else "",
        "; ".join(node.remarks),
    ]
    return "  ".join(part for part in said if part)
