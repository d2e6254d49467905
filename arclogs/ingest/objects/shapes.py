"""Objects of many alike, kept as one shape and a row of values each.

    {kind: Pod, metadata: {name: a}}        shape  (("kind", "metadata"), (None, (("name",), (None,))))
    {kind: Pod, metadata: {name: b}}        rows   ["Pod", "a"]   ["Pod", "b"]

A mapping is its keys and their shapes, a list one tuple of shapes, a scalar None. Of ten thousand pods
that one controller made there are a dozen shapes; a tree of mappings for each would take six times
the memory, and to ask all of them for one field would touch each tree on the way to it. What is known
to be the same in all of them (`templates`) stands in the shape and not in the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct, field

Row: TypeAlias = Sequence[Any]
Spec: TypeAlias = "tuple[Any, ...] | None"
Path: TypeAlias = tuple[str, ...]

SHARED: Final = -1
"""Where the value of a place stands that has the same in all objects: in no row."""


class Node(Struct, eq=False):
    """A place in a shape; its values stand in a row from `start` on."""

    start: int
    fields: dict[str, Node] | None = None
    """Of a mapping."""
    items: list[Node] | None = None
    """Of a list."""
    shared: Any = None
    """The value of one that is the same in all objects."""

    @property
    def scalar(self) -> bool:
        """Tell a place of one value."""
        return self.fields is None and self.items is None

    def of(self, row: Row) -> Any:
        """Return what stands here in a row, in mappings and lists of its own."""
        if self.fields is not None:
            return {key: node.of(row) for key, node in self.fields.items()}
        if self.items is not None:
            return [node.of(row) for node in self.items]
        return self.shared if self.start == SHARED else row[self.start]


class Shape(Struct, eq=False):
    """What all objects with the same keys in the same order share."""

    root: Node
    plans: dict[Any, Any] = field(default_factory=dict)
    """Where paths lead in any object of this shape (`case.objects.plans`)."""
    _nodes: dict[Path, Node | None] = field(default_factory=dict)

    def node(self, path: Path) -> Node | None:
        """Return the place that keys lead to, None where they lead nowhere."""
        if path not in self._nodes:
            at: Node | None = self.root
            for key in path:
                at = at.fields.get(key) if at is not None and at.fields is not None else None
            self._nodes[path] = at
        return self._nodes[path]


class Flat(Mapping[str, Any]):
    """The fields of one object."""

    __slots__ = ("row", "shape")

    def __init__(self, shape: Shape, row: Row) -> None:
        self.shape = shape
        self.row = row

    def __getitem__(self, key: str) -> Any:
        return self._fields[key].of(self.row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    def get(self, key: str, default: Any = None) -> Any:
        """Return what a key leads to; the mapping's own way to it goes through an exception."""
        node = self._fields.get(key)
        return default if node is None else node.of(self.row)

    @property
    def _fields(self) -> dict[str, Node]:
        return self.shape.root.fields or {}

    def at(self, *path: str) -> Any:
        """Return what keys lead to, None where there is nothing."""
        node = self.shape.node(path)
        return None if node is None else node.of(self.row)

    def tree(self) -> dict[str, Any]:
        """Return the fields in mappings and lists of their own."""
        return {key: node.of(self.row) for key, node in self._fields.items()}


def shape_of(spec: Spec) -> Shape:
    """Return the shape that a specification describes, as `parser_child` gives it."""
    root, _ = _node(spec, 0)
    return Shape(root)


def place_of(value: Any, scalars: Iterator[Node]) -> Node:
    """Return the place of a value, whose scalars stand at the places given, in order."""
    if isinstance(value, dict):
        return Node(SHARED, fields={key: place_of(below, scalars) for key, below in value.items()})
    if isinstance(value, list):
        return Node(SHARED, items=[place_of(below, scalars) for below in value])
    return next(scalars)


def _node(spec: Spec, start: int) -> tuple[Node, int]:
    """Return a place and where the next one's values begin."""
    if spec is None:
        return Node(start), start + 1
    at, nodes = start, []
    for below in spec[-1]:
        node, at = _node(below, at)
        nodes.append(node)
    if len(spec) == 1:
        return Node(start, items=nodes), at
    return Node(start, fields=dict(zip(spec[0], nodes))), at
