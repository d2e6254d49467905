"""Rows of one `kubectl get` table, to observations and to proof of what was collected.

    NAMESPACE     NAME                               READY   STATUS    RESTARTS   AGE
    arc-runners   pod/linux-k8s-7hx2q-runner-m2v7c   1/1     Running   0          46m

Written by k8s.io/cli-runtime `printers.TablePrinter`. The kind stands in front of the name where
several kinds were asked for; otherwise the command or the columns tell it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.describe.fields import ShownFields, dotted, integer
from arclogs.ingest.describe.grammar import Line
from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED, kind_of
from arclogs.ingest.tables.cells import read_cells
from arclogs.ingest.tables.kinds import UNMISTAKABLE, kind_of_header, kind_of_row
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Collected, Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.describe.fields import Path
    from arclogs.ingest.interface import Item
    from arclogs.ingest.kubectl.options import Asked
    from arclogs.ingest.tables.columns import Header, Row
    from arclogs.model.location import Location

_NAME = lazy_compile(r"[a-z0-9][a-z0-9.-]{0,252}")
_POD = lazy_compile(r"\d{1,4}/|<")
_RBAC_NAME = lazy_compile(r"[\w.:@-]{1,253}")
_AGE = lazy_compile(r"(?:\d{1,9}[ydhms]){1,5}|<unknown>|<invalid>")
_LABEL = lazy_compile(r"[a-z0-9][a-z0-9-]{0,62}")
_RBAC = frozenset({"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"})
_CUSTOM = lazy_compile(r"custom-columns=(.+)", re.DOTALL)
_PATH_PART = lazy_compile(r"(?:[^.\\]|\\.)+")


class TableSection:
    """Reads the rows below one header."""

    def __init__(self, header: Header, location: Location, command: Asked | None) -> None:
        self.header = header
        self.location = location
        self.command = None if _is_of_another(header, command) else command
        self.custom = _custom_columns(self.command)
        self.kind = self._kind(header)
        self.seen: dict[str, None] = {}
        """Kinds of the rows."""
        self.whole = True
        """No row was unreadable."""
        self._gap = False

    def feed(self, text: str, location: Location) -> Iterator[Item]:
        """Take the next line; after a blank one the table may be over."""
        if not text.strip():
            self._gap = True
            return
        row = self.header.row(text)
        kind, name = self._kind_and_name(row) if row is not None else (None, "")
        if row is None or not _is_plausible(row, kind, name, custom=bool(self.custom)):
            self.whole = self.whole and self._gap
            yield Unparsed(location, "no row of the table above, or a row that is cut")
        elif kind is None:
            self.whole = False
            yield Unparsed(location, "kind of the listed object is not shown")
        else:
            self._gap = False
            self.seen.setdefault(kind)
            yield self._observation(kind, name, row, Line(location.line, text), location)

    def finish(self) -> Iterator[Collected]:
        """Yield which kinds the table lists in full."""
        if not self.whole or (self.command is not None and self.command.partial):
            return
        for kind in self.seen:
            known, namespace = scope(kind, self.command, listed=self._lists_namespaces)
            if known:
                yield Collected(kind, namespace, self.location, Trust.TABLE)

    @property
    def _lists_namespaces(self) -> bool:
        return "NAMESPACE" in self.header.names and not self.custom

    def _kind(self, header: Header) -> str | None:
        if self.command is not None and self.command.kind is not None:
            return self.command.kind
        return None if self.custom else kind_of_header(header.names)

    def _kind_and_name(self, row: Row) -> tuple[str | None, str]:
        resource, slash, name = row.cells.get("NAME", "").rpartition("/")
        if slash:
            return kind_of(resource), name
        return self.kind or kind_of_row(self.header.names, row.cells), name

    def _observation(
        self, kind: str, name: str, row: Row, line: Line, location: Location
    ) -> Observation:
        namespace = row.cells.get("NAMESPACE")
        if namespace is None and kind not in CLUSTER_SCOPED and self.command is not None:
            namespace = self.command.namespace
        fields = ShownFields()
        fields.put(("metadata", "name"), name, line)
        if namespace is not None:
            fields.put(("metadata", "namespace"), namespace, line)
        if row.cells.get("EVENT") == "DELETED":  # --output-watch-events: ADDED, MODIFIED, DELETED
            fields.put(("watched",), "DELETED", line)
        if self.custom:
            self._read_custom(fields, row, line)
        else:
            read_cells(fields, kind, row, line)
        return Observation(
            kind,
            name,
            namespace,
            fields.fields,
            Trust.TABLE,
            location,
            absent=frozenset(fields.absent),
            locator=fields.locator,
        )

    def _read_custom(self, fields: ShownFields, row: Row, line: Line) -> None:
        for column, path in self.custom.items():
            cell = row.cells.get(column, "")
            if cell == "<none>":
                fields.absent.add(dotted(path))
            elif cell and path not in (("metadata", "name"), ("metadata", "namespace")):
                number = integer(cell) if path[:1] in (("spec",), ("status",)) else None
                fields.put(path, cell if number is None else number, line)


def _is_of_another(header: Header, command: Asked | None) -> bool:
    """Tell a table that the command above did not print: its own was lost, or its prompt is unknown."""
    if command is None or command.kind is None or _CUSTOM.match(command.output):
        return False
    shown = kind_of_header(header.names)
    return shown in UNMISTAKABLE and shown != command.kind


def _is_plausible(row: Row, kind: str | None, name: str, *, custom: bool) -> bool:
    """Tell a row from foreign text that happens to have as many words as there are columns."""
    loose = kind in _RBAC or "CREATED AT" in row.cells
    if (_RBAC_NAME if loose else _NAME).fullmatch(name) is None:
        return False
    namespace = row.cells.get("NAMESPACE")
    if namespace is not None and _LABEL.fullmatch(namespace) is None:
        return False
    if kind == "Pod" and not custom and not _POD.match(row.cells.get("READY") or "0/"):
        return False
    if _AGE.fullmatch(name):  # the rest of a row that a terminal wrapped
        return False
    age = row.cells.get("AGE")
    return age is None or custom or _AGE.fullmatch(age) is not None


def scope(kind: str, command: Asked | None, *, listed: bool) -> tuple[bool, str | None]:
    """Return whether it is known which namespaces were asked for, and the one (None: all).

    `listed`: the table has a NAMESPACE column, which kubectl prints for all namespaces only.
    """
    if listed or (command is not None and command.everywhere):
        return True, None
    if command is None:
        return False, None
    if kind in CLUSTER_SCOPED:
        return True, None
    return command.namespace is not None, command.namespace


def _custom_columns(command: Asked | None) -> dict[str, Path]:
    """Return the field paths of `-o custom-columns=NAME:.metadata.name,…` by column."""
    match = _CUSTOM.match(command.output) if command is not None else None
    columns: dict[str, Path] = {}
    for entry in match[1].split(",") if match is not None else ():
        name, _, path = entry.partition(":")
        if "[" not in path and "{" not in path:
            parts = _PATH_PART.findall(path)
            columns[name.upper()] = tuple(part.replace("\\", "") for part in parts)
    return {name: path for name, path in columns.items() if path}
