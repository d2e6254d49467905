"""What pydantic says of a rule file, in words for its author and with the place in the file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from arclogs.errors import RuleError
from arclogs.rules.language.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from arclogs.model.frozen import Frozen
    from arclogs.rules.files.source import KeyPath, RuleSource

_UNION_TAGS: Final = frozenset({"str", "bool", "int", "float", "Condition"})
_LIST_TAG: Final = "list["
_ANOTHER_TYPE: Final = "Input should be a valid "


def faults(
    source: RuleSource, error: ValidationError, shape: type[Frozen] = Rule
) -> Iterator[RuleError]:
    """Yield every fault of a file, each once, in the order in which they stand in it.

    `shape` is the model whose keys a misspelt one is compared with.
    """
    told = set()
    details = sorted(error.errors(), key=lambda d: _position(source, d))
    for detail in _as_one(source, details):
        fault = _fault(source, detail, shape)
        if str(fault) not in told:
            told.add(str(fault))
            yield fault


def _as_one(source: RuleSource, details: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the faults of what may be of several types once, and not what other types say of one."""
    paths = [_key_path(source, detail["loc"]) for detail in details]
    above = {path[:end] for path in paths for end in range(len(path))}
    types: dict[KeyPath, set[str]] = {}
    for path, detail in zip(paths, details):
        if detail["type"].endswith("_type"):
            types.setdefault(path, set()).add(detail["msg"].removeprefix(_ANOTHER_TYPE))
    for path, detail in zip(paths, details):
        wanted = types.get(path, set()) if detail["type"].endswith("_type") else set()
        if len(wanted) > 1:
            detail["msg"] = f"{_ANOTHER_TYPE}{_or(wanted)}"
        if not (wanted and path in above):
            yield detail


def _or(words: set[str]) -> str:
    *others, last = sorted(words - ({"integer"} if "number" in words else set()))
    return f"{', '.join(others)} or {last}" if others else last


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
        if (*path, part) in source.places or not _is_tag(part):
            path = (*path, part)
    return path


def _is_tag(part: int | str) -> bool:
    return part in _UNION_TAGS or str(part).startswith(_LIST_TAG)


@lru_cache(maxsize=2)
def _known_keys(shape: type[Frozen]) -> tuple[str, ...]:
    definitions: dict[str, Any] = shape.model_json_schema()
    shapes = [definitions, *definitions.get("$defs", {}).values()]
    return tuple(sorted({key for shape in shapes for key in shape.get("properties", {})}))
