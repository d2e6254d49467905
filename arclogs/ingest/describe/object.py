"""One described object: its kind, its fields, its events.

    Name:         linux-k8s-gha-rs-kube-mode
    Namespace:    arc-runners
    Events:       <none>

Sections by kind: kubectl `pkg/describe/describe.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.ingest.describe.cut import is_cut
from arclogs.ingest.describe.data import read_config_map, read_secret
from arclogs.ingest.describe.fields import ShownFields
from arclogs.ingest.describe.generic import read_custom_resource
from arclogs.ingest.describe.grammar import Line, Node, outline
from arclogs.ingest.describe.kinds import KEYS, custom_kind, kind_of_description
from arclogs.ingest.describe.pod import read_pod
from arclogs.ingest.describe.quota import (
    kinds_listed_in_full,
    listed_quotas,
    read_limit_range,
    read_quota,
)
from arclogs.ingest.describe.rbac import read_role, read_role_binding, read_service_account
from arclogs.ingest.describe.storage_node import (
    read_claim,
    read_node,
    read_storage_class,
    read_volume,
)
from arclogs.ingest.describe.workload import read_workload
from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.ingest.tables.event_rows import EventReader, Involved, event_header, involved_pod
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code, Note
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.ingest.interface import Item
    from arclogs.ingest.kubectl.options import Asked

_READERS: dict[str, Callable[[ShownFields, Node], None]] = {
    "Pod": read_pod,
    "ServiceAccount": read_service_account,
    "Role": read_role,
    "ClusterRole": read_role,
    "RoleBinding": read_role_binding,
    "ClusterRoleBinding": read_role_binding,
    "PersistentVolumeClaim": read_claim,
    "PersistentVolume": read_volume,
    "StorageClass": read_storage_class,
    "Node": read_node,
    "Deployment": read_workload,
    "ReplicaSet": read_workload,
    "StatefulSet": read_workload,
    "DaemonSet": read_workload,
}
_LINE_READERS: dict[str, Callable[[ShownFields, Node, list[Line]], None]] = {
    "Secret": read_secret,
    "ConfigMap": read_config_map,
    "ResourceQuota": read_quota,
    "LimitRange": read_limit_range,
}
_NAME = lazy_compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_WITHOUT_EVENTS = frozenset(
    {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "Secret", "Namespace",
     "ResourceQuota", "LimitRange"}
)  # fmt: skip


class _Part(Struct, frozen=True):
    """The lines of one object."""

    member: str
    body: list[Line]
    root: Node
    events: list[Line]
    last: bool
    """Nothing follows, so the capture may end inside this object."""

    @property
    def cut(self) -> bool:
        return self.last and not self.events and is_cut(self.body, self.root)

    def at(self, line: Line) -> Location:
        return Location(self.member, line.number)


def read_object(
    member: str, lines: list[Line], command: Asked | None, *, last: bool
) -> Iterator[Item]:
    """Yield the observation of an object, what else its description shows, and its events."""
    part = _part(member, lines, last=last)
    where = next(line for line in lines if not line.blank)
    keys = {child.key for child in part.root.children}
    if not (keys & KEYS or part.events):
        yield Unparsed(part.at(where), "no description of an object")
        return
    kind = kind_of_description(part.root, part.body, command.kind if command else None)
    fields = _read(part, kind)
    asked = command.names if command is not None and part.root.get("Name") is None else ()
    if len(asked) == 1 and _NAME.fullmatch(asked[0]):  # not `$POD`, which only the shell knew
        fields.put(("metadata", "name"), asked[0], where)  # the first lines were left out
    name, namespace = _identity(fields, kind, command)
    involved = Involved(kind, name, namespace)
    if name is None and kind in (None, "Pod"):
        told = involved_pod(line.text for line in part.events)
        name, namespace = told.name, namespace or told.namespace
        involved = Involved(kind or told.kind, name, namespace)
    if kind is None and part.root.children:
        yield Unparsed(part.at(where), "kind of the described object is not shown")
    elif kind is not None and fields.fields:
        for key, value in (("name", name), ("namespace", namespace)):
            if value is not None and key not in fields.fields.get("metadata", {}):
                fields.put(("metadata", key), value, where)  # what is known without its head
        yield _observation(kind, name, namespace, fields, part.at(where))
    if kind == "Namespace" and name is not None:
        yield from _quotas(part, name)
    yield from _events(part, involved)
    if part.cut:
        yield _truncated(part)


def _part(member: str, lines: list[Line], *, last: bool) -> _Part:
    """Split off the events; their table may stand alone where somebody pasted it so."""
    start = len(lines)
    for index, line in enumerate(lines):
        header = event_header(line.text) if line.text[:1] == " " else None
        if line.text.rstrip() == "Events:" or (header is not None and "AGE" in header.names):
            start = index
            break
    return _Part(member, lines[:start], outline(lines[:start]), lines[start:], last)


def _read(part: _Part, kind: str | None) -> ShownFields:
    """Return the fields of an object; what may go on beyond the capture is left open."""
    root, fields = part.root, ShownFields()
    finished = not part.last or part.events or root.get("Events") or kind in _WITHOUT_EVENTS
    if root.children and (part.cut or not finished):
        fields.open_from = root.children[-1].line.number
    fields.put_text(("metadata", "name"), root.get("Name"))
    fields.put_text(("metadata", "namespace"), root.get("Namespace"))
    fields.put_labels(("metadata", "labels"), root.get("Labels"))
    fields.put_time(("metadata", "creationTimestamp"), root.get("CreationTimestamp"))
    if kind != "StorageClass":
        fields.put_annotations(("metadata", "annotations"), root.get("Annotations"))
    if kind in _LINE_READERS:
        _LINE_READERS[kind](fields, root, part.body)
    elif kind in _READERS:
        _READERS[kind](fields, root)
    elif kind == "Namespace":
        fields.put_text(("status", "phase"), root.get("Status"))
    elif root.get("API Version") or root.get("Metadata") or (kind and custom_kind(root) == kind):
        read_custom_resource(fields, root)
    return fields


def _identity(
    fields: ShownFields, kind: str | None, command: Asked | None
) -> tuple[str | None, str | None]:
    metadata = fields.fields.get("metadata", {})
    name, namespace = metadata.get("name"), metadata.get("namespace")
    if namespace is None and command is not None and kind not in CLUSTER_SCOPED:
        namespace = command.namespace
    return name, namespace


def _observation(
    kind: str, name: str | None, namespace: str | None, fields: ShownFields, where: Location
) -> Observation:
    return Observation(
        kind,
        name,
        namespace,
        fields.fields,
        Trust.DESCRIBE,
        where,
        absent=frozenset(fields.absent),
        locator=fields.locator,
    )


def _quotas(part: _Part, namespace: str) -> Iterator[Item]:
    """Yield the quotas that a namespace lists; it lists all, or says that there are none."""
    for line, name, fields in listed_quotas(part.body):
        fields.put(("metadata", "name"), name, line)
        fields.put(("metadata", "namespace"), namespace, line)
        yield _observation("ResourceQuota", name, namespace, fields, part.at(line))
    for kind in kinds_listed_in_full(part.body):
        yield Collected(kind, namespace, part.at(part.body[0]), Trust.DESCRIBE)


def _events(part: _Part, involved: Involved) -> Iterator[Item]:
    reader: EventReader | None = None
    rest = [line for line in part.events if line.text.rstrip() != "Events:"]
    for line in rest:
        if reader is not None:
            yield from reader.feed(line.text, part.at(line))
        elif not line.blank:
            header = event_header(line.text)
            if header is None:
                if not "Type     Reason".startswith(line.text.strip()[:15]):
                    yield Unparsed(part.at(line), "no table of events")
                break
            reader = EventReader(header, involved)
    if reader is not None:
        yield from reader.finish()
    if part.last and part.events and (reader is None or reader.cut):
        yield _truncated(part)


def _truncated(part: _Part) -> Note:
    shown = [line for line in (*part.body, *part.events) if not line.blank]
    detail = f"the description ends inside line {shown[-1].number}"
    return Note(part.member, Code.DESCRIBE_TRUNCATED, detail)
