"""Exports of Azure Monitor: tables ContainerLogV2 and ContainerLog of Log Analytics.

    [{"TimeGenerated":"2026-11-23T02:06:24.214Z","PodName":"…","PodNamespace":"…","LogMessage":"…"}]
    {"tables":[{"columns":[{"name":"TimeGenerated"},…],"rows":[["2026-11-23T02:06:24Z",…]]}]}
    TimeGenerated [UTC],PodName,ContainerName,LogMessage          CSV of the portal

Sources: Azure Monitor table reference, `az monitor log-analytics query`, the query API's answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from arclogs.ingest.exports.labels import pod_of
from arclogs.ingest.exports.store import Export, Said, each, structured_line
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.ingest.exports.json import JsonText, Value

_MARKS = lazy_compile(
    r'"(?:LogMessage|LogEntry)"\s*:|"name"\s*:\s*"(?:LogMessage|LogEntry)"'
    r'|"TimeGenerated"\s*:(?=[\s\S]{0,3000}"(?:PodName|ContainerName|LogSource)"\s*:)'
)
_COLUMNS = lazy_compile(r'(?<!\\)"columns"\s*:\s*(?=\[)')
# The portal writes times the American way, in the zone that the column's name tells.
_PORTAL = lazy_compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}), (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,6}))? (AM|PM)"
)


def _row(cells: Mapping[str, Any]) -> Said | None:
    row = {key.lower().partition(" ")[0]: value for key, value in cells.items()}
    text = row.get("logmessage", row.get("logentry"))
    time = _time(str(row.get("timegenerated", "")))
    if isinstance(text, Mapping):  # LogMessage is of type dynamic
        stamp = str(row.get("timegenerated", ""))
        text = structured_line(text, str(row.get("loglevel", "info")), stamp)
    return Said(text, time, pod_of(row)) if isinstance(text, str) else None


def _entries(text: JsonText) -> Iterator[tuple[Said | None, Value]]:
    columns = _COLUMNS.search(text.text)
    given = text.decode(columns.end()) if columns is not None else None
    if given is None or not isinstance(given.data, list):
        yield from _ROWS(text)
        return
    names = [str(c.get("name")) if isinstance(c, dict) else "" for c in given.data]
    for start in text.arrays("rows"):
        for value in text.items(start):
            if isinstance(value.data, list):
                yield _row(dict(zip(names, value.data))), value


def _time(text: str) -> datetime | None:
    match = _PORTAL.fullmatch(text.strip())
    if match is None:
        return parse_timestamp(text)
    month, day, year, hour, minute, second, fraction, half = match.groups()
    clock = int(hour) % 12 + (12 if half == "PM" else 0)
    return parse_timestamp(
        f"{year}-{int(month):02}-{int(day):02}T{clock:02}:{minute}:{second}.{fraction or '0'}Z"
    )


_ROWS = each(("value",), _row)

PARSER = Export(
    "azure",
    _MARKS,
    ('"LogMessage"', '"LogEntry"', '"TimeGenerated"'),
    _entries,
    ("LogMessage", "LogEntry"),
    _row,
    (
        frozenset({"timegenerated", "logmessage"}),
        frozenset({"timegenerated [utc]", "logmessage"}),
        frozenset({"timegenerated", "logentry"}),
        frozenset({"timegenerated [utc]", "logentry"}),
    ),
)
