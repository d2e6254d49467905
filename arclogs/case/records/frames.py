"""The polars frames that signals filter: one row a record, one row an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.event import Event
    from arclogs.model.record import Record

_TIME = pl.Datetime("us", "UTC")  # "ns" wraps silently for Go's zero time and the year 9999

RECORD_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "time": _TIME,
    "source": pl.String,
    "level": pl.UInt8,
    "text": pl.String,
    "pod": pl.String,
    "namespace": pl.String,
    "member": pl.String,
    "line": pl.UInt32,
}
EVENT_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "time": _TIME,
    "type": pl.String,
    "reason": pl.String,
    "message": pl.String,
    "namespace": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "count": pl.Int64,
}


def record_frame(records: Sequence[Record]) -> pl.DataFrame:
    """Return the records as a frame; `row` is the index into `records`."""
    rows = [
        (i, r.timestamp, r.source.value, r.level or 0, r.text, r.fields.get("pod"),
         r.fields.get("namespace"), r.member, r.line)
        for i, r in enumerate(records)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=RECORD_SCHEMA, orient="row")


def event_frame(events: Sequence[Event]) -> pl.DataFrame:
    """Return the events as a frame; `row` is the index into `events`."""
    rows = [
        (i, e.last, e.type, e.reason, e.message, e.namespace, e.kind, e.name, e.count)
        for i, e in enumerate(events)
    ]
    return pl.DataFrame(rows, schema=EVENT_SCHEMA, orient="row")
