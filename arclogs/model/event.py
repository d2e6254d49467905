"""A Kubernetes event, whichever of its spellings it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from arclogs.model.location import Location


class Event(Struct, frozen=True):
    """One event.

    Tables and `describe` print ages, not times: then `first` and `last` are None and the ages are
    set; the case resolves them against the time of collection.
    """

    location: Location
    raw: str
    """The original line (the message line of a YAML or JSON event)."""
    reason: str
    message: str
    type: str | None = None
    """Normal or Warning."""
    namespace: str | None = None
    kind: str | None = None
    """Kind of the involved object, capitalised as in the API (`Pod`)."""
    name: str | None = None
    component: str | None = None
    count: int = 1
    first: datetime | None = None
    last: datetime | None = None
    first_age: timedelta | None = None
    last_age: timedelta | None = None
