"""Objects of two bundles, matched by name, or by what their generated names have in common.

Three values hold here too: an object is gone only where the other bundle proves that its kind was
collected in its namespace, and a field only where the source would show it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from arclogs.case.objects.objects import Presence
from arclogs.case.records.templates import template_of
from arclogs.compare.fields import flat_fields
from arclogs.compare.model import Difference, ObjectChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject

# Their names are generated, so that the same one is never in two runs.
_GENERATED: Final = frozenset(
    {
        "Pod", "EphemeralRunner", "EphemeralRunnerSet", "ReplicaSet", "PersistentVolumeClaim",
        "PersistentVolume", "Job", "Secret", "AutoscalingListener",
    }
)  # fmt: skip
_MOST: Final = 3
"""Values of one field that are told of a family of objects."""

Key = tuple[str, str, str]
"""Kind, namespace, name."""


def object_changes(before: Case, after: Case) -> list[ObjectChange]:
    """Return what differs, by kind, namespace and name."""
    old, new = _families(before), _families(after)
    changes = (
        _change(key, old.get(key), new.get(key), before, after) for key in sorted({*old, *new})
    )
    return [change for change in changes if change is not None]


def _families(case: Case) -> dict[Key, list[KubeObject]]:
    found: dict[Key, list[KubeObject]] = defaultdict(list)
    for item in case.live:
        name = template_of(item.name) if item.kind in _GENERATED else item.name
        found[item.kind, item.namespace or "", name].append(item)
    return found


def _change(
    key: Key,
    old: list[KubeObject] | None,
    new: list[KubeObject] | None,
    before: Case,
    after: Case,
) -> ObjectChange | None:
    kind, namespace, name = key
    if old is None or new is None:
        other = before if old is None else after
        if other.collected.proof(kind, namespace or None) is None:
            return None  # not collected there, which tells nothing
        return ObjectChange(
            change="new" if old is None else "gone",
            kind=kind,
            name=name,
            namespace=namespace or None,
        )
    again = kind not in _GENERATED and _created(old[0], new[0])
    fields = [*([again] if again else []), *_differences(old, new)]
    if not fields:
        return None
    return ObjectChange(
        change="recreated" if again else "changed",
        kind=kind,
        name=name,
        namespace=namespace or None,
        fields=tuple(fields),
    )


def _created(old: KubeObject, new: KubeObject) -> Difference | None:
    """Tell an object that was deleted and made anew: it has another identity."""
    ids = old.value("metadata.uid"), new.value("metadata.uid")
    times = old.value("metadata.creationTimestamp"), new.value("metadata.creationTimestamp")
    if (None not in ids and ids[0] != ids[1]) or (None not in times and times[0] != times[1]):
        return Difference(what="metadata.creationTimestamp", before=times[0], after=times[1])
    return None


def _differences(old: list[KubeObject], new: list[KubeObject]) -> Iterator[Difference]:
    before, after = _values(old), _values(new)
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if was == now:
            continue
        if (was is None and not _absent(old, path)) or (now is None and not _absent(new, path)):
            continue  # the source would not show it
        if was and now and was & now:
            continue  # the families overlap: members differ among themselves, not the runs
        yield Difference(what=path, before=_told(was), after=_told(now))


def _values(family: list[KubeObject]) -> dict[str, set[str]]:
    """Return the values of each field over a family, the objects' own names masked."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in family:
        for path, text in flat_fields(item.observations[0].fields).items():
            own = text.replace(item.name, template_of(item.name)) if item.name else text
            found[path].add(own)
    return found


def _absent(family: list[KubeObject], path: str) -> bool:
    return any(item.lookup(path).presence is Presence.ABSENT for item in family)


def _told(values: set[str] | None) -> str | None:
    if not values:
        return None
    shown = sorted(values)[:_MOST]
    return " | ".join(shown) + (f" | {len(values) - _MOST} more" if len(values) > _MOST else "")
