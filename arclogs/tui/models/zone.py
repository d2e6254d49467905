"""The zone that times are shown in: UTC, as reports and filters have it, or this machine's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct


class Zone(Struct, frozen=True):
    """UTC, or what this machine calls local, summer time and all."""

    local: bool = False

    def of(self, moment: datetime) -> datetime:
        """Return a moment as a clock of the zone shows it."""
        return moment.astimezone(None if self.local else UTC)

    def meant(self, naive: datetime) -> datetime:
        """Return the moment that somebody means by a time without a zone."""
        return naive.astimezone() if self.local else naive.replace(tzinfo=UTC)

    def name(self, at: datetime) -> str:
        """Return what to call the zone at a moment: `UTC`, `CEST (UTC+02:00)`."""
        if not self.local:
            return "UTC"
        here = at.astimezone()
        name, offset = f"{here:%Z}", f"UTC{here.isoformat()[-6:]}"
        return (
            name if offset == "UTC+00:00" else offset if name[:1] in "+-" else f"{name} ({offset})"
        )

    def span(self, first: datetime, last: datetime) -> str:
        """Return from when to when in whole seconds, the zone behind it."""
        begin, end = self.of(first), self.of(last)
        same_day = begin.date() == end.date()
        until = f"{end:%H:%M:%S}" if same_day else f"{end:%Y-%m-%d %H:%M:%S}"
        return f"{begin:%Y-%m-%d %H:%M:%S} to {until} {self.name(first)}"


UTC_ZONE: Final = Zone()
