"""What no finding accounts for: error lines, warning events and bad states, grouped by template."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.case.records.templates import template_of
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Source
from arclogs.model.report import Example, Unexplained
from arclogs.rules.findings.bad_states import bad_states
from arclogs.rules.findings.compose import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from arclogs.case.case import Case
    from arclogs.case.objects.objects import Found
    from arclogs.model.event import Event
    from arclogs.model.location import Location
    from arclogs.rules.judging.engine import Verdict

MAX_GROUPS = 25
MAX_EXAMPLES = 3
# What every controller writes now and then, and tries again: shown, but after all else.
_PASSING = lazy_compile(
    r"the object has been modified|context canceled|TLS handshake error|[Rr]eadiness probe failed|"
    r"leader election lost|client rate limiter Wait|Client\.Timeout exceeded while awaiting headers"
)


class _LeftOver(Struct, frozen=True):
    template: str
    kind: str
    """error, state or event."""
    place: Location
    shown: str | Found
    """The original line, or what knows it."""
    time: datetime | None


class _Group(Struct, frozen=True):
    template: str
    items: tuple[_LeftOver, ...]
    count: int

    @property
    def onset(self) -> tuple[float, int]:
        """When it was first seen: what is wrong from the start is less telling than what begins late."""
        times = [x.time.timestamp() for x in self.items if x.time]
        if times or self.items[0].kind != "error":
            return min(times, default=0.0), 0
        return 0.0, min(x.place.line for x in self.items)  # a log is written from top to bottom


def unexplained(case: Case, verdict: Verdict) -> list[Unexplained]:
    """Return the groups: the newest and the most frequent of each kind first.

    Errors, bad states and warning events take turns, and within each of them those that began last
    and those that were seen most often. What any healthy controller writes now and then comes last.
    """
    groups: dict[str, list[_LeftOver]] = {}
    for item in _left_over(case, verdict.accounted):
        groups.setdefault(item.template, []).append(item)
    more = _not_kept(case)
    counted = [
        _Group(name, tuple(items), len(items) + more.get(name, 0)) for name, items in groups.items()
    ]
    return [_shown(group) for group in _ranked(counted)[:MAX_GROUPS]]


def _ranked(groups: Sequence[_Group]) -> list[_Group]:
    ranked: list[_Group] = []
    for passing in (False, True):
        lanes = [
            _newest_and_most_frequent(
                [g for g in groups if g.items[0].kind == kind and _passes(g) is passing]
            )
            for kind in ("error", "state", "event")
        ]
        ranked += [g for turn in zip_longest(*lanes) for g in turn if g is not None]
    return ranked


def _passes(group: _Group) -> bool:
    return group.items[0].kind != "state" and _PASSING.search(group.template) is not None


def _newest_and_most_frequent(groups: Sequence[_Group]) -> list[_Group]:
    """Take in turn the one that began last and the one that was seen most often."""
    newest = sorted(groups, key=lambda g: (g.onset, g.count), reverse=True)
    frequent = sorted(groups, key=lambda g: (g.count, g.onset), reverse=True)
    turns = (g for pair in zip(newest, frequent) for g in pair)
    return list(dict.fromkeys(turns))


def _not_kept(case: Case) -> Counter[str]:
    """Return how many more lines of each template were counted and not kept."""
    more: Counter[str] = Counter()
    for repeats in case.repeats:
        more[repeats.template] += repeats.count
    return more


def _left_over(case: Case, accounted: frozenset[Location]) -> Iterator[_LeftOver]:
    for record in case.records:
        place, raw = record.at(0)
        loud = record.level is not None and record.level >= Level.ERROR
        if loud and place not in accounted and record.source is not Source.KUBECTL:
            yield _LeftOver(template_of(record.text), "error", place, raw, record.timestamp)
    placed = _placed(case)
    for event in case.events:
        if event.type == "Warning" and event.location not in accounted:
            if event.reason == "FailedScheduling" and _overtaken(event, placed):
                continue
            template = f"{event.reason}: {template_of(event.message)}"
            yield _LeftOver(template, "event", event.location, event.raw, event.first or event.last)
    for template, found, told in bad_states(case):
        shown = told or found
        if not accounted & {found.location, shown.location}:
            yield _LeftOver(template, "state", shown.location, shown, None)


def _placed(case: Case) -> dict[tuple[str | None, str | None], Event]:
    """Return, by namespace and name, the events of pods that found a node."""
    found = (event for event in case.events if event.reason == "Scheduled" and event.name)
    return {(event.namespace, event.name): event for event in found}


def _overtaken(failed: Event, placed: Mapping[tuple[str | None, str | None], Event]) -> bool:
    """Tell whether a pod that had no node got one afterwards, as each does that waits for its volume."""
    later = placed.get((failed.namespace, failed.name))
    if later is None:
        return False
    if failed.last is not None and later.last is not None:
        return failed.last <= later.last
    ages = failed.last_age, later.last_age
    return ages[0] is not None and ages[1] is not None and ages[1] <= ages[0]


def _shown(group: _Group) -> Unexplained:
    times = [x.time for x in group.items if x.time]
    return Unexplained(
        template=group.template,
        count=group.count,
        first_seen=stamp(min(times, default=None)),
        examples=tuple(
            Example(
                member=x.place.member,
                line=x.place.line,
                text=x.shown if isinstance(x.shown, str) else x.shown.text,
                timestamp=stamp(x.time),
            )
            for x in group.items[:MAX_EXAMPLES]
        ),
    )
