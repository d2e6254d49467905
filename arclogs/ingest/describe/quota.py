"""Quotas, limit ranges and the namespaces that list them, as `kubectl describe` prints them.

    Resource         Used  Hard
    --------         ----  ----
    requests.memory  0     32Gi

Written by kubectl `pkg/describe/describe.go` (describeQuota, DescribeResourceQuotas,
describeLimitRange, describeNamespace).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.fields import ShownFields
from arclogs.ingest.tables.columns import Header, read_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.describe.grammar import Line, Node

_LIMITS = {
    "MIN": "min",
    "MAX": "max",
    "DEFAULT REQUEST": "defaultRequest",
    "DEFAULT LIMIT": "default",
    "MAX LIMIT/REQUEST RATIO": "maxLimitRequestRatio",
}
_NO_QUOTA = "No resource quota."
_NO_LIMIT_RANGE = "No LimitRange resource."
_QUOTAS = "Resource Quotas"


def read_quota(fields: ShownFields, _: Node, lines: list[Line]) -> None:
    """Read `status.used` and `status.hard` of a ResourceQuota."""
    _read_amounts(fields, lines)


def _read_amounts(fields: ShownFields, lines: list[Line]) -> None:
    whole = False
    for line, cells in _rows(lines, ("RESOURCE", "USED", "HARD")):
        resource = cells["RESOURCE"]
        whole = bool(cells["HARD"])
        if whole:
            fields.put(("status", "used", resource), cells["USED"], line)
            fields.put(("status", "hard", resource), cells["HARD"], line)
    if whole:
        fields.absent |= {"status.hard", "status.used"}


def read_limit_range(fields: ShownFields, _: Node, lines: list[Line]) -> None:
    """Read `spec.limits`, one item for each type (Container, Pod, PersistentVolumeClaim)."""
    types: list[str] = []
    for line, cells in _rows(lines, ("TYPE", "RESOURCE")):
        if cells["TYPE"] not in types:
            types.append(cells["TYPE"])
            fields.put(("spec", "limits", len(types) - 1, "type"), cells["TYPE"], line)
        index = types.index(cells["TYPE"])
        for column, name in _LIMITS.items():
            value = cells.get(column, "-")
            if value not in ("-", ""):
                fields.put(("spec", "limits", index, name, cells["RESOURCE"]), value, line)


def listed_quotas(lines: list[Line]) -> Iterator[tuple[Line, str, ShownFields]]:
    """Yield the `Name:` line, the name and the fields of each quota that a namespace lists."""
    inside = False
    name: Line | None = None
    table: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if not line.blank and line.indent == 0:
            inside = text.rstrip(":") == _QUOTAS
        elif inside and text.startswith("Name:"):
            yield from _quota(name, table)
            name, table = line, []
        elif inside:
            table.append(line)
    yield from _quota(name, table)


def _quota(name: Line | None, table: list[Line]) -> Iterator[tuple[Line, str, ShownFields]]:
    if name is not None:
        fields = ShownFields()
        _read_amounts(fields, table)
        yield name, name.text.partition(":")[2].strip(), fields


def is_quota(lines: list[Line]) -> bool:
    return any(True for _ in _rows(lines, ("RESOURCE", "USED", "HARD")))


def is_limit_range(lines: list[Line]) -> bool:
    return any(True for _ in _rows(lines, ("TYPE", "RESOURCE", "MIN", "MAX")))


def is_namespace(lines: list[Line]) -> bool:
    return _states(lines, _NO_QUOTA, _NO_LIMIT_RANGE, _QUOTAS)


def kinds_listed_in_full(lines: list[Line]) -> Iterator[str]:
    """Yield the kinds of which a namespace's description shows all objects, or that there are none.

    Limit ranges are shown without their names, so only their absence can be told.
    """
    if _states(lines, _NO_QUOTA) or (
        _states(lines, _QUOTAS) and _states(lines, _NO_LIMIT_RANGE, "Resource Limits")
    ):
        yield "ResourceQuota"
    if _states(lines, _NO_LIMIT_RANGE):
        yield "LimitRange"


def _states(lines: list[Line], *sentences: str) -> bool:
    return any(line.text.strip() in sentences for line in lines)


def _rows(lines: list[Line], columns: tuple[str, ...]) -> Iterator[tuple[Line, dict[str, Any]]]:
    header: Header | None = None
    for line in lines:
        text = line.text.strip()
        if header is None:
            found = read_header(line.text) if text.upper().startswith(columns[0]) else None
            header = found if found is not None and found.names[: len(columns)] == columns else None
        elif not text:
            return
        elif not text.startswith("---") and (row := header.row(line.text)) is not None:
            yield line, row.cells
