"""Where the fields of a YAML or JSON text stand, by the marks of libyaml's parser."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.objects.object_text import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMPOSED_CHARS = 2 * 1024 * 1024  # an etcd value is 1.5 MiB at most


class Field(NamedTuple):
    """A field of an object, as indexes into its text."""

    path: Path
    start: int
    """Of its key; of the item itself in a list."""
    key_end: int
    end: int
    """Of its value where that is a scalar, else of the key."""


@lru_cache(maxsize=4)  # several fields of one object are asked for in a row
def _compose(text: str) -> yaml.Node | None:
    if len(text) > _COMPOSED_CHARS:
        return None
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError):
        return None  # JSON may hold escapes that YAML does not know
    return root


def index_of(text: str, path: Path) -> int | None:
    """Return where the key (in a mapping) or the item (in a list) at the end of a path begins."""
    root = _compose(text)
    mark = _mark(root, path) if root is not None else None
    return mark.index if mark is not None else None


def fields_of(text: str, within: Path) -> Iterator[Field]:
    """Yield everything below the node at the path `within`."""
    root = _compose(text)
    node = _descend(root, within) if root is not None else None
    for path, key, value in _fields(node, ()) if node is not None else ():
        end = key.end_mark.index
        scalar = isinstance(value, yaml.ScalarNode)
        yield Field(path, key.start_mark.index, end, value.end_mark.index if scalar else end)


def _mark(node: yaml.Node, path: Path) -> yaml.Mark | None:
    if not path:
        return node.start_mark
    holder = _descend(node, path[:-1])
    if isinstance(holder, yaml.MappingNode):
        return next((k.start_mark for k, _ in holder.value if _is(k, path[-1])), None)
    found = _descend(holder, path[-1:]) if holder is not None else None
    return found.start_mark if found is not None else None


def _descend(node: yaml.Node, path: Path) -> yaml.Node | None:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next((v for k, v in node.value if _is(k, step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = node.value[step] if 0 <= step < len(node.value) else None
        else:
            return None
        if found is None:
            return None
        node = found
    return node


def _is(key: yaml.Node, step: str | int) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value == str(step)


def _fields(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.Node, yaml.Node]]:
    """Yield path, key node (the item itself in a list) and value of everything below a node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield (*path, key.value), key, value
                yield from _fields(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*path, index), item, item
            yield from _fields(item, (*path, index))
