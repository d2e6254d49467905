"""All that is known of one row, for the detail pane of the Records screen."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from arclogs.tui.models.block import BLANK, AtLine, Block, Item, Part, Tone, heading, line
from arclogs.tui.models.record_line import clock
from arclogs.tui.models.zone import UTC_ZONE, Zone
from arclogs.views import words
from arclogs.views.rows.words import level_name, rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

MOST_LINES: Final = 2_000
MOST_CHARACTERS: Final = 20_000
"""Of one line."""
NEAR: Final = "row "
"""Begins the name of what leads to another row: its position follows."""
_TOLD: Final = ("source", "namespace", "pod", "container", "runner", "job", "step", "type", "reason",
                "object", "logger")  # fmt: skip


class Shape(StrEnum):
    """How a message is laid out; the values are words for the user."""

    MESSAGE = "message"
    PRETTY = "JSON laid out"
    WRITTEN = "as written in the file"

    @property
    def next(self) -> Shape:
        """Return the shape that comes next, the first after the last."""
        shapes = list(Shape)
        return shapes[(shapes.index(self) + 1) % len(shapes)]


def record_page(
    row: dict[str, Any],
    near: Sequence[tuple[int, datetime, str]],
    zone: Zone = UTC_ZONE,
    shape: Shape = Shape.MESSAGE,
    written: Sequence[str] = (),
) -> list[Block]:
    """Return the message, place and fields of a row, and its neighbours: position, time, text.

    `written`: its lines as they stand in the file, for that shape.
    """
    pretty = shape is Shape.PRETTY
    message = _message(row["text"], pretty=pretty)
    return [
        *(_written(row, written) if shape is Shape.WRITTEN else message),
        BLANK,
        _place(row, zone),
        *_fields(row, pretty=pretty),
        *_neighbours(near, zone),
    ]


def one_line(row: dict[str, Any]) -> str:
    """Return a row for a ticket: time, level, program, place, message."""
    level = (level_name(row["level"]) or "-").upper()
    told = [rfc3339(row["time"]) or "-", level, row["source"], f"{row['member']}:{row['line']}"]
    return f"{' '.join(told)}  {row['text']}"


def _message(text: str, *, pretty: bool) -> Iterator[Block]:
    lines = _laid_out(text).split("\n") if pretty else text.split("\n")
    for number, one in enumerate(lines[:MOST_LINES]):
        left = len(one) - MOST_CHARACTERS
        shown = one if left <= 0 else f"{one[:MOST_CHARACTERS]} ({left:,} more characters)"
        yield Block((Part(shown),), target=Item(f"line {number}"), copies=one)
    if len(lines) > MOST_LINES:
        yield line(f"{len(lines) - MOST_LINES:,} more lines", Tone.DIM)


def _written(row: dict[str, Any], lines: Sequence[str]) -> Iterator[Block]:
    if not lines:
        yield line("reading the file …", Tone.DIM)
    width = len(str(row["line"] + len(lines)))
    for number, one in enumerate(lines, row["line"]):
        lead = (Part(f"{number:>{width}}  ", Tone.DIM),)
        yield Block((Part(one),), lead=lead, target=AtLine(row["member"], number), copies=one)


def _laid_out(text: str) -> str:
    """Return a text with the JSON at its end, or that it is, on lines of its own."""
    for start in sorted(at for at in (text.find("{"), text.find("[")) if at >= 0):
        try:
            value = json.loads(text[start:])
        except (ValueError, RecursionError):
            continue
        lead = text[:start].rstrip()
        body = json.dumps(value, indent=2, ensure_ascii=False)
        return f"{lead}\n{body}" if lead else body
    return text


def _place(row: dict[str, Any], zone: Zone) -> Block:
    place = words.place(row["member"], row["line"])
    time = rfc3339(row["time"]) or "no time"
    if zone.local and row["time"]:
        time = zone.of(row["time"]).isoformat(timespec="milliseconds")
    told = f"{time} · {level_name(row['level']) or 'no level'} · "
    return Block(
        (Part(told), Part(place, Tone.COMMAND), Part("  enter: the original lines", Tone.DIM)),
        target=AtLine(row["member"], row["line"]),
        copies=place,
    )


def _fields(row: dict[str, Any], *, pretty: bool) -> Iterator[Block]:
    told = [(name, str(row[name])) for name in _TOLD if row[name] is not None]
    for name, value in [*told, *_further(row["fields"])]:
        shown = _laid_out(value) if pretty else value
        for number, one in enumerate(shown.split("\n")):
            lead = Part(f"{name + ':' if number == 0 else '':12} ", Tone.DIM)
            target = Item(f"field {name} {number}")
            yield Block((Part(one),), lead=(lead,), target=target, copies=value)


def _further(fields: str | None) -> list[tuple[str, str]]:
    try:
        found = json.loads(fields) if fields else {}
    except (ValueError, RecursionError):  # redaction took a quote with the secret
        return [("fields", fields or "")]
    return [(str(name), str(value)) for name, value in found.items()]


def _neighbours(near: Sequence[tuple[int, datetime, str]], zone: Zone) -> Iterator[Block]:
    if len(near) > 1:
        yield BLANK
        yield heading("Same pod, 5 s before to 5 s after")
    for position, moment, text in near if len(near) > 1 else ():
        first = text.split("\n", 1)[0]
        yield Block(
            (Part(f"{clock(moment, zone, dated=False)} ", Tone.DIM), Part(first)),
            target=Item(f"{NEAR}{position}"), copies=text, wraps=False,
        )  # fmt: skip
