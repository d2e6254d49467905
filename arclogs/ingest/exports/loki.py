"""Exports of Grafana Loki: the query API's answer, logcli and Grafana's download.

    {"status":"success","data":{"resultType":"streams","result":[{"stream":{"pod":"…"},"values":[["…
    {"labels":{"pod":"linux-k8s-x2f7d-runner-w9k4d"},"line":"Exiting...","timestamp":"…"}   logcli
    [{"line":"Exiting...","timestamp":"1763457247021000000","date":"…Z","fields":{"pod":"…"}}]   Grafana

Sources: loki docs/sources/reference/loki-http-api.md, pkg/logcli/output/jsonl.go, grafana
public/app/features/logs/utils.ts (JSON and CSV of Explore). Times are nanoseconds since 1970.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.exports.labels import Pod, pod_of
from arclogs.ingest.exports.store import Export, Said, each
from arclogs.ingest.text.structured import load_object
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.ingest.exports.json import JsonText, Value

_MARKS = lazy_compile(
    r'"resultType"\s*:\s*"streams"|"stream"\s*:\s*\{[^}]*\}\s*,\s*"values"\s*:\s*\['
    r'|"labels"\s*:\s*\{[^}]*\}\s*,\s*"line"\s*:\s*"'
    r'|"line"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"timestamp"\s*:\s*"'
)
_STREAM = lazy_compile(r'(?<!\\)"stream"\s*:\s*(?=\{)')
_VALUES = lazy_compile(r'\s*,\s*"values"\s*:\s*(?=\[)')


def _entries(text: JsonText) -> Iterator[tuple[Said | None, Value]]:
    found = False
    for match in _STREAM.finditer(text.text):
        labels = text.decode(match.end())
        values = _VALUES.match(text.text, labels.end) if labels is not None else None
        if labels is None or values is None:
            continue
        found = True
        pod = pod_of(labels.data)
        for value in text.items(values.end()):
            yield _pair(value.data, pod), value
    if not found and '"resultType"' not in text.text[:2000]:
        yield from _LINES(text)


def _pair(value: Any, pod: Pod) -> Said | None:
    """Read `[time, line]`, which may be followed by structured metadata."""
    if not isinstance(value, list) or len(value) < 2 or not isinstance(value[1], str):
        return None
    more = pod_of(value[2]) if len(value) > 2 else Pod()
    return Said(value[1], parse_timestamp(str(value[0])), pod.completed(more))


def _line(value: Mapping[str, Any]) -> Said | None:
    line = value.get("line")
    if not isinstance(line, str):
        return None
    time = parse_timestamp(str(value.get("date", ""))) or parse_timestamp(
        str(value.get("timestamp"))
    )
    return Said(line, time, pod_of(value.get("labels"), value.get("fields")))


def _row(cells: Mapping[str, str]) -> Said | None:
    line = cells.get("line", cells.get("body"))
    if line is None:
        return None
    stamp = cells.get("tsns") or cells.get("timestamp") or cells.get("time", "")
    return Said(line, parse_timestamp(stamp), pod_of(cells, load_object(cells.get("labels", ""))))


_LINES = each((), _line)

PARSER = Export(
    "loki",
    _MARKS,
    ('"resultType"', '"stream"', '"line"'),
    _entries,
    ("line",),
    _row,
    (frozenset({"line", "labels"}), frozenset({"body", "labels"}), frozenset({"line", "tsns"})),
)
