"""Signs that the capture of a description ends in the middle of a line.

Mounts:
  /home/runner/_work from work (rw)
  /var/run/secrets/kubernetes.io/servi
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.describe.kinds import KEYS
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.describe.grammar import Line, Node

_RULE_LINE = lazy_compile(
    r"[\s-]*$|\s*[^\s\[]*(?:\s*\[[^\]]*\]){3}$"
    r"|\s*Resources\s+Non-Resource URLs\s+Resource Names\s+Verbs$"
)
_MOUNT_LINE = lazy_compile(r".* from \S+ \(.*\)$")
# Sections whose lines have a fixed form, and that form.
_FORMS = {
    "Mounts": _MOUNT_LINE,
    "PolicyRule": _RULE_LINE,
    "Labels": lazy_compile(r".*="),
    "Node-Selectors": lazy_compile(r".*="),
}
# Sections of free lines: nothing can be said of their last one.
_FREE = frozenset({"Command", "Args", "Tolerations", "Taints", "Annotations", "Environment"})


def is_cut(lines: list[Line], root: Node) -> bool:
    """Tell whether the last line of an object is clearly no whole line."""
    last = next((line for line in reversed(lines) if not line.blank), None)
    if last is None:
        return False
    text = last.text.rstrip()
    if last.indent == 0:
        return _starts_key(text)
    parent, node = _deepest(root)
    if node is None or parent is None or node.line is not last or node.key:
        return False
    if parent.key in _FORMS:
        return _FORMS[parent.key].match(text) is None
    keyed = any(child.key for child in parent.children if child is not node)
    return keyed and parent.key not in _FREE and parent.line.number > 0


def _starts_key(text: str) -> bool:
    """`Toler`, `Node-Sel`: the beginning of a key at column 0."""
    return len(text) > 2 and any(key.startswith(text) and key != text for key in _ALL_KEYS)


def _deepest(root: Node) -> tuple[Node | None, Node | None]:
    parent: Node | None = None
    node: Node | None = None
    current = root
    while current.children:
        parent, node = current, current.children[-1]
        current = node
    return parent, node


_ALL_KEYS = KEYS | {
    "Priority",
    "Start Time",
    "Tolerations",
    "Termination Grace Period",
    "Finalizers",
}
