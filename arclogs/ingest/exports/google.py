"""Exports of Google Cloud Logging: `gcloud logging read`, the explorer's download, CSV.

    [{"insertId":"…","resource":{"labels":{"pod_name":"…","namespace_name":"…"},"type":"k8s_container"},
      "textPayload":"√ Connected to GitHub","timestamp":"2026-11-23T02:06:24.214553Z"}]
    insertId: …                            the same in YAML, documents parted by ---

Source: Logging API v2 LogEntry. Of a line of JSON, GKE's agent takes out level and time and keeps the
rest as `jsonPayload`; the program's own line is put together again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from arclogs.ingest.exports.labels import pod_of
from arclogs.ingest.exports.store import Entry, Export, Said, each, logs, structured_line
from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.yaml.text import load_yaml
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Block, Head, Item

_YAML_KEY = lazy_compile(r"(?:insertId|logName|receiveTimestamp|textPayload): |jsonPayload:")
_YAML_WORDS = lazy_compile(r"(?:textPayload|  message|  msg):")
_MARKS = lazy_compile(
    r'"(?:textPayload|jsonPayload|insertId|receiveTimestamp)"\s*:(?=[\s\S]{0,3000}"(?:textPayload|jsonPayload'
    r'|resource|logName)"\s*:)|"resource"\s*:\s*\{(?=[\s\S]{0,3000}"(?:textPayload|jsonPayload)"\s*:)'
)


def _entry(value: Mapping[str, Any]) -> Said | None:
    stamp = str(value.get("timestamp", value.get("receiveTimestamp", "")))
    text = value.get("textPayload")
    payload = value.get("jsonPayload")
    if not isinstance(text, str) and isinstance(payload, Mapping):
        text = structured_line(payload, _level(value), stamp)
    if not isinstance(text, str):
        return None
    resource = value.get("resource")
    labels = resource.get("labels") if isinstance(resource, Mapping) else None
    return Said(text, parse_timestamp(stamp), pod_of(labels, value.get("labels")))


def _level(value: Mapping[str, Any]) -> str:
    level = str(value.get("severity", "INFO"))
    return "info" if level == "DEFAULT" else level


def _row(cells: Mapping[str, str]) -> Said | None:
    text = cells.get("textpayload") or cells.get("jsonpayload.message")
    if not text:
        return None
    prefix = "resource.labels."
    labels = {k.removeprefix(prefix): v for k, v in cells.items() if k.startswith(prefix)}
    return Said(text, parse_timestamp(cells.get("timestamp", "")), pod_of(labels))


PARSER = Export(
    "google",
    _MARKS,
    ('"textPayload"', '"jsonPayload"', '"insertId"', '"receiveTimestamp"'),
    each((), _entry),
    ("textPayload", "message", "msg", "jsonPayload"),
    _row,
    (frozenset({"timestamp", "textpayload"}), frozenset({"timestamp", "jsonpayload.message"})),
)


class GoogleYaml:
    """Parser of what `gcloud logging read` prints unless told otherwise: YAML."""

    name = "google-yaml"
    long_lines = True

    def sniff(self, head: Head) -> int:
        keys = {line.partition(":")[0] for line in head.lines if _YAML_KEY.match(line)}
        return 96 if len(keys) >= 2 else 0

    def parse(self, block: Block) -> Iterator[Item]:
        entries: list[Entry] = []
        for number, lines in _documents(block.lines, block.first_line):
            value = load_yaml("\n".join(lines))
            said = _entry(value) if isinstance(value, Mapping) else None
            if said is None:
                yield Unparsed(block.at(number - block.first_line), "no log entry of google")
                continue
            shown = next((i for i, line in enumerate(lines) if _YAML_WORDS.match(line)), 0)
            entries.append(Entry(said, number + shown, lines[shown]))
        yield from logs(entries, block)


def _documents(lines: Iterable[str], first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines between the marks of YAML, with the number of the first."""
    held: list[str] = []
    start = first_line
    for number, line in enumerate(lines, first_line):
        if line.startswith("---"):
            if held:
                yield start, held
            held, start = [], number + 1
        else:
            held.append(line)
    if any(line.strip() for line in held):
        yield start, held


YAML = GoogleYaml()
