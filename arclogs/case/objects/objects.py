"""Kubernetes objects: every observation of one merged, each field with source and trust."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from arclogs.case.objects.paths import Place, Step, parse_path, spelled
from arclogs.case.objects.plans import placed, values_at
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.ingest.objects.object_text import FilledText
from arclogs.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arclogs.model.observation import Observation, Trust


Line: TypeAlias = tuple[Location, str]
"""Where a thing stands, and the original line."""


class Presence(Enum):
    """Whether a field is there, is proven not to be, or cannot be told."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Spot(Struct, frozen=True):
    """A place in what was observed."""

    observed: Observation
    place: Place

    def location(self) -> Location | None:
        """Return where it stands, None where only the text can tell or shows nothing."""
        locator = self.observed.locator
        number = locator.line_of(self.place) if isinstance(locator, FilledText) else None
        return None if number is None else Location(self.observed.location.member, number)

    def line(self) -> Line:
        """Return where it stands and the original line, empty where it is not known."""
        line = self.observed.locator.find(self.place) if self.observed.locator else None
        if line is None:
            return self.observed.location, ""
        return Location(self.observed.location.member, line[0]), line[1]


class Found:
    """One value of a field and where it stands, which is looked up when it is first asked for.

    A rule looks at the field of each of ten thousand pods, and the report cites one of them.
    """

    __slots__ = ("_line", "trust", "value")

    def __init__(self, value: Any, trust: Trust, line: Line | Spot) -> None:
        self.value = value
        self.trust = trust
        self._line = line

    @property
    def location(self) -> Location:
        """Return where the value stands."""
        return self._told() or self._cited()[0]

    @property
    def text(self) -> str:
        """Return the original line, empty where it is not known."""
        return self._cited()[1]

    @property
    def shown(self) -> bool:
        """Tell whether the original line is known."""
        return self._told() is not None or self._cited()[1] != ""

    def _told(self) -> Location | None:
        return self._line.location() if isinstance(self._line, Spot) else None

    def _cited(self) -> Line:
        if isinstance(self._line, Spot):
            self._line = self._line.line()
        return self._line


class Lookup(Struct, frozen=True):
    """The answer to "what does the bundle say of this field?"."""

    presence: Presence
    values: tuple[Found, ...] = ()
    source: Location | None = None
    """For an absent field: the dump that would show it."""


class KubeObject(Struct, frozen=True, dict=True):
    """One object, merged from all observations of it, the most trusted first."""

    kind: str
    name: str
    namespace: str | None
    observations: tuple[Observation, ...]
    derived: dict[str, str] = field(default_factory=dict)
    """Facts that follow from ARC's conventions, named `arc.<fact>` in rules (`case.topology`)."""

    @cached_property
    def _looked(self) -> dict[str, Lookup]:
        """What was looked up: rules ask the same again for every combination of entities."""
        return {}

    @property
    def location(self) -> Location:
        """Return where the most trusted observation begins."""
        return self.observations[0].location

    @property
    def nameless(self) -> bool:
        """Tell a piece of an object that does not show whose it is; its `name` is empty."""
        return not self.name

    def __str__(self) -> str:
        if self.nameless:
            return f"the {self.kind} of which {self.location} shows a part"
        return f"{self.kind} {self.namespace + '/' if self.namespace else ''}{self.name}"

    def lookup(self, path: str) -> Lookup:
        """Look a field up by path. The most trusted source that can answer does."""
        if path.startswith("arc."):
            return self._derived(path)
        known = self._looked.get(path)
        if known is None:
            known = self._looked[path] = self._look(path)
        return known

    def _look(self, path: str) -> Lookup:
        steps = parse_path(path)
        presence, observed, _ = self._told(steps)
        if observed is None or presence is Presence.ABSENT:
            return Lookup(presence, source=observed.location if observed else None)
        return Lookup(
            presence,
            tuple(
                Found(value, observed.trust, Spot(observed, place))
                for value, place in placed(observed.fields, steps)
            ),
        )

    def glance(self, path: str) -> tuple[Presence, list[Any]]:
        """Return the presence and the values of a field, as `lookup` does, and keep nothing."""
        if path.startswith("arc."):
            derived = self.derived.get(path.removeprefix("arc."))
            return (Presence.UNKNOWN, []) if derived is None else (Presence.PRESENT, [derived])
        presence, _, values = self._told(parse_path(path))
        return presence, values

    def _told(self, steps: tuple[Step, ...]) -> tuple[Presence, Observation | None, list[Any]]:
        """Return what is told of a field, and by which: the most trusted that can."""
        for observed in self.observations:
            values = values_at(observed.fields, steps)
            if values:
                return Presence.PRESENT, observed, values
            if observed.complete or _proves_absent(observed, steps):
                return Presence.ABSENT, observed, values
        return Presence.UNKNOWN, None, []

    def value(self, path: str) -> str | None:
        """Return the first value at a path as text, or None."""
        first = self.observations[0]
        if first.complete and not path.startswith("arc."):  # of ten thousand pods nearly all
            values = values_at(first.fields, parse_path(path))
        else:
            _, values = self.glance(path)
        return str(values[0]) if values else None

    def _derived(self, path: str) -> Lookup:
        value = self.derived.get(path.removeprefix("arc."))
        if value is None:
            return Lookup(Presence.UNKNOWN)
        first = self.observations[0]
        return Lookup(Presence.PRESENT, (Found(value, first.trust, (first.location, "")),))


