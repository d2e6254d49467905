"""The passage that an object was read from, and on which of its lines a field stands.

    - apiVersion: v1                      find(("metadata", "name")) → line 4, "    name: default"
      kind: ServiceAccount
      metadata:
        name: default

Lines are looked up in the text itself, by libyaml's parse marks (JSON is YAML in flow style), and
only when a finding needs one: most objects are never asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

REDACTED = "<redacted>"
"""What stands for the values of a Secret, which are dropped while reading."""

_COMPOSED_CHARS = 2 * 1024 * 1024  # an etcd value is 1.5 MiB at most
_SHOWN_CHARS = 4096  # a compact JSON dump is one line: only the field's part of it is shown
_EXCERPT = 400

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ObjectText:
    """A passage of a member, as it stands there.

    The loader refuses what nests deeper than 128 levels before a passage becomes one, so that
    composing it cannot exhaust the C stack.
    """

    first_line: int
    text: str
    within: Path = ()
    """Where in the passage the object is: `(0,)` where its list dash belongs to the passage."""

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and text of the line on which a field stands, None for one not there."""
        root = _compose(self.text)
        mark = _mark(root, (*self.within, *path)) if root is not None else None
        if mark is None:
            return None
        # By index: YAML counts CR, NEL and U+2028 as line ends too, editors do not.
        start = self.text.rfind("\n", 0, mark.index) + 1
        end = self.text.find("\n", mark.index)
        end = len(self.text) if end < 0 else end
        if end - start > _SHOWN_CHARS:
            start, end = mark.index, min(end, mark.index + _EXCERPT)
        return self._number(mark.index), self.text[start:end]

    def _number(self, index: int) -> int:
        return self.first_line + self.text.count("\n", 0, index)


@dataclass(frozen=True, slots=True)
class KnownLines:
    """Locator of an object whose passage is not kept."""

    lines: Mapping[Path, tuple[int, str]]

    def find(self, path: Path) -> tuple[int, str] | None:
        return self.lines.get(path)


def sealed(text: ObjectText, secret: tuple[Path, ...]) -> KnownLines:
    """Return the lines of a passage without those values that lie below the `secret` paths."""
    root = _compose(text.text)
    node = _descend(root, text.within) if root is not None else None
    lines: dict[Path, tuple[int, str]] = {}
    number, counted = text.first_line, 0
    for path, key, value in _fields(node, ()) if node is not None else ():
        begin = key.start_mark.index
        number, counted = number + text.text.count("\n", counted, begin), begin
        hidden = any(path[: len(start)] == start for start in secret)
        # Only this field's part of the row: in compact JSON the row holds the values as well.
        shown = text.text[begin : key.end_mark.index]
        if isinstance(value, yaml.ScalarNode) and not hidden:
            shown = text.text[begin : value.end_mark.index]
        lead = text.text[text.text.rfind("\n", 0, begin) + 1 : begin]
        shown = ("" if lead.strip(" -") else lead) + shown.split("\n", 1)[0][:_SHOWN_CHARS]
        lines[path] = (number, f"{shown}: {REDACTED}" if hidden else shown)
    return KnownLines(lines)


@lru_cache(maxsize=4)  # several fields of one object are asked for in a row
def _compose(text: str) -> yaml.Node | None:
    if len(text) > _COMPOSED_CHARS:
        return None
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError):
        return None  # JSON may hold escapes that YAML does not know
    return root


def _mark(node: yaml.Node, path: Path) -> yaml.Mark | None:
    """Return where the key (in a mapping) or the item (in a list) at the end of a path begins."""
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
