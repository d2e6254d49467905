r"""Exports of Elasticsearch and OpenSearch: search results, one document copied from Kibana, CSV.

    {"took":3,"hits":{"hits":[{"_index":"…","_source":{"@timestamp":"…Z","message":"…","kubernetes":{…
    {"_index":"…","fields":{"@timestamp":["…Z"],"log":["√ Connected to GitHub\n"]}}
    {"@timestamp":"…Z","log":"…","kubernetes":{"pod_name":"…"}}            a document as it was sent

Sources: Elasticsearch search API, beats and fluent-bit documents, Kibana's CSV reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arclogs.ingest.exports.labels import pod_of
from arclogs.ingest.exports.store import Export, Said, each, structured_line
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

_MARKS = lazy_compile(
    r'"hits"\s*:\s*\{(?=[\s\S]{0,400}"hits"\s*:)|"_index"\s*:\s*"'
    r'|"(?:log|message|body)"\s*:\s*"(?=[\s\S]{0,3000}"kubernetes"\s*:\s*\{)'
    r'|"kubernetes"\s*:\s*\{(?=[\s\S]{0,3000}"(?:log|message)"\s*:)'
)
_WORDS = ("message", "log", "event.original", "body")


def _hit(value: Mapping[str, Any]) -> Said | None:
    source = value.get("_source", value.get("fields", value))
    if not isinstance(source, Mapping):
        return None
    stamp = str(_one(source.get("@timestamp", source.get("time", source.get("timestamp")))))
    text = next((t for key in _WORDS if isinstance(t := _one(source.get(key)), str)), None)
    if text is None or "logger" in source:
        text = structured_line(source, str(source.get("level", "info")), stamp) or text
    if text is None:
        return None
    return Said(text, parse_timestamp(stamp), pod_of(source))


def _row(cells: Mapping[str, str]) -> Said | None:
    text = next((cells[key] for key in _WORDS if cells.get(key)), None)
    if text is None:
        return None
    # Kibana prints `Nov 18, 2025 @ 09:14:07.021` in the reader's zone: no time to count on.
    return Said(text, parse_timestamp(cells.get("@timestamp", "")), pod_of(cells))


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


PARSER = Export(
    "elastic",
    _MARKS,
    ('"hits"', '"_index"', '"kubernetes"'),
    each(("hits",), _hit),
    ("message", "log", "body"),
    _row,
    (
        frozenset({"@timestamp", "message", "kubernetes.pod.name"}),
        frozenset({"@timestamp", "log", "kubernetes.pod_name"}),
        frozenset({"@timestamp", "message", "_index"}),
        frozenset({"@timestamp", "log", "_index"}),
    ),
)
