"""The YAML of a rule file, read by libyaml: values, and the line and column of each key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from arclogs.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.rules.files.source import KeyPath

MAX_DEPTH = 40
_TAGS = {
    "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq",
}  # fmt: skip


def parse(text: str, path: Path, places: dict[KeyPath, tuple[int, int]]) -> Any:
    """Return what a rule file's text holds, and put the place of each key into `places`.

    Raise RuleError with the place of what is wrong.
    """
    _refuse_deep(text, path)
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleError("the file is empty", f"{path}:1:1")
        return _Builder(path, places).build(node, ())
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
