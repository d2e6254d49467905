"""Words of the Records screen, and words of the user that it understands."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from arclogs.browse.filter_parser import parse_filter
from arclogs.browse.filter_terms import HasTime
from arclogs.errors import FilterError
from arclogs.views.words import amount

if TYPE_CHECKING:
    from arclogs.browse.index import RowIndex
    from arclogs.tui.models.record_line import Shown
    from arclogs.tui.models.zone import Zone
    from arclogs.tui.session.looking import Looked
    from arclogs.tui.session.session import Session


def count_shown(looked: Looked, session: Session, zone: Zone) -> str:
    """Return how many rows are shown, why that may not be all, and their zone if it is not UTC."""
    whole = looked.index.height
    shown = f"{len(looked.fitting):,} of {whole:,}" if looked.where.terms else amount(whole, "row")
    if session.reading:
        now = session.progress
        shown += (
            f" so far, {min(99, 100 * now.done // now.total)} % read" if now.total else " so far"
        )
    if session.left_out:
        shown += f" · {session.left_out:,} more did not fit into memory: --where narrows them"
    if zone.local and len(looked.index.times):
        shown += f" · {zone.name(looked.index.times[-1])}"
    return shown


def filter_for(row: dict[str, Any]) -> str:
    """Return a term that rows of the same pod, job or program fit."""
    for field, column in (("pod", "pod"), ("pod", "runner"), ("job", "job")):
        if row[column]:
            return f"{field}:{_quoted(row[column])}"
    return f"src:{row['source']}"


def _quoted(value: str) -> str:
    if any(sign.isspace() or sign in ",\"'\\" for sign in value):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return value


def moment_of(text: str, index: RowIndex, here: Shown | None, zone: Zone) -> datetime | None:
    """Return the moment that somebody names; a time of day is meant on the cursor's day.

    Without a zone it is meant in the one that times are shown in.
    """
    try:
        terms = parse_filter(f"since:{text}", lambda pattern: None).terms
    except FilterError:
        return None
    if len(terms) != 1 or not isinstance(terms[0].test, HasTime):
        return None
    moment = terms[0].test.moment
    if not isinstance(moment, time):
        with suppress(ValueError):
            said = datetime.fromisoformat(text.strip())
            return zone.meant(said) if said.tzinfo is None else moment
        return moment
    day = here.time if here and here.time else index.times[0] if len(index.times) else None
    if day is None:
        return None
    return zone.meant(datetime.combine(zone.of(day).date(), moment.replace(tzinfo=None)))
