"""Where in the bundle a thing was read."""

from __future__ import annotations

from msgspec import Struct


class Location(Struct, frozen=True, order=True):
    """A line of a member: every record, object, fact and piece of evidence has one."""

    member: str
    """Name inside the bundle, `/` between parts, as the archive spells it."""
    line: int
    """Counted from 1, lines ending at LF only, so that editors agree. 0 is the member as a whole."""

    def __str__(self) -> str:
        return f"{self.member}:{self.line}" if self.line else self.member
