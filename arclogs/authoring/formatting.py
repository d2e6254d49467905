"""The canonical form of a rule file: keys in one order, one indentation, no spaces at the ends of lines.

Comments stay with the key that they stand above. What carries meaning by its order (signals, the
fields of a `where`, steps, tests) stays as it is, and so do quotes, braces and the lines of prose: where
to break them is the author's judgement.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from arclogs.errors import RuleError
from arclogs.lazy_regex import lazy_compile
from arclogs.rules.files.source import parse_source
from arclogs.rules.language.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arclogs.rules.files.source import KeyPath, RuleSource

_UNWRAPPED: Final = 100_000
"""Columns. A pattern or command that goes over two lines is hard to search for."""
_STEP: Final = ("title", "command", "risk")
_CONDITION: Final = ("all", "any", "none", "unless", "unknown")
_ITEMS: Final = {
    "fix": _STEP,
    "verify": _STEP,
    "collect": ("why", "command"),
    "references": ("url", "note"),
    "tests": ("name", "base", "twin_of", "files", "change", "without", "expect"),
    "signals": (
        "says", "log", "event", "object", "rule", "fact", "sequence", "state", "match", "contains",
        "unless", "where", "level", "exists", "capture", "cite", "near", "count", "equals", "from",
        "below", "within",
    ),
}  # fmt: skip
_BELOW: Final = {
    ("signals", "event"): ("type", "reason", "kind", "message"),
    ("tests", "expect"): ("fires", "confidence", "captures", "evidence"),
    ("tests", "change"): ("file", "replace", "with"),
}
_COMMENT: Final = lazy_compile(r"^( *)#")


def format_rule(text: str, path: Path) -> str:
    """Return a rule file in canonical form; raise RuleError for what is no rule file."""
    source = parse_source(text, path)
    data = source.data
    while (misplaced := _misplaced(text, source)) is not None:
        text = _in_order(text, source, misplaced)
        source = parse_source(text, path)
    restyled = _restyled(text)
    # spaces at the end of a line mean something in a block of text: a log may have them
    for form in ("\n".join(map(str.rstrip, restyled.split("\n"))), restyled):
        if parse_source(form, path).data == data:
            return form
    raise RuleError("cannot be formatted without changing what it says; left as it is", str(path))


def canonical(path: KeyPath) -> tuple[str, ...] | None:
    """Return the order of the keys of the mapping at a path, or None where the order is the author's."""
    names = tuple(part for part in path if isinstance(part, str))
    match names:
        case ():
            return tuple(Rule.__struct_fields__)
        case ("confidence",):
            return ("confirmed", "likely", "possible")
        case ("confidence", *_):
            return _CONDITION
        case ("signals", _):
            return _ITEMS["signals"]
        case ("signals", _, "event"):
            return _BELOW["signals", "event"]
        case (name,):
            return _ITEMS.get(name) if len(path) == 2 else None
        case (name, below):
            return _BELOW.get((name, below))
        case _:
            return None


def _misplaced(text: str, source: RuleSource) -> KeyPath | None:
    """Return a block mapping whose keys are not in order."""
    lines = text.split("\n")
    for path, keys in _mappings(source.data, ()):
        wanted = _sorted(keys, path)
        if wanted != keys and _is_block(lines, source, path, keys):
            return path
    return None


def _mappings(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, list[str]]]:
    if isinstance(value, dict):
        yield path, list(value)
        for key, item in value.items():
            yield from _mappings(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _mappings(item, (*path, number))


def _sorted(keys: Sequence[str], path: KeyPath) -> list[str]:
    order = canonical(path)
    if order is None:
        return list(keys)
    return sorted(keys, key=lambda k: order.index(k) if k in order else len(order))


def _is_block(lines: list[str], source: RuleSource, path: KeyPath, keys: Sequence[str]) -> bool:
    places = [source.places[(*path, key)] for key in keys]
    before = [lines[line - 1][: column - 1] for line, column in places]
    return all(text.strip() in ("", "-") for text in before)


def _in_order(text: str, source: RuleSource, path: KeyPath) -> str:
    """Move the lines of each key of a block mapping, with the comments above it."""
    lines = text.rstrip("\n").split("\n")
    keys = list(_at(source.data, path))
    starts = [_start(lines, *source.places[(*path, key)]) for key in keys]
    if not path:  # what stands at the head of the file is said of the whole file
        starts[0] = source.places[(keys[0],)][0] - 1
    chunks = [
        lines[start:end] for start, end in zip(starts, [*starts[1:], _end(lines, source, path)])
    ]
    column = source.places[(*path, keys[0])][1]
    first = source.places[(*path, keys[0])][0] - 1 - starts[0]
    item = chunks[0][first][: column - 1].strip() == "-"
    if item:  # the dash belongs to whatever key comes first
        chunks[0][first] = " " * (column - 1) + chunks[0][first][column - 1 :]
    by_key = dict(zip(keys, chunks))
    moved = [line for key in _sorted(keys, path) for line in by_key[key]]
    if item:
        number = next(n for n, line in enumerate(moved) if not _COMMENT.match(line))
        moved[number] = " " * (column - 3) + "- " + moved[number][column - 1 :]
    return "\n".join([*lines[: starts[0]], *moved, *lines[starts[0] + len(moved) :], ""])


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _start(lines: list[str], line: int, column: int) -> int:
    """Return the index of the first line of a key, the comments right above it included."""
    start = line - 1
    if lines[start][: column - 1].strip() == "-":
        return start  # what stands above an item is said of the item
    while start > 0 and (found := _COMMENT.match(lines[start - 1])) and len(found[1]) == column - 1:
        start -= 1
    return start


def _end(lines: list[str], source: RuleSource, path: KeyPath) -> int:
    """Return the index behind the last line of a mapping: where the next key or item begins."""
    inside = len(path)
    last = max(place for at, place in source.places.items() if at[:inside] == path)
    later = [place for at, place in source.places.items() if at[:inside] != path and place > last]
    if not later:
        return len(lines)
    return _start(lines, *min(later))


def _restyled(text: str) -> str:
    yaml = YAML(typ="rt")
    yaml.width = _UNWRAPPED
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    document = yaml.load(text)
    _order_flow(document, ())
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _order_flow(value: Any, path: KeyPath) -> None:
    """Put the keys of mappings in braces in order; those in lines were moved with their comments."""
    if isinstance(value, CommentedMap):
        if value.fa.flow_style():
            for key in _sorted(list(value), path):
                value.move_to_end(key)
        for key, item in value.items():
            _order_flow(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _order_flow(item, (*path, number))
