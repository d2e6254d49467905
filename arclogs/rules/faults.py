"""What pydantic says of a rule file, in words for its author and with the place in the file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from arclogs.errors import RuleError
from arclogs.rules.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from arclogs.model.frozen import Frozen
    from arclogs.rules.source import KeyPath, RuleSource

_UNION_TAGS = frozenset({"str", "Condition"})


def faults(
    source: RuleSource, error: ValidationError, shape: type[Frozen] = Rule
) -> Iterator[RuleError]:
    """Yield every fault of a file, each once, in the order in which they stand in it.

    `shape` is the model whose keys a misspelt one is compared with.
    """
    told = set()
    for detail in sorted(error.errors(), key=lambda d: _position(source, d)):
        fault = _fault(source, detail, shape)
        if str(fault) not in told:
            told.add(str(fault))
            yield fault


def _position(source: RuleSource, detail: ErrorDetails) -> tuple[int, int]:
    return source.position(_key_path(source, detail["loc"]))


def _fault(source: RuleSource, detail: ErrorDetails, shape: type[Frozen]) -> RuleError:
    path = _key_path(source, detail["loc"])
    name = detail["loc"][-1] if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        import difflib

        close = difflib.get_close_matches(str(name), _known_keys(shape), 1)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        return RuleError(f"unknown key {name!r}{hint}", source.place(path))
    if detail["type"] == "missing":
        return RuleError(f"the key {name!r} is missing", source.place(path[:-1]))
    message = str(detail["msg"]).removeprefix("Value error, ")
    where = ".".join(str(p) for p in path)
    return RuleError(f"{where}: {message}" if where else message, source.place(path))


def _key_path(source: RuleSource, loc: tuple[int | str, ...]) -> KeyPath:
    """Drop the names of union branches, which pydantic puts between the keys of the file."""
    if len(loc) > 2 and loc[0] == "signals":
        loc = (*loc[:2], *loc[3:])  # the kind of signal stands third
    path: KeyPath = ()
    for part in loc:
        if (*path, part) in source.places or part not in _UNION_TAGS:
            path = (*path, part)
    return path


@lru_cache(maxsize=2)
def _known_keys(shape: type[Frozen]) -> tuple[str, ...]:
    definitions: dict[str, Any] = shape.model_json_schema()
    shapes = [definitions, *definitions.get("$defs", {}).values()]
    return tuple(sorted({key for shape in shapes for key in shape.get("properties", {})}))
