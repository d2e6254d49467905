"""All objects of a bundle: found by kind and name, or by what columns tell of many at once."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from arclogs.case.objects.columns import Column, Depths, bits, column_of, grouped, places
from arclogs.case.objects.objects import Presence
from arclogs.case.objects.paths import parse_path
from arclogs.case.objects.plans import plan_of, rows_at
from arclogs.ingest.objects.shapes import Flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from arclogs.case.objects.objects import KubeObject
    from arclogs.ingest.objects.shapes import Row, Shape


class _Parts(NamedTuple):
    """The objects of a kind, with their places, by how their fields are to be read."""

    rows: Mapping[Shape, Sequence[tuple[int, Row]]]
    trees: Depths
    others: list[tuple[int, KubeObject]]


class ObjectIndex:
    """All objects of one state (live or declared), by kind, namespace and name.

    Pieces of objects without a name stand apart: they may be of any, also of one that is here.
    """

    def __init__(self, objects: Iterable[KubeObject]) -> None:
        self._by_kind: dict[str, list[KubeObject]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[KubeObject]] = defaultdict(list)
        self._nameless: dict[str, list[KubeObject]] = defaultdict(list)
        self._columns: dict[tuple[str, str], Column] = {}
        self._parts: dict[str, _Parts] = {}
        self.answers: dict[Any, tuple[int, int]] = {}
        """What rules have asked of the columns, for the next that asks the same (`narrow`)."""
        for item in sorted(objects, key=_order):
            if item.nameless:
                self._nameless[item.kind].append(item)
                continue
            self._by_kind[item.kind].append(item)
            self._by_name[item.kind, item.name].append(item)

    def __iter__(self) -> Any:
        for kind in sorted(self._by_kind):
            yield from self._by_kind[kind]

    def everything(self) -> Iterator[KubeObject]:
        """Yield all objects by kind, and after those of each kind the pieces that show no name."""
        for kind in sorted({*self._by_kind, *self._nameless}):
            yield from self._by_kind.get(kind, ())
            yield from self._nameless.get(kind, ())

    def kinds(self) -> list[str]:
        """Return the kinds of which there are objects with names, sorted."""
        return sorted(self._by_kind)

    def of_kind(self, kind: str) -> list[KubeObject]:
        """Return all objects of a kind, in a fixed order."""
        return self._by_kind.get(kind, [])

    def has_column(self, kind: str, path: str) -> bool:
        """Tell whether a column is there already, or made in no time."""
        return (kind, path) in self._columns or path.startswith("arc.")

    def column(self, kind: str, path: str) -> Column:
        """Return what the objects of a kind have at a path; by their places in `of_kind`."""
        known = self._columns.get((kind, path))
        if known is None:
            known = self._columns[kind, path] = self._column(kind, path)
        return known

    def _column(self, kind: str, path: str) -> Column:
        items = self.of_kind(kind)
        if path.startswith("arc."):
            return column_of(_shown(enumerate(items), path), len(items))
        steps = parse_path(path)
        parts = self._parted(kind)
        rows = (
            (at, values)
            for shape, rows in parts.rows.items()
            for at, values in rows_at(plan_of(shape, steps), rows)
        )
        trees = grouped(parts.trees.reach(steps))
        return column_of(chain(rows, trees, _shown(parts.others, path)), len(items))

    def _parted(self, kind: str) -> _Parts:
        """Part the objects whose most trusted source is complete, and so decides, from the rest."""
        known = self._parts.get(kind)
        if known is None:
            rows: dict[Shape, list[tuple[int, Row]]] = defaultdict(list)
            trees: list[tuple[int, Any]] = []
            others: list[tuple[int, KubeObject]] = []
            for at, item in enumerate(self.of_kind(kind)):
                first = item.observations[0]
                if not first.complete:
                    others.append((at, item))
                elif isinstance(first.fields, Flat):
                    rows[first.fields.shape].append((at, first.fields.row))
                else:
                    trees.append((at, first.fields))
            known = self._parts[kind] = _Parts(rows, Depths(trees), others)
        return known

    def passing(self, kind: str, tests: Mapping[str, Callable[[str], bool]]) -> list[KubeObject]:
        """Return the objects of a kind of which a value passes the test of its path.

        A value with fields of its own passes any: only a look at the object itself can tell.
        """
        items = self.of_kind(kind)
        columns = ((self.column(kind, path), test) for path, test in tests.items())
        groups = chain.from_iterable(column.passing(test) for column, test in columns)
        return [items[at] for at in places(bits(groups, len(items)))]

    def named(self, kind: str, name: str) -> list[KubeObject]:
        """Return the objects of a kind that have a name, in a fixed order."""
        return self._by_name.get((kind, name), [])

    def nameless(self, kind: str) -> list[KubeObject]:
        """Return the pieces of objects of a kind that do not show whose they are."""
        return self._nameless.get(kind, [])

    def find(self, kind: str, name: str, namespace: str | None = None) -> KubeObject | None:
        """Return an object by name; without a namespace only where the name is unambiguous."""
        same = self._by_name.get((kind, name), [])
        if namespace is not None:
            exact = [o for o in same if o.namespace == namespace]
            same = exact or [o for o in same if o.namespace is None]
        return same[0] if len({o.namespace for o in same}) == 1 else None


def _shown(
    items: Iterable[tuple[int, KubeObject]], path: str
) -> Iterator[tuple[int, list[Any] | None]]:
    for at, item in items:
        presence, values = item.glance(path)
        yield at, None if presence is Presence.UNKNOWN else values


def _order(item: KubeObject) -> tuple[str, str, str, str, int]:
    place = item.location
    return item.kind, item.namespace or "", item.name, place.member, place.line
