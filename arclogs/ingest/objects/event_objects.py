"""Events as YAML or JSON shows them, in three shapes.

    involvedObject, message, firstTimestamp, lastTimestamp, count     core/v1, classic recorder
    involvedObject, message, eventTime, series.lastObservedTime       core/v1 view of events.k8s.io
    regarding, note, eventTime, deprecatedLastTimestamp               events.k8s.io/v1 itself

Source of the shapes: k8s.io/api core/v1 and events/v1 types.go. The second has null first and last
time stamps and no count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.event import Event
from arclogs.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from arclogs.ingest.objects.object_text import Passage

# `  message: Pulled` in a list item, `- message: x` first in it, `"note": "…"` in JSON
_MESSAGE_KEY = lazy_compile(r"^((?: |- )*)\"?(?:message|note)\"?:", re.MULTILINE)
_SHOWN_CHARS = 2000


def read_event(fields: Mapping[str, Any], member: str, text: Passage) -> Event:
    """Return the event that an object of kind Event is."""
    involved = _part(fields, "involvedObject") or _part(fields, "regarding")
    series = _part(fields, "series")
    created = _part(fields, "metadata").get("creationTimestamp")
    occurred = fields.get("eventTime")
    line, raw = _message_line(fields, text)
    return Event(
        location=Location(member, line),
        raw=raw,
        reason=_text(fields.get("reason")),
        message=_text(fields.get("message") or fields.get("note")),
        type=_text(fields.get("type")) or None,
        namespace=_text(involved.get("namespace") or _part(fields, "metadata").get("namespace"))
        or None,
        kind=_text(involved.get("kind")) or None,
        name=_text(involved.get("name")) or None,
        component=_component(fields),
        count=_count(series.get("count") or fields.get("count") or fields.get("deprecatedCount")),
        first=_first_time(
            fields.get("firstTimestamp"), fields.get("deprecatedFirstTimestamp"), occurred, created
        ),
        last=_first_time(
            series.get("lastObservedTime"),
            fields.get("lastTimestamp"),
            fields.get("deprecatedLastTimestamp"),
            occurred,
            created,
        ),
    )


def _message_line(fields: Mapping[str, Any], text: Passage) -> tuple[int, str]:
    """Return number and text of the line that holds the event's own message."""
    if isinstance(fields, Flat) and ("message" in fields) is not ("note" in fields):
        known = text.find(("message" if "message" in fields else "note",))
        if known is not None and len(known[1]) <= _SHOWN_CHARS:
            return known
    found = min(_MESSAGE_KEY.finditer(text.text), key=lambda match: len(match[1]), default=None)
    if found is None:
        return text.first_line, text.text.split("\n", 1)[0][:_SHOWN_CHARS]
    start = found.start()
    end = text.text.find("\n", start)
    raw = text.text[start : end if end >= 0 else None]
    return text.first_line + text.text.count("\n", 0, start), raw[:_SHOWN_CHARS]


def _component(fields: Mapping[str, Any]) -> str | None:
    source = _part(fields, "source") or _part(fields, "deprecatedSource")
    reporter = fields.get("reportingComponent") or fields.get("reportingController")
    return _text(source.get("component") or reporter) or None


def _part(fields: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = fields.get(key)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < 2**31 else 1


def _first_time(*stamps: Any) -> datetime | None:
    return next((t for s in stamps if isinstance(s, str) and (t := parse_timestamp(s))), None)