def _proves_absent(observed: Observation, steps: tuple[Step, ...]) -> bool:
    """Tell whether an incomplete source nevertheless proves that nothing stands at a path.

    `a.b` closes a field with all below it, for each item where lists stand in between; `a.b[]` closes
    a list: it has no items but those shown, which may have more fields than are shown.
    """
    if not observed.absent:
        return False
    plain = spelled(steps)
    for gone in observed.absent:
        if gone.endswith("[]"):
            if plain == gone or plain.startswith(gone + "."):
                through = steps[: gone.count(".") + 1 + gone.count("[]")]
                if not values_at(observed.fields, through):
                    return True
        elif plain == gone or plain.startswith((gone + ".", gone + "[")):
            return True
    return False


def merge(observations: Iterable[Observation]) -> list[KubeObject]:
    """Merge observations of the same object into one object each.

    The same name with two UIDs is two objects: a service account that was deleted and created again
    must not look like one that lived all along. What shows no name cannot be merged with anything.
    """
    observations = list(observations)
    nameless = [KubeObject(o.kind, "", o.namespace, (o,)) for o in observations if not o.name]
    named = sorted(
        (o for o in observations if o.name),
        key=lambda o: (-o.trust, not o.complete, o.location.member, o.location.line),
    )
    homes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for seen in named:
        if seen.namespace:
            homes[seen.kind, str(seen.name)].add(seen.namespace)
    groups: dict[tuple[str, str | None, str], list[list[Observation]]] = defaultdict(list)
    for seen in named:
        name = str(seen.name)
        namespace = seen.namespace
        if namespace is None and seen.kind not in CLUSTER_SCOPED:
            only = homes[seen.kind, name]
            namespace = next(iter(only)) if len(only) == 1 else None
        _place(groups[seen.kind, namespace, name], seen)
    merged = [
        KubeObject(kind, name, namespace, tuple(group))
        for (kind, namespace, name), lives in groups.items()
        for group in lives
    ]
    return merged + nameless


def _place(lives: list[list[Observation]], seen: Observation) -> None:
    if not lives:
        lives.append([seen])
        return
    uid = _uid(seen)
    for group in lives:
        if uid is None or uid in {_uid(o) for o in group} or all(_uid(o) is None for o in group):
            group.append(seen)
            return
    lives.append([seen])


def _uid(observed: Observation) -> str | None:
    uid = values_at(observed.fields, ("metadata", "uid"))
    return str(uid[0]) if uid and uid[0] else None
