"""Exports of Datadog: the log API, an archive, one event copied from the explorer, CSV.

    {"data":[{"id":"…","type":"log","attributes":{"timestamp":"…Z","message":"…","tags":["pod_name:…
    {"_id":"…","date":"…Z","message":"…","attributes":{…},"tags":["kube_namespace:arc-runners"]}
    Date,Host,Service,Container,Message                                   CSV of the explorer

Sources: Datadog API v2 `logs/events`, v1 `content`, log archives' documented form. What a program
logged as JSON is in the inner `attributes`, its words in `message`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arclogs.ingest.exports.labels import pod_of, tags
from arclogs.ingest.exports.store import Export, Said, each
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

_MARKS = lazy_compile(
    r'"type"\s*:\s*"log"(?=[\s\S]{0,3000}"message"\s*:)'
    r'|"attributes"\s*:\s*\{(?=[\s\S]{0,3000}"(?:tags|ddtags|service|message)"\s*:)'
    r'|"content"\s*:\s*\{\s*"(?:timestamp|tags|host|service|message|attributes)"\s*:'
    r'|"message"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*(?:"[a-z]+"\s*:\s*"[^"]*"\s*,\s*)*"attributes"\s*:\s*\{'
)


def _entry(value: Mapping[str, Any]) -> Said | None:
    outer = value
    for key in ("attributes", "content"):
        inner = value.get(key)
        if isinstance(inner, Mapping) and isinstance(inner.get("message"), str):
            outer = inner
            break
    message = outer.get("message")
    if not isinstance(message, str):
        return None
    stamp = outer.get("timestamp", outer.get("date", value.get("date", value.get("timestamp"))))
    given = outer.get("tags", value.get("tags"))
    labels = tags(given) if isinstance(given, list) else {}
    return Said(
        message, parse_timestamp(str(stamp)), pod_of(labels, outer.get("attributes"), outer)
    )


def _row(cells: Mapping[str, str]) -> Said | None:
    message = cells.get("message")
    if message is None:
        return None
    labels = tags(cells.get("tags", "").split(","))
    named = {key.lstrip("@"): cell for key, cell in cells.items() if key != "service"}
    return Said(message, parse_timestamp(cells.get("date", "")), pod_of(labels, named))


PARSER = Export(
    "datadog",
    _MARKS,
    ('"log"', '"attributes"', '"content"'),
    each(("data",), _entry),
    ("message",),
    _row,
    (frozenset({"date", "host", "service", "message"}), frozenset({"date", "service", "message"})),
)
