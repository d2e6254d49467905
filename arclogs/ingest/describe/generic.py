"""Custom resources as kubectl's generic describer prints them.

    Kind:         EphemeralRunner
    Metadata:
      Creation Timestamp:  2026-11-23T02:08:02Z
      Finalizers:
        ephemeralrunner.actions.github.com/finalizer

Written by kubectl `pkg/describe/describe.go` (printUnstructuredContent): fields sorted by name, items
of a list one after the other without a mark, all of the object but `managedFields`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.names import (
    BOOLEANS,
    LISTS,
    MAPS,
    NUMBERS,
    SCALAR_LISTS,
    field_name,
    scalar,
)

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

_DEPTH = 40
_HEAD = frozenset({"Name", "Namespace", "Labels", "Annotations", "Events"})
_AROUND_POD_SPEC = ("template", "ephemeralRunnerSpec", "spec")
_OPTIONAL_METADATA = (
    "metadata.deletionTimestamp",
    "metadata.finalizers",
    "metadata.ownerReferences",
)


def read_custom_resource(fields: ShownFields, root: Node) -> None:
    """Read all sections below the head into fields of the same nesting.

    Of ARC's own resources all field names are known, so what is not shown of them is absent, unless
    the text was trimmed by hand: then what stands at the end of a section is missing.
    """
    for node in root.children:
        if node.key and node.key not in _HEAD:
            _read(fields, node, (field_name(node.key, ""),), "", 0)
    metadata = root.get("Metadata")
    if _is_whole(fields, metadata) and metadata is not None and metadata.get("UID") is not None:
        fields.absent.update(_OPTIONAL_METADATA)
    version = root.get("API Version")
    if version is None or not version.value.startswith("actions.github.com/"):
        return
    if _is_whole(fields, root.get("Spec")) and _has_pod_spec(fields.fields.get("spec")):
        fields.absent.add("spec")
    if fields.open_from == sys.maxsize or _is_whole(fields, root.get("Status")):
        fields.absent.add("status")


def _is_whole(fields: ShownFields, section: Node | None) -> bool:
    return section is not None and section.line.number < fields.open_from


def _has_pod_spec(spec: Any) -> bool:
    """Tell whether a spec has what all of ARC's have: containers, or the listener's image."""
    return isinstance(spec, dict) and (
        "containers" in spec
        or "image" in spec
        or any(_has_pod_spec(spec.get(name)) for name in _AROUND_POD_SPEC)
    )


def _read(fields: ShownFields, node: Node, path: Path, parent: str, depth: int) -> None:
    name = str(path[-1])
    fields.mark(path, node.line)
    if node.value or node.tail:
        below = [inner.line.text.strip() for inner in node.below()]
        text = "\n".join([node.value, *node.tail, *below])
        value = None if text == "<nil>" else scalar(name, parent, text)
        fields.put(path, value, node.line)
    elif node.children:
        if depth < _DEPTH:
            _read_children(fields, node, path, name, depth + 1)
    elif name in LISTS:
        fields.put(path, [], node.line)
    elif name in MAPS or node.line.text.endswith(":"):
        fields.put(path, {}, node.line)
    elif name not in NUMBERS and name not in BOOLEANS:
        # An empty string leaves the blanks that pad its column; a number is never empty.
        fields.put(path, "", node.line)


def _read_children(fields: ShownFields, node: Node, path: Path, name: str, depth: int) -> None:
    keys = [child.key for child in node.children]
    if name in SCALAR_LISTS or not any(keys):
        for index, child in enumerate(node.children):
            text = "\n".join([child.line.text.strip(), *child.tail])
            fields.put((*path, index), text, child.line)
    elif name in LISTS or (name not in MAPS and len(set(keys)) < len(keys)):
        _read_items(fields, node, path, name, depth)
    else:
        for child in node.children:
            if child.key:
                _read(fields, child, (*path, field_name(child.key, name)), name, depth)


def _read_items(fields: ShownFields, node: Node, path: Path, name: str, depth: int) -> None:
    """Read objects of a list: their fields are sorted, so a step back in the names starts the next."""
    index, previous = -1, ""
    for child in node.children:
        if not child.key:
            continue
        key = field_name(child.key, name)
        if index < 0 or key <= previous:
            index += 1
            fields.mark((*path, index), child.line)
        previous = key
        _read(fields, child, (*path, index, key), name, depth)
