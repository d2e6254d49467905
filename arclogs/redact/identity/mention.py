"""A name in a text."""

from __future__ import annotations

from typing import NamedTuple


class Mention(NamedTuple):
    """A name that stands in a text, and what it is the name of."""

    start: int
    end: int
    kind: str
    value: str
