"""Tickets to a queue: what is known from before, what is judged now, sorted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from arclogs.model.report import CONFIDENCES, SEVERITIES
from arclogs.redact.redactor import Redactor
from arclogs.triage.incidents import incidents
from arclogs.triage.row import Queue
from arclogs.triage.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from arclogs.triage.row import Row, Status
    from arclogs.triage.store import Store
    from arclogs.triage.tickets import Ticket

_ORDER: Final[tuple[Status, ...]] = ("answered", "open", "healthy", "unreadable", "failed")


def triage(
    tickets: Sequence[Ticket],
    rule_dirs: Sequence[Path] = (),
    *,
    store: Store | None = None,
    jobs: int = 0,
    seconds: float = 300,
    on_row: Callable[[int, int], None] | None = None,
) -> Queue:
    """Judge tickets on all cores and return them sorted: the worst that is known first.

    `jobs` 0 is one process a core. `on_row` is told how many are done, and of how many.
    """
    rows = {t.name: row for t in tickets if store and (row := store.get(t))}
    left = [ticket for ticket in tickets if ticket.name not in rows]
    if on_row:
        on_row(len(rows), len(tickets))
    with Workers(jobs or os.cpu_count() or 1, rule_dirs, seconds) as workers:
        for ticket, row in workers.judge(left):
            rows[ticket.name] = row
            if store and row.status != "failed":
                store.put(ticket, row)
            if on_row:
                on_row(len(rows), len(tickets))
    return queue([redacted_row(row) for row in rows.values()])


def redacted_row(row: Row) -> Row:
    """Return a row without secrets in what did not come out of a report: its name, and its problem."""
    redact = Redactor().redact
    return row.model_copy(update={"ticket": redact(row.ticket), "problem": redact(row.problem)})


def queue(rows: Sequence[Row]) -> Queue:
    """Return rows sorted, and those that belong together."""
    ordered = sorted(rows, key=_urgency)
    return Queue(tickets=tuple(ordered), incidents=tuple(incidents(ordered)))


def _urgency(row: Row) -> tuple[int, int, int, str]:
    severity = SEVERITIES.index(row.severity) if row.severity else len(SEVERITIES)
    sureness = CONFIDENCES.index(row.confidence) if row.confidence else len(CONFIDENCES)
    return _ORDER.index(row.status), severity, sureness, row.ticket
