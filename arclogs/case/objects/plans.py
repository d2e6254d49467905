"""Where a field path leads in all objects of one shape: told once, then read off each row.

spec.containers[*].env[name=HTTPS_PROXY].value    value 31 where value 30 is HTTPS_PROXY
                                                  value 33 where value 32 is HTTPS_PROXY
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from arclogs.case.objects.paths import Each, Having, reach, scalar_text, walk
from arclogs.ingest.objects.shapes import SHARED, Flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.case.objects.paths import Place, Step
    from arclogs.ingest.objects.shapes import Node, Row, Shape

_Tests: TypeAlias = tuple[tuple[int, str], ...]


class Way(NamedTuple):
    """A place in a shape that a path leads to."""

    tests: _Tests
    """What must stand elsewhere in a row."""
    node: Node
    place: Place
    """Its keys and indices."""


class Plan(NamedTuple):
    """What a path leads to in a row."""

    scalars: tuple[int, ...] | None
    """Where it leads to one value each, whatever the row holds: where these stand."""
    ways: tuple[Way, ...]
    """All places."""
    shared: tuple[Any, ...] | None
    """Where it leads to the same values whatever the row holds: these."""

    def values(self, row: Row) -> list[Any]:
        """Return the values in a row, in order."""
        if self.shared is not None:
            return list(self.shared)
        if self.scalars is not None:
            return [row[at] for at in self.scalars]
        return [value for value, _ in self.placed(row)]

    def placed(self, row: Row) -> Iterator[tuple[Any, Place]]:
        """Yield the values in a row, in order, with their places."""
        for tests, node, place in self.ways:
            if all(scalar_text(row[at]) == wanted for at, wanted in tests):
                yield node.of(row), place


def rows_at(plan: Plan, rows: Sequence[tuple[int, Row]]) -> Iterable[tuple[int, Sequence[Any]]]:
    """Yield what each of many objects of one shape has, each with its number; none for all without."""
    if not plan.ways:
        return ()
    if plan.shared is not None:
        shared = plan.shared
        return ((number, shared) for number, _ in rows)
    if plan.scalars is not None and len(plan.scalars) == 1:
        (at,) = plan.scalars
        return ((number, (row[at],)) for number, row in rows)
    return ((number, plan.values(row)) for number, row in rows)


def values_at(fields: Mapping[str, Any], steps: tuple[Step, ...]) -> list[Any]:
    """Return the values that a path leads to."""
    if isinstance(fields, Flat):
        return plan_of(fields.shape, steps).values(fields.row)
    return reach(fields, steps)


def placed(fields: Mapping[str, Any], steps: tuple[Step, ...]) -> Iterator[tuple[Any, Place]]:
    """Yield the values that a path leads to, with their places."""
    if isinstance(fields, Flat):
        return plan_of(fields.shape, steps).placed(fields.row)
    return walk(fields, steps)


def plan_of(shape: Shape, steps: tuple[Step, ...]) -> Plan:
    """Return where a path leads in a shape."""
    known = shape.plans.get(steps)
    if known is None:
        ways = tuple(_ways(shape.root, steps, (), ()))
        known = _plan(ways)
        shape.plans[steps] = known
    plan: Plan = known
    return plan


def _plan(ways: tuple[Way, ...]) -> Plan:
    plain = all(way.node.scalar and not way.tests for way in ways)
    if plain and all(way.node.start == SHARED for way in ways):
        return Plan(None, ways, tuple(way.node.shared for way in ways))
    if plain and all(way.node.start != SHARED for way in ways):
        return Plan(tuple(way.node.start for way in ways), ways, None)
    return Plan(None, ways, None)


def _ways(node: Node, steps: Sequence[Step], tests: _Tests, place: Place) -> Iterator[Way]:
    if not steps:
        yield Way(tests, node, place)
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        if node.fields is not None and step in node.fields:
            yield from _ways(node.fields[step], rest, tests, (*place, step))
        return
    for at, item in enumerate(node.items or ()):
        if isinstance(step, Having):
            more = _test(item, step)
            if more is not None:
                yield from _ways(item, rest, tests + more, (*place, at))
        elif isinstance(step, Each) or at == step:
            yield from _ways(item, rest, tests, (*place, at))


def _test(item: Node, step: Having) -> _Tests | None:
    """Return what must stand in a row for an item to be chosen; None where it never is."""
    if item.fields is None:
        return None
    key = item.fields.get(step.key)
    if key is None:  # as `walk` has it: what is not there is null
        return () if step.value == "null" else None
    if key.scalar and key.start == SHARED:
        return () if scalar_text(key.shared) == step.value else None
    return ((key.start, step.value),) if key.scalar else None
