"""Values that the objects of a case show to be secret: they must not stand in any line of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.objects.shapes import Flat
from arclogs.redact.known import Known
from arclogs.redact.redactor import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.ingest.objects.shapes import Node, Shape
    from arclogs.model.observation import Observation


def known_secrets(observations: Iterable[Observation]) -> Known:
    """Return the environment variables whose names tell that they are secret.

    The values of Secrets are not among them: they are dropped while reading.
    """
    known, redactor = Known(), Redactor()
    pairs = {pair for observation in observations for pair in _environment(observation.fields)}
    for name, value in pairs:
        redactor.learn(f"- name: {name}\n  value: {value}", known)
    return known


def _environment(node: Any) -> Iterator[tuple[str, str]]:
    """Yield names and values of all `env` entries below a field, however deep the template."""
    if isinstance(node, Flat):
        row = node.row
        for name, value in ((name.of(row), value.of(row)) for name, value in _places(node.shape)):
            if isinstance(name, str) and isinstance(value, str):
                yield name, value
        return
    waiting: list[Any] = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at, dict):
            entries = at.get("env")
            if isinstance(entries, list):
                yield from map(_pair, filter(_is_pair, entries))
            at = at.values()
        waiting += [below for below in at if isinstance(below, (dict, list))]


def _places(shape: Shape) -> list[tuple[Node, Node]]:
    """Return where names and values of `env` entries stand."""
    known: list[tuple[Node, Node]] | None = shape.plans.get("env")
    if known is None:
        known = shape.plans["env"] = list(_entries(shape.root))
    return known


def _entries(node: Node) -> Iterator[tuple[Node, Node]]:
    for key, below in (node.fields or {}).items():
        for item in (below.items or ()) if key == "env" else ():
            name, value = ((item.fields or {}).get(part) for part in ("name", "value"))
            if name is not None and value is not None and name.scalar and value.scalar:
                yield name, value
        yield from _entries(below)
    for item in node.items or ():
        yield from _entries(item)


def _is_pair(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("name"), str)
        and isinstance(entry.get("value"), str)
    )


def _pair(entry: Mapping[str, str]) -> tuple[str, str]:
    return entry["name"], entry["value"]
