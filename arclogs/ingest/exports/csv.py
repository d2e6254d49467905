"""Rows of a CSV export, each with the line on which it begins.

    TimeGenerated [UTC],PodName,LogMessage
    "9/17/2026, 10:04:20.114 AM",linux-k8s-7hx2q-runner-w9k4d,"a message
    of two lines"

Source of the form: RFC 4180; a quoted cell may hold line breaks.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ROW_LINES = 500
"""A quotation mark without its twin would swallow the rest of the file."""


class Row(Struct, frozen=True):
    """One row; no cells where it could not be read."""

    line: int
    raw: str
    cells: Mapping[str, str] | None


def read_rows(lines: Iterable[str], first_line: int) -> Iterator[Row]:
    """Yield the rows below the header, by the header's names in small letters."""
    names: list[str] | None = None
    for number, text in _whole_rows(lines, first_line):
        try:
            cells = next(csv.reader((f"{line}\n" for line in text.split("\n")), strict=True), [])
        except csv.Error:
            cells = []
        if names is None:
            names = [cell.strip(" \ufeff").lower() for cell in cells]
        elif text.strip():
            fits = len(cells) == len(names)
            raw = text.split("\n", 1)[0]
            yield Row(number, raw, dict(zip(names, cells)) if fits else None)


def _whole_rows(lines: Iterable[str], first_line: int) -> Iterator[tuple[int, str]]:
    """Yield number and text of each row: lines are joined while a quoted cell is open."""
    held: list[str] = []
    start, quotes = first_line, 0
    for number, line in enumerate(lines, first_line):
        if not held:
            start = number
        held.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0 or len(held) >= _ROW_LINES:
            yield start, "\n".join(held)
            held, quotes = [], 0
    if held:
        yield start, "\n".join(held)
