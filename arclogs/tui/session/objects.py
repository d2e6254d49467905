"""What the Objects screen asks of a case: all objects, and all that is known of one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from arclogs.browse.catalog import Catalog
from arclogs.browse.drift import drift
from arclogs.browse.fields import redacted
from arclogs.browse.references import used_by
from arclogs.case.objects.merged import merged
from arclogs.case.rbac import rights_of
from arclogs.model.catalog import CatalogObject, TreeNode
from arclogs.model.frozen import Frozen
from arclogs.redact import Redactor
from arclogs.views.objects.yaml import render_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.case import Case
    from arclogs.case.objects.merged import Merged
    from arclogs.case.objects.objects import KubeObject

_T = TypeVar("_T")

MOST: Final = 200
"""Uses, rights and differences of one object that are shown."""


class ObjectsFound(Frozen, frozen=True, kw_only=True):
    """All objects of a bundle: ARC's tree, and every object once by kind."""

    roots: tuple[TreeNode, ...]
    objects: tuple[CatalogObject, ...]


class UseShown(Frozen, frozen=True, kw_only=True):
    kind: str
    namespace: str | None
    name: str
    field: str
    member: str
    line: int


class DriftShown(Frozen, frozen=True, kw_only=True):
    field: str
    declared: str
    live: str


class ObjectFound(Frozen, frozen=True, kw_only=True):
    """One object: how it is shown, what it is made of, and what belongs to it."""

    about: CatalogObject | None
    """None where the bundle does not hold it."""
    why_not: str = ""
    yaml: str = ""
    uses: tuple[UseShown, ...] = ()
    rights: tuple[str, ...] = ()
    rights_unknown: str = ""
    bindings: tuple[str, ...] = ()
    drift: tuple[DriftShown, ...] = ()


class Address(Struct, frozen=True):
    """Which object is meant."""

    kind: str
    namespace: str | None
    name: str


def objects_found(case: Case) -> ObjectsFound:
    """Return all objects, secrets and all."""
    catalog = Catalog(case)
    every = [*case.live.everything(), *case.declared.everything()]
    return ObjectsFound(
        roots=tuple(catalog.tree()), objects=tuple(catalog.describe(item) for item in every)
    )


def object_found(case: Case, at: Address, *, redact: bool) -> ObjectFound:
    """Return what is known of an object; its YAML is redacted here, the rest by the caller."""
    catalog = Catalog(case)
    live = case.live.find(at.kind, at.name, at.namespace)
    declared = case.declared.find(at.kind, at.name, at.namespace)
    item = live or declared
    if item is None:
        return ObjectFound(about=None, why_not=catalog.whether_collected(at.kind, at.namespace))
    rights, unknown, bindings = _rights(case, item)
    about = catalog.describe(item, whole=True)
    return ObjectFound(
        about=about,
        yaml=render_yaml(about, _fields(item, redact=redact)),
        uses=tuple(UseShown(**asdict(use)) for use in _some(used_by(item, case))),
        rights=rights,
        rights_unknown=unknown,
        bindings=bindings,
        drift=_drift(live, declared, redact=redact),
    )


def _fields(item: KubeObject, *, redact: bool) -> dict[str, Merged]:
    fields = merged(item)
    return redacted(fields, Redactor()) if redact else fields


def _drift(
    live: KubeObject | None, declared: KubeObject | None, *, redact: bool
) -> tuple[DriftShown, ...]:
    if live is None or declared is None:
        return ()
    found = drift(_fields(declared, redact=redact), _fields(live, redact=redact))
    return tuple(DriftShown(**asdict(one)) for one in _some(found))


def _rights(case: Case, item: KubeObject) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return what an account may do, what is not known of that, and the bindings that name it."""
    if item.kind != "ServiceAccount" or not item.namespace:
        return (), "", ()
    rights = rights_of(item.name, item.namespace, case.live, case.collected)
    told = []
    for rule, _ in rights.rules:
        verbs, resources = (", ".join(map(str, rule.get(k) or ())) for k in ("verbs", "resources"))
        groups = ", ".join(g for g in map(str, rule.get("apiGroups") or ()) if g)
        named = ", ".join(map(str, rule.get("resourceNames") or ()))
        told.append(
            f"{verbs}: {resources}{f' ({groups})' if groups else ''}{f' named {named}' if named else ''}"
        )
    return tuple(dict.fromkeys(told))[:MOST], rights.unknown, tuple(map(str, rights.bindings))


def _some(items: Iterator[_T]) -> list[_T]:
    return list(islice(items, MOST))
