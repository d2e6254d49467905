"""Words for the cells of a row that all presentations share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.model.record import Level

if TYPE_CHECKING:
    from datetime import datetime

_NAMES: Final = {int(level): level.name.lower() for level in Level}


def level_name(level: int) -> str | None:
    """Return `error`, `warning`, `info` or `debug`; None for a record without a level."""
    return _NAMES.get(level)


def rfc3339(moment: datetime | None) -> str | None:
    """Return a time with microseconds, UTC: exact, and all of one length."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
