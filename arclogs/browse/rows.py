"""Rows: one record or event each, in one frame, so that one filter and one table serve them all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from arclogs.case.coverage.survey import EVENTS
from arclogs.model.record import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.event import Event
    from arclogs.model.record import Record

SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "time": pl.Datetime("us", "UTC"),
    "level": pl.UInt8,  # 0: the program gave none
    "source": pl.String,
    "namespace": pl.String,
    "pod": pl.String,
    "container": pl.String,
    "runner": pl.String,  # the ephemeral runner that controller and listener write about
    "job": pl.String,
    "step": pl.String,
    "type": pl.String,
    "reason": pl.String,
    "object": pl.String,
    "logger": pl.String,
    "member": pl.String,
    "line": pl.UInt32,
    "text": pl.String,
    "fields": pl.String,  # JSON: whatever else the record tells
}
RAW: Final = "raw"
"""A further column where the original lines are wanted, which double the memory."""

_COLUMNS = frozenset({"namespace", "pod", "container", "runner", "job", "step"})
_LEVEL_OF_TYPE = {"Warning": int(Level.WARNING), "Normal": int(Level.INFO)}


def record_row(record: Record) -> tuple[Any, ...]:
    """Return the row of a record, `raw` last."""
    said = record.fields
    rest = {key: value for key, value in said.items() if key not in _COLUMNS}
    return (
        record.timestamp, int(record.level or 0), record.source.value, said.get("namespace"),
        said.get("pod"), said.get("container"), said.get("runner") or said.get("ephemeralrunner"),
        said.get("job"), said.get("step"), None, None, None, record.logger, record.member,
        record.line, record.text, _json(rest), "\n".join(record.raw),
    )  # fmt: skip


def event_row(event: Event) -> tuple[Any, ...]:
    """Return the row of an event, `raw` last. Its text leads with what it is about."""
    about = "/".join(part for part in (event.kind, event.name) if part) or None
    text = " ".join(part for part in (event.reason, about) if part)
    rest = {"component": event.component} if event.component else {}
    if event.count > 1:
        rest["count"] = str(event.count)
    return (
        event.last, _LEVEL_OF_TYPE.get(event.type or "", 0), EVENTS, event.namespace,
        event.name if event.kind == "Pod" else None, None, None, None, None, event.type,
        event.reason, about, None, event.location.member, event.location.line,
        f"{text}: {event.message}" if text else event.message, _json(rest), event.raw,
    )  # fmt: skip


def frame_of(rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Return rows as a frame, `raw` among its columns."""
    return pl.DataFrame(rows, schema={**SCHEMA, RAW: pl.String}, orient="row")


def _json(fields: dict[str, str]) -> str | None:
    return json.dumps(fields, ensure_ascii=False) if fields else None
