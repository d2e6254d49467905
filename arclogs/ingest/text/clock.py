"""The clock of a log: notes where it steps back, which makes every "before" and "after" doubtful."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

STEP_BACK = timedelta(seconds=60)
"""A step that is not larger comes from lines that were written at the same time."""


class Clock:
    """Sees the time stamps of a log in the order of its lines."""

    __slots__ = ("_newest_of", "newest", "said")

    def __init__(self) -> None:
        self.newest: datetime | None = None
        self._newest_of: Mapping[str, str] | None = None
        self.said = False
        """A step back was seen."""

    def see(self, time: datetime, number: int, origin: Mapping[str, str] | None) -> str | None:
        """Take in the time of line `number`; return what to note of it, once.

        `origin` is that of the line: other pods have other clocks. None: the one before.
        """
        newest = self.newest
        if (
            newest is None
            or time > newest
            or (origin is not None and origin is not self._newest_of)
        ):
            self.newest = time
            self._newest_of = self._newest_of if origin is None else origin
        elif not self.said and newest - time > STEP_BACK:
            self.said = True
            return f"time steps back by {newest - time} at line {number}"
        return None
