"""The smallest piece of a file in which a line is still read as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from arclogs.authoring.draft.place import Field, Text, Thing, thing_at
from arclogs.model.event import Event
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

_WINDOWS: Final = (
    (0, 0, 0), (1, 0, 0), (0, 2, 0), (3, 3, 1), (0, 10, 1), (10, 10, 2), (10, 40, 2), (40, 200, 5),
    (300, 3_000, 200),
)  # fmt: skip
"""Lines of the head, before and after the line, from the fewest to the most."""
_MOST_TRIED: Final = 80
_ORIGIN: Final = ("namespace", "pod", "container", "job", "step", "hook", "hook_command")
_TABLE: Final = "{:<15} {:<11} {:<9} {:<24} {:<50} {}"
_HEADER: Final = ("NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE")
_KEPT_METADATA: Final = ("name", "namespace", "uid", "creationTimestamp", "labels")


def excerpt(text: Text, thing: Thing) -> str:
    """Return a file for a test that holds the line and enough around it to be read alike."""
    if isinstance(thing, Field):
        return _object(thing)
    if isinstance(thing, Event) and thing.reason not in thing.raw:
        return _row(thing)  # of a dump, in which it takes many lines
    return "\n".join([*(_lines(text, thing) or text.lines), ""])


def _lines(text: Text, thing: Record | Event) -> list[str] | None:
    """Try windows from small to large until the line is read as it is in the whole file."""
    alike: list[str] | None = None
    for head, before, after in _WINDOWS:
        lines, line = _window(text, thing, head, before, after)
        again = thing_at(text.name, lines, line)
        if _same(thing, again):
            if _origin(thing) == _origin(again):
                return _without_idle(text.name, lines, line, thing)
            alike = alike or lines
    return alike


def _without_idle(name: str, lines: list[str], line: int, thing: Record | Event) -> list[str]:
    """Leave out, one by one, the lines above that change nothing in how the line is read."""
    at = 0
    while len(lines) <= _MOST_TRIED and at < line - 1:
        shorter = lines[:at] + lines[at + 1 :]
        again = thing_at(name, shorter, line - 1)
        if _same(thing, again) and _origin(thing) == _origin(again):
            lines, line = shorter, line - 1
        else:
            at += 1
    return lines


def _window(
    text: Text, thing: Record | Event, head: int, before: int, after: int
) -> tuple[list[str], int]:
    """Return the lines of a window and where in it the line stands."""
    first = thing.line if isinstance(thing, Record) else thing.location.line
    last = first + len(thing.raw) - 1 if isinstance(thing, Record) else first
    start = max(0, first - 1 - before)
    top = text.lines[: min(head, start)]
    line = text.line if isinstance(thing, Record) else first
    return [*top, *text.lines[start : last + after]], len(top) + line - start


def _same(left: Thing, right: Thing | None) -> bool:
    match left, right:
        case Record(), Record():
            return (left.text, left.source, left.level) == (right.text, right.source, right.level)
        case Event(), Event():
            return _of(left) == _of(right)
        case _:
            return False


def _of(event: Event) -> tuple[str | None, ...]:
    return event.reason, event.message, event.type, event.kind, event.name, event.namespace


def _origin(thing: Thing | None) -> dict[str, str]:
    fields: Mapping[str, str] = thing.fields if isinstance(thing, Record) else {}
    return {key: fields[key] for key in _ORIGIN if key in fields}


def _row(event: Event) -> str:
    """Return an event of a dump as `kubectl get events -A` shows it."""
    kind = (event.kind or "pod").lower()
    cells = (event.namespace or "default", "2m", event.type or "Normal", event.reason,
             f"{kind}/{event.name or 'x'}", event.message.replace("\n", " "))  # fmt: skip
    return f"{_TABLE.format(*_HEADER)}\n{_TABLE.format(*cells)}\n"


def _object(field: Field) -> str:
    """Return an object with what names it and the one field, as YAML of the API server."""
    fields = field.observed.fields
    metadata = fields.get("metadata") or {}
    kept: dict[str, Any] = {
        "apiVersion": fields.get("apiVersion", "v1"),
        "kind": field.observed.kind,
        "metadata": {k: metadata[k] for k in _KEPT_METADATA if k in metadata},
    }
    _put(kept, fields, field.path)
    text: str = yaml.safe_dump(_plain(kept), sort_keys=False, width=10_000, allow_unicode=True)
    return text


def _put(kept: Any, source: Any, path: tuple[str | int, ...]) -> None:
    """Copy the branch of a tree that leads to a field, with what stands beside it in lists."""
    for position, key in enumerate(path):
        if isinstance(key, int):  # an item of a list: take it whole, or its name would be lost
            kept.append(source[key])
            return
        last = position == len(path) - 1
        if last:
            kept[key] = source[key]
            return
        follows: Any = [] if isinstance(path[position + 1], int) else {}
        kept = kept.setdefault(key, follows)
        source = source[key]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
