"""Objects that came as rows (`shapes`) to observations, without a tree for any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust

if TYPE_CHECKING:
    from arclogs.ingest.objects.documents import Entry
    from arclogs.ingest.objects.shapes import Flat, Node, Shape

SERVER_SET = ("creationTimestamp", "uid", "resourceVersion")
"""Metadata that only the API server writes."""

NOT_CLUSTER_STATE = frozenset({"APIGroupDiscovery", "Config", "SupportBundle", "Preflight"})
"""Kinds that look like objects of the API server and are none."""

# Of these something is left out, or read, before they are kept: `kube_objects` does that with trees.
_READ = NOT_CLUSTER_STATE | {"", "Secret", "Event", "Status"}


class Origin(Struct):
    """Where objects come from, and so how far to believe them."""

    member: str
    trust: Trust = Trust.LIVE
    namespace: str | None = None
    """Of namespaced objects that name none."""
    command: str | None = None


class _Whose(NamedTuple):
    """Where in a shape stands what an object is."""

    kind: Node
    name: Node
    namespace: Node | None
    set_by_server: tuple[Node, ...]


def observe_row(entry: Entry, fields: Flat, origin: Origin) -> Observation | None:
    """Return what an object is; None for one of which a tree must tell."""
    whose = _whose(fields.shape)
    if whose is None or not entry.closed:
        return None
    row = fields.row
    kind, name = whose.kind.of(row), whose.name.of(row)
    namespace = None if whose.namespace is None else whose.namespace.of(row)
    if not (isinstance(kind, str) and isinstance(name, str) and isinstance(namespace, str | None)):
        return None
    if kind in _READ or kind.endswith("List"):
        return None
    stamped = entry.whole and any(node.of(row) for node in whose.set_by_server)
    return Observation(
        kind=kind,
        name=name,
        namespace=None if kind in CLUSTER_SCOPED else namespace or origin.namespace or None,
        fields=fields,
        trust=origin.trust,
        location=Location(origin.member, entry.text.first_line),
        complete=origin.trust is Trust.LIVE and stamped and not entry.text.elided,
        locator=entry.text,
    )


def _whose(shape: Shape) -> _Whose | None:
    if "whose" not in shape.plans:
        shape.plans["whose"] = _find(shape)
    found: _Whose | None = shape.plans["whose"]
    return found


def _find(shape: Shape) -> _Whose | None:
    kind, name = shape.node(("kind",)), shape.node(("metadata", "name"))
    namespace = shape.node(("metadata", "namespace"))
    odd = shape.node(("metadata", "managedFields")) or shape.node(("items",))
    if kind is None or name is None or odd is not None:
        return None
    stamps = [node for key in SERVER_SET if (node := shape.node(("metadata", key))) is not None]
    if not all(node is None or node.scalar for node in (kind, name, namespace, *stamps)):
        return None
    return _Whose(kind, name, namespace, tuple(stamps))
