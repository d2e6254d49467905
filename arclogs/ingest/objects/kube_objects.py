"""Parsed objects to observations and events, and lists of them to proofs.

    kind: ServiceAccount, metadata: {name: default, namespace: arc-runners, uid: d54ed8a7-…}

A thing is absent only where a list proves that its kind was collected. A list proves the kinds of
its items; an empty one only a kind that its type and path, or the command that printed it, name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.ingest.interface import Item, Unparsed
from arclogs.ingest.kubectl.options import asked
from arclogs.ingest.objects.dump_paths import home_of
from arclogs.ingest.objects.event_objects import read_event
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED, item_kind
from arclogs.ingest.objects.object_rows import NOT_CLUSTER_STATE, SERVER_SET, Origin, observe_row
from arclogs.ingest.objects.object_text import REDACTED, sealed
from arclogs.ingest.objects.pieces import Piece, PieceText, piece_of
from arclogs.ingest.objects.shapes import Flat
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Locator, Observation, Trust
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from arclogs.ingest.objects.documents import Entry, ListEnd
    from arclogs.ingest.objects.object_text import Passage

_LAST_KEYS = {
    **dict.fromkeys(("Pod", "Node", "Namespace", "PersistentVolume"), "status"),
    **dict.fromkeys(("PersistentVolumeClaim", "Deployment", "ReplicaSet", "DaemonSet"), "status"),
    **dict.fromkeys(("Role", "ClusterRole"), "rules"),
    **dict.fromkeys(("RoleBinding", "ClusterRoleBinding"), "roleRef"),
    **dict.fromkeys(("AutoscalingRunnerSet", "AutoscalingListener"), "spec"),
    **dict.fromkeys(("EphemeralRunnerSet", "EphemeralRunner"), "spec"),
}
_SECRET_FIELDS = ("data", "stringData")
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_SEALED = (("data",), ("stringData",), ("metadata", "annotations", _APPLIED))


class ListReader(Struct):
    """Reads the entries of one list, and knows at its end what they prove."""

    origin: Origin
    _kinds: dict[str, set[str]] = field(default_factory=dict)
    _kindless: list[Entry] = field(default_factory=list)

    def entry(self, entry: Entry) -> Iterator[Item]:
        """Yield what an entry is; items of a typed list wait until the list tells their kind."""
        if isinstance(entry.value, Flat):
            seen = observe_row(entry, entry.value, self.origin)
            if seen is not None:
                self._found(seen.kind, seen.namespace)
                yield seen
                return
            if entry.value.at("kind") == "Event" and self.origin.trust is Trust.LIVE:
                self._count("Event", entry.value)
                yield read_event(entry.value, self.origin.member, entry.text)
                return
            entry = replace(entry, value=entry.value.tree())
        fields = entry.value
        if entry.listed and isinstance(fields, Mapping) and not _text(fields.get("kind")):
            self._kindless.append(entry)
            return
        if entry.listed and isinstance(fields, Mapping):
            self._count(_text(fields["kind"]), fields)
        yield from read_object(entry, self.origin)

    def end(self, end: ListEnd) -> Iterator[Item]:
        """Yield the items that waited, then the proofs."""
        kind = item_kind(_text(end.envelope.get("kind"))) or self._kind_by_path(end)
        for entry in self._kindless:
            if kind is not None:
                self._count(kind, entry.value)
            yield from read_object(entry, self.origin, kind)
        if end.complete and _is_last_page(end.envelope):
            place = Location(self.origin.member, end.line)
            yield from self._proofs(kind, bool(end.envelope), place)
        self._kinds, self._kindless = {}, []

    def _count(self, kind: str, fields: Mapping[str, Any]) -> None:
        self._found(kind, _metadata(fields).get("namespace"))

    def _found(self, kind: str, namespace: Any) -> None:
        found = self._kinds.setdefault(kind, set())
        if kind not in CLUSTER_SCOPED and isinstance(namespace, str):
            found.add(namespace)

    def _kind_by_path(self, end: ListEnd) -> str | None:
        """Return the kind that a cut typed list's path names: kubectl prints `kind:` last."""
        if _text(end.envelope.get("kind")) == "List":
            return None
        home = home_of(self.origin.member)
        return home.kind if home is not None and (self._kindless or home.proven) else None

    def _proofs(self, kind: str | None, enveloped: bool, place: Location) -> Iterator[Collected]:
        request = asked(self.origin.command)
        if request is not None and (request.partial or request.verb != "get"):
            return  # names or a selector: what is not shown may yet exist
        home = home_of(self.origin.member)
        if not enveloped and (home is None or not home.proven):
            return  # a bare array may be anybody's selection
        spaces = set().union(*self._kinds.values())
        kinds = dict.fromkeys(self._kinds)
        if request is not None:
            kinds |= dict.fromkeys(request.kinds)
            if request.namespace or request.everywhere:
                spaces = {request.namespace} if request.namespace else {"", "*"}
        elif home is not None and kind is not None and home.kind in (kind, None):
            kinds[kind] = None
            spaces = {home.namespace} if home.namespace else spaces
        for proven in sorted(kinds):
            if proven in CLUSTER_SCOPED or len(spaces) > 1:
                yield Collected(proven, None, place, self.origin.trust)
            elif spaces:
                yield Collected(proven, next(iter(spaces)), place, self.origin.trust)


