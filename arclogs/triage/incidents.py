"""Tickets that are about one thing that happened.

Two tickets with the same cause belong together if they hold the same bytes, or if they name the same
scale set, namespace or node and their times are less than a day apart.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from arclogs.triage.row import Incident

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.triage.row import Row

APART: Final = timedelta(days=1)
_USUAL: Final = frozenset({"arc-runners", "arc-systems", "default", "arc-runner-set"})
"""Names that ARC's own guide gives: everybody has them, so they join nothing."""


def incidents(rows: Sequence[Row]) -> list[Incident]:
    """Return groups of at least two tickets, the largest first."""
    by_cause: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.cause and row.status != "healthy":
            by_cause[row.cause].append(row)
    groups = [group for alike in by_cause.values() for group in _groups(alike) if len(group[0]) > 1]
    groups.sort(key=lambda group: (-len(group[0]), group[0][0].ticket))
    return [
        Incident(
            number=number,
            cause=members[0].cause or "",
            title=members[0].title,
            tickets=tuple(sorted(row.ticket for row in members)),
            why=why,
        )
        for number, (members, why) in enumerate(groups, 1)
    ]


def _groups(alike: Sequence[Row]) -> Iterator[tuple[list[Row], str]]:
    """Yield rows of one cause that hang together, each group with what first joined it."""
    left = sorted(alike, key=lambda row: row.ticket)
    while left:
        members, why = [left.pop(0)], ""
        for member in members:  # grows while it is walked
            joined = [(row, shared) for row in left if (shared := _shared(member, row))]
            members += [row for row, _ in joined]
            why = why or (joined[0][1] if joined else "")
            left = [row for row in left if row not in members]
        yield members, why


def _shared(one: Row, other: Row) -> str:
    """Return what makes two tickets with the same cause one incident, or nothing."""
    if one.sha256 and one.sha256 == other.sha256:
        return "the same bytes"
    if not _close(one, other):
        return ""
    for what, mine, theirs in (
        ("node", one.nodes, other.nodes),
        ("scale set", one.scale_sets, other.scale_sets),
        ("namespace", one.namespaces, other.namespaces),
    ):
        common = sorted((set(mine) & set(theirs)) - _USUAL)
        if common:
            return f"{what} {common[0]}"
    return ""


def _close(one: Row, other: Row) -> bool:
    times = [_time(stamp) for stamp in (one.first_seen, other.first_seen)]
    if times[0] is None or times[1] is None:
        return False
    return abs(times[0] - times[1]) < APART


def _time(stamp: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp) if stamp else None
    except ValueError:
        return None
