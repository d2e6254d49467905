"""Secrets and config maps as `kubectl describe` prints them.

    Data
    ====
    github_app_id:  6 bytes

Written by kubectl `pkg/describe/describe.go` (describeSecret, describeConfigMap). A secret shows the
size of each value, except that of a service account's token, which it prints in full: we keep a size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.describe.fields import ShownFields
    from arclogs.ingest.describe.grammar import Line, Node

_SECRET_ENTRY = lazy_compile(r"([\w.-]+):\s+(\S.*)$")
_SIZE = lazy_compile(r"\d{1,9} bytes")
_DATA_KEY = lazy_compile(r"([\w.-]+):$")


def read_secret(fields: ShownFields, root: Node, lines: list[Line]) -> None:
    """Read `type` and the keys of `data`; each value is the printed size (`6 bytes`)."""
    fields.put_text(("type",), root.get("Type"))
    for line in _section(lines, "Data"):
        match = _SECRET_ENTRY.match(line.text)
        if match is None:
            continue
        key, value = match.groups()
        size = value if _SIZE.fullmatch(value) else f"{len(value)} bytes"
        fields.put(("data", key), size, line)
    _close(fields, lines)


def read_config_map(fields: ShownFields, _: Node, lines: list[Line]) -> None:
    """Read the texts of `data`, without the line break at their end."""
    key, start = "", None
    value: list[str] = []
    section = _section(lines, "Data")
    for index, line in enumerate(section):
        match = _DATA_KEY.match(line.text)
        if match is not None and index + 1 < len(section) and section[index + 1].text == "----":
            if start is not None:
                fields.put(("data", key), _text(value), start)
            key, start, value = match[1], line, []
        else:
            value.append(line.text)
    if start is not None:
        fields.put(("data", key), _text(value), start)
    _close(fields, lines)


def _text(lines: list[str]) -> str:
    return "\n".join(lines[1:]).rstrip("\n")


def _close(fields: ShownFields, lines: list[Line]) -> None:
    """Record that all keys were shown, where a later section proves that the data went to its end."""
    if any(line.text == "Data" for line in lines) and lines[-1].number < fields.open_from:
        fields.absent.add("data")


def _section(lines: list[Line], title: str) -> list[Line]:
    """Return the lines below a title that is underlined with `====`."""
    texts = [line.text.rstrip() for line in lines]
    for index in range(len(texts) - 1):
        if texts[index] == title and texts[index + 1] == "====":
            following = range(index + 2, len(texts))
            end = next((i for i in following if texts[i] == "BinaryData"), len(texts))
            return lines[index + 2 : end]
    return []
