r"""Exports of stores without a parser of their own, known by what nearly all of them write.

    [{"message":"…","timestamp":1744107072100,"pod_name":"…"}]              New Relic, a script's dump
    {"preview":false,"result":{"_raw":"…","_time":"…","pod":"…"}}           Splunk, one a line
    {"message":"…","namespace":"…","podName":"…","containerName":"…"}       stern -o json
    {"messages":[{"message":{"timestamp":"…","message":"…"}}]}              Graylog
    {"resourceLogs":[{…"logRecords":[{"timeUnixNano":"…","body":{"stringValue":"…"}}]}]}   OTLP

An entry is an object with words under one of a few keys, and mostly a time. A program's own lines in
JSON (zap, slog) look alike and are its parser's: they name a logger. Sources: Splunk search REST API,
stern `output.go`, OpenTelemetry `logs.proto` in JSON, Graylog and New Relic API references.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arclogs.ingest.exports.labels import pod_of
from arclogs.ingest.exports.store import Export, Said, each, structured_line
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile

_MARKS = lazy_compile(
    r'\A\s*\[\s*\{(?:"(?:[^"\\]|\\.){0,9000}"|[^{}"]){0,200}'
    r'(?:"_source"\s*:\s*\{|(?<=[\s,{])"(?:message|line|log|textPayload|body)"\s*:\s*")'
    r'|"_raw"\s*:\s*"|"resourceLogs"\s*:\s*\[|"messages"\s*:\s*\[\s*\{\s*"message"\s*:\s*\{'
    r'|"podName"\s*:\s*"[^"]*"\s*,\s*"containerName"\s*:'
    r'|\A\s*\{\s*"(?:logs|entries|records|rows|lines)"\s*:\s*\[\s*\{'
)
_LISTS = ("logRecords", "results", "messages", "logs", "entries", "records", "rows", "lines")
_WORDS = ("_raw", "message", "log", "line", "msg", "body", "textPayload", "content")
_TIMES = ("@timestamp", "timestamp", "_time", "time", "ts", "date", "datetime", "timeUnixNano")
_WITHIN = ("result", "message", "_source", "attributes", "content")


def _entry(value: Mapping[str, Any]) -> Said | None:
    inner = next((v for key in _WITHIN if isinstance(v := value.get(key), Mapping)), None)
    source = inner if inner is not None and _words(inner) is not None else value
    text = _words(source)
    if text is None:
        return None
    stated = next((source[key] for key in _TIMES if source.get(key)), None)
    stated = value.get("timestamp", "") if stated is None else stated
    if "logger" in source:
        text = structured_line(source, str(source.get("level", "info")), str(stated)) or text
    return Said(text, parse_timestamp(str(stated)), pod_of(source, value))


def _words(source: Mapping[str, Any]) -> str | None:
    for key in _WORDS:
        words = source.get(key)
        if isinstance(words, Mapping):
            words = words.get("stringValue")
        if isinstance(words, str):
            return words
    return None


PARSER = Export("log entries", _MARKS, ("[", "{"), each(_LISTS, _entry), _WORDS)
