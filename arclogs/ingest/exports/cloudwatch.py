"""Exports of Amazon CloudWatch Logs: events of a stream or a filter, and Insights queries.

    {"events":[{"logStreamName":"…","timestamp":1763457247021,"message":"Listening for Jobs"}]}
    {"results":[[{"field":"@timestamp","value":"2025-11-18 09:14:07.021"},{"field":"@message",…
    @timestamp,@message                                           CSV of Insights; timestamp,message

Sources: CloudWatch Logs API reference (FilterLogEvents, GetLogEvents, GetQueryResults). Times are
milliseconds since 1970 or UTC. What fluent-bit sends is a record of its own inside of the message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.exports.json import Value
from arclogs.ingest.exports.labels import pod_of, pod_of_path
from arclogs.ingest.exports.store import Export, Said, each
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.ingest.exports.json import JsonText

_MARKS = lazy_compile(
    r'"events"\s*:\s*\[\s*\{(?=[^}]{0,2000}"timestamp"\s*:\s*\d{13})'
    r'|"field"\s*:\s*"@(?:message|timestamp)"'
    r'|"ingestionTime"\s*:\s*\d{13}|"logStreamName"\s*:\s*"'
)


def _event(value: Mapping[str, Any]) -> Said | None:
    message = value.get("message", value.get("@message"))
    if not isinstance(message, str):
        return None
    time = parse_timestamp(str(value.get("timestamp", value.get("@timestamp", ""))))
    stream = str(value.get("logStreamName", value.get("@logStream", "")))
    return Said(message, time, pod_of(value).completed(pod_of_path(stream)))


def _entries(text: JsonText) -> Iterator[tuple[Said | None, Value]]:
    insights = False
    for start in text.arrays("results"):
        for value in text.items(start):
            insights = True
            yield _event(_fields(value.data)), _message(text, value)
    if not insights:
        yield from _EVENTS(text)


def _fields(row: Any) -> dict[str, Any]:
    """Return the fields of a row of Insights, which is a list of names with values."""
    pairs = [cell for cell in row if isinstance(cell, dict)] if isinstance(row, list) else []
    return {str(cell.get("field")): cell.get("value") for cell in pairs}


def _message(text: JsonText, row: Value) -> Value:
    """Return the part of a row that holds the message, for its line."""
    name = text.text.find('"@message"', row.start, row.end)
    value = text.text.find('"value"', max(name, row.start), row.end)
    return Value({}, value, row.end) if 0 <= name < value else row


_EVENTS = each(("events",), _event)

PARSER = Export(
    "cloudwatch",
    _MARKS,
    ('"events"', '"field"', '"ingestionTime"', '"logStreamName"'),
    _entries,
    ("message", "@message"),
    _event,
    (frozenset({"timestamp", "message"}), frozenset({"@timestamp", "@message"})),
)
