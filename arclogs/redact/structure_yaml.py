"""Values of Secrets in YAML, found line by line: kubectl prints `data` before `kind`.

Works on block style as kubectl, helm and people write it, also in a list, indented or cut off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import MASKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.redact.views import Range

_KIND = lazy_compile(r"^((?:[ ]|- )*)kind:[ ]+[\"']?Secret(List)?[\"']?[ \t]*\r?$", re.M)
_LINE = lazy_compile(r"^(?P<lead>(?:[ ]|- )*)(?P<text>[^\r\n]*)", re.M)
_VALUES = lazy_compile(r"(?:data|stringData):(?P<inline>[ \t]*\S[^\r\n]*)?")
_ENTRY = lazy_compile(
    rf"(?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*'):[ \t]+"
    rf"(?!{MASKED}|(?:null|~|\"\"|''|\{{\}})[ \t]*$)(?P<value>\S.*)"
)
_BLOCK = lazy_compile(r"[|>][+-]?\d?[+-]?[ \t]*$")
_FURTHEST: Final = 2 * 1024 * 1024
"""Characters to both sides of `kind`: etcd keeps objects of 1.5 MiB at most."""
_MOST_WORK: Final = 16 * 1024 * 1024
"""Characters gone through: no cluster nests objects so that this is not enough."""


def yaml_values(text: str) -> Iterator[list[Range]]:
    """Yield the places of each value; a value of several lines has one for each."""
    reached = 0
    budget = _MOST_WORK + 4 * len(text)
    for kind in _KIND.finditer(text):
        if kind.start() < reached:
            continue  # in the extent of a list that was gone through
        if budget < 0:
            return
        column = len(kind[1])
        start = _begin(text, kind.start(), column)
        lines = list(_extent(text, start, kind.start(), column))
        budget -= lines[-1].end() - start
        if kind[2]:
            reached = lines[-1].end()
        yield from _values(lines, column, anywhere=bool(kind[2]))


def _begin(text: str, at: int, column: int) -> int:
    """Return where the mapping begins whose `kind` stands at an offset."""
    first = at
    while first > 0 and at - first < _FURTHEST and "-" not in text[first : first + column]:
        before = text.rfind("\n", 0, first - 1) + 1
        line = _LINE.match(text, before)
        assert line is not None
        body, at = line["text"], len(line["lead"])
        if body in ("---", "...") or (body and at < column) or _another(body, at, column):
            break
        first = before
    return first


def _another(body: str, at: int, column: int) -> bool:
    """Tell whether a line is the `kind` of another object: a mapping has only one."""
    return at == column and body.startswith("kind:")


def _extent(text: str, start: int, at: int, column: int) -> Iterator[re.Match[str]]:
    """Yield the lines of a mapping from its first on, as far as its column goes."""
    for line in _LINE.finditer(text, start, at + _FURTHEST):
        lead, body = line["lead"], line["text"]
        if line.start() > at and body:
            if _another(body, len(lead), column):
                return
            new_item = len(lead.rstrip(" ")) > 0 and lead.index("-") < column
            if len(lead) < column or new_item or body in ("---", "..."):
                return
        yield line


def _values(lines: list[re.Match[str]], column: int, *, anywhere: bool) -> Iterator[list[Range]]:
    inside: int | None = None  # the column of `data:`
    entry = -1  # that of the entry whose further lines belong to its value
    ranges: list[Range] = []
    for line in lines:
        at, body = len(line["lead"]), line["text"]
        if not body:
            continue
        if inside is not None and at <= inside:
            inside = None
        if inside is None:
            yield ranges
            ranges, entry = [], -1
            values = _VALUES.fullmatch(body) if anywhere or at == column else None
            if values:
                inside = at
                if values["inline"] and values["inline"].strip() not in ("{}", "null"):
                    yield [(line.start("text") + values.start("inline") + 1, line.end())]
        elif entry >= 0 and at > entry:
            ranges.append((line.start("text"), line.end()))
        elif found := _ENTRY.match(body):
            yield ranges
            ranges, entry = [], at
            if not _BLOCK.fullmatch(found["value"]):
                ranges.append((line.start("text") + found.start("value"), line.end()))
        else:
            yield ranges
            ranges, entry = [], at
    yield ranges
