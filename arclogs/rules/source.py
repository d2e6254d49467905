"""YAML of rule files with the place of every key, so that each error can name its line.

Rule files are data: plain scalars, lists and mappings. Aliases, tags and duplicate keys are errors,
and a file is limited in size and depth, since packs may come from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from arclogs.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40
_TAGS = {
    "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq",
}  # fmt: skip

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A parsed rule file and the place (line, column; from 1) of every key and item in it."""

    path: Path
    data: Any
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def position(self, path: KeyPath) -> tuple[int, int]:
        """Return line and column of a key path, or of its nearest parent that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def place(self, path: KeyPath) -> str:
        """Return `file:line:column` of a key path, or of its nearest parent."""
        line, column = self.position(path)
        return f"{self.path}:{line}:{column}"


def read_source(path: Path) -> RuleSource:
    """Read and parse a rule file; raise RuleError with its place."""
    return parse_source(read_text(path), path)


def read_text(path: Path) -> str:
    """Return the text of a rule file; raise RuleError where it is none."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", str(path)) from error
    if len(raw) > MAX_BYTES:
        raise RuleError(f"larger than {MAX_BYTES // 1024} KiB; split it", str(path))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RuleError("not UTF-8 text; save it as UTF-8", f"{path}:{line}:1") from error


def parse_source(text: str, path: Path) -> RuleSource:
    """Parse the text of a rule file; raise RuleError with its place."""
    _refuse_deep(text, path)
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleError("the file is empty", f"{path}:1:1")
        places: dict[KeyPath, tuple[int, int]] = {}
        return RuleSource(path, _Builder(path, places).build(node, ()), places)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise RuleError(f"not valid YAML: {error.problem}", place) from error
    except yaml.YAMLError as error:
        raise RuleError(f"not valid YAML: {error}", str(path)) from error
    finally:
        loader.dispose()


def _refuse_deep(text: str, path: Path) -> None:
    # the C parser overflows the stack on deep nesting: look before it does
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        depth += line.count("[") + line.count("{") - line.count("]") - line.count("}")
        if depth > MAX_DEPTH * 5 or len(line) - len(line.lstrip(" ")) > MAX_DEPTH * 8:
            raise RuleError("nested too deeply", f"{path}:{number}:1")


class _Builder:
    def __init__(self, path: Path, places: dict[KeyPath, tuple[int, int]]) -> None:
        self._path = path
        self._places = places
        self._scalars = yaml.constructor.SafeConstructor()
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, at: KeyPath) -> Any:
        self._places.setdefault(at, (node.start_mark.line + 1, node.start_mark.column + 1))
        if id(node) in self._seen and not isinstance(node, yaml.ScalarNode):
            raise self._error(node, "aliases (&name, *name) are not allowed in rules")
        self._seen.add(id(node))
        if node.tag not in _TAGS:
            raise self._error(node, f"the tag {node.tag} is not allowed in rules")
        if len(at) > MAX_DEPTH:
            raise self._error(node, "nested too deeply")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*at, i)) for i, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value
        return self._scalars.construct_object(node)

    def _mapping(self, node: yaml.MappingNode, at: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self._error(key_node, "keys must be plain text")
            key = str(key_node.value)
            if key in result:
                raise self._error(key_node, f"the key {key!r} stands here twice")
            self._places[(*at, key)] = (
                key_node.start_mark.line + 1,
                key_node.start_mark.column + 1,
            )
            result[key] = self.build(value_node, (*at, key))
        return result

    def _error(self, node: yaml.Node, message: str) -> RuleError:
        mark = node.start_mark
        return RuleError(message, f"{self._path}:{mark.line + 1}:{mark.column + 1}")
