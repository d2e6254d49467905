"""One thing that a report says."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Role: TypeAlias = Literal[
    "section",  # a heading (or none), its entries below it
    "fact",  # label and value, several to a line where there is room
    "prose",  # sentences, one paragraph a line
    "item",  # one of a numbered or unnumbered list
    "row",  # of a table, its cells below it
    "time",
    "log",  # a line of the bundle, as it is
    "place",  # member:line
    "command",  # to be copied
    "remark",
]


class Entry(Struct, frozen=True):
    """A label, what it says, and what belongs below it."""

    label: str
    text: str = ""
    role: Role = "fact"
    below: tuple[Entry, ...] = ()
    number: int = 0
    """Counted from 1 in numbered lists, else 0."""
