"""Events from all spellings, placed in time, each once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from arclogs.model.event import Event


def settle(events: Iterable[Event], collected_at: datetime | None) -> tuple[Event, ...]:
    """Resolve ages against the time of collection and drop copies of the same event.

    A bundle often holds one event four times (describe, table, wide table, YAML). The copy with
    absolute times is the one kept; a copy that differs in anything an engineer could see stays.
    """
    best: dict[tuple[str | None, ...], dict[str | None, Event]] = defaultdict(dict)
    for event in sorted(events, key=lambda e: (e.last is None, e.location)):
        resolved = placed(event, collected_at)
        kind = (event.kind or "").lower()
        key = (kind, event.name, event.type, event.reason, _shape(event.message))
        copies = best[key]
        known = copies.pop(_home(resolved.namespace, copies), None)
        settled = _joined(known, resolved) if known else resolved
        copies[settled.namespace] = settled
    return tuple(sorted((e for copies in best.values() for e in copies.values()), key=_order))


def _home(namespace: str | None, known: Collection[str | None]) -> str | None:
    """Return the namespace of the event that one is a copy of: a list may not show it."""
    if namespace is None:
        return next(iter(known), None)
    return None if None in known else namespace


def _joined(kept: Event, copy: Event) -> Event:
    """Keep the times of one copy; cite the one whose line shows the reason beside the message."""
    if kept.reason not in kept.raw and copy.reason in copy.raw:
        kept = replace(kept, raw=copy.raw, location=copy.location)
    return replace(kept, namespace=kept.namespace or copy.namespace)


def placed(event: Event, collected_at: datetime | None) -> Event:
    """Return an event that states its age with the times that follow from when it was collected."""
    if collected_at is None or event.last is not None or event.last_age is None:
        return event
    first = event.first_age or event.last_age
    return replace(event, last=collected_at - event.last_age, first=collected_at - first)


def _shape(message: str) -> str:
    # tables cut at the first newline and mark the cut, describe pads and folds blanks
    return " ".join(message.split("\n", 1)[0].removesuffix("...").split())


def _order(event: Event) -> tuple[bool, float, str, int]:
    stamp = event.last
    return (stamp is None, stamp.timestamp() if stamp else 0.0, event.location.member,
            event.location.line)  # fmt: skip