def read_object(entry: Entry, origin: Origin, kind: str | None = None) -> Iterator[Item]:
    """Yield the observation or event that an entry is; `kind` is that of a typed list's items."""
    fields, place = entry.value, Location(origin.member, entry.text.first_line)
    if not isinstance(fields, dict):
        if fields is not None:
            yield Unparsed(place, "no object")
        return
    kind = _text(fields.get("kind")) or kind
    if not kind:
        piece = piece_of(fields)
        if piece is not None:
            yield _observe_piece(piece, entry, origin, place)
        elif fields:
            yield Unparsed(place, "an object without a kind")
    elif kind in NOT_CLUSTER_STATE:
        pass
    elif kind == "Event" and origin.trust is Trust.LIVE:
        yield read_event(fields, origin.member, entry.text)
    elif kind == "Status" and "message" in fields:
        first = entry.text.text.split("\n", 1)[0]
        message = _text(fields["message"])
        yield Record(place.member, place.line, Source.KUBECTL, message, (first,), level=Level.ERROR)
    elif (listed := fields.get("items")) is None or item_kind(kind) is None:
        yield _observe(kind, fields, entry, origin, place)
    elif isinstance(listed, list) and listed:
        yield Unparsed(place, f"a {kind} inside of a list")


def _observe(
    kind: str, fields: dict[str, Any], entry: Entry, origin: Origin, place: Location
) -> Observation:
    metadata = _metadata(fields)
    metadata.pop("managedFields", None)
    name, namespace = metadata.get("name"), metadata.get("namespace") or origin.namespace
    locator: Locator = entry.text
    if kind == "Secret":
        locator = _seal(fields, entry.text)
    return Observation(
        kind=kind,
        name=None if name is None else _text(name),
        namespace=_text(namespace) or None if kind not in CLUSTER_SCOPED else None,
        fields=fields,
        trust=origin.trust,
        location=place,
        complete=origin.trust is Trust.LIVE and _is_complete(kind, fields, entry),
        locator=locator,
    )


def _observe_piece(piece: Piece, entry: Entry, origin: Origin, place: Location) -> Observation:
    """Return what a piece of an object shows; its name may be unknown."""
    whose = replace(origin, trust=min(origin.trust, piece.trust))
    seen = _observe(piece.kind, piece.fields, replace(entry, whole=False), whose, place)
    if piece.within:
        return replace(seen, locator=PieceText(entry.text, piece.within))
    return seen


def _is_complete(kind: str, fields: Mapping[str, Any], entry: Entry) -> bool:
    """Tell what the API server printed in full from what was cut, trimmed or written by people."""
    metadata = _metadata(fields)
    if not entry.whole or not any(metadata.get(key) for key in SERVER_SET):
        return False
    if entry.text.elided:
        return False
    # Keys are printed sorted: these are the last that such an object always has.
    return entry.closed or ("uid" in metadata and _LAST_KEYS.get(kind, "metadata") in fields)


def _seal(fields: dict[str, Any], text: Passage) -> Locator:
    """Replace the values of a Secret, and give a locator that does not hold them either."""
    for part in _SECRET_FIELDS:
        values = fields.get(part)
        if values is not None:
            fields[part] = dict.fromkeys(values, REDACTED) if isinstance(values, dict) else REDACTED
    annotations = _metadata(fields).get("annotations")
    if isinstance(annotations, dict) and _APPLIED in annotations:
        annotations[_APPLIED] = REDACTED
    return sealed(text, _SEALED)


def _is_last_page(envelope: Mapping[str, Any]) -> bool:
    metadata = _metadata(envelope)
    return not metadata.get("continue") and not metadata.get("remainingItemCount")


def _metadata(fields: Mapping[str, Any]) -> dict[str, Any]:
    metadata = fields.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
