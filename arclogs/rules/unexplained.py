"""What no finding accounts for: error lines, warning events and bad states, grouped by template."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from arclogs.case.templates import template_of
from arclogs.model.record import Level, Source
from arclogs.model.report import Example, Unexplained
from arclogs.rules.compose import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.case.case import Case
    from arclogs.model.location import Location
    from arclogs.rules.engine import Verdict

MAX_GROUPS = 25
MAX_EXAMPLES = 3
_BAD_STATES = (
    ("Pod", "status.reason", frozenset({"Evicted", "OutOfcpu", "OutOfmemory", "OutOfpods", "NodeLost",
                                        "NodeAffinity", "UnexpectedAdmissionError", "Terminated"})),
    ("Pod", "status.containerStatuses[*].state.waiting.reason", None),
    ("Pod", "status.containerStatuses[*].state.terminated.reason", frozenset({"Error", "OOMKilled",
                                        "ContainerCannotRun", "StartError", "DeadlineExceeded"})),
    ("Pod", "status.phase", frozenset({"Failed"})),
    ("EphemeralRunner", "status.phase", frozenset({"Failed", "Outdated"})),
)  # fmt: skip
_WAITING_IS_NORMAL = frozenset({"ContainerCreating", "PodInitializing"})


@dataclass(slots=True)
class _Group:
    weight: int
    examples: list[tuple[Location, str, datetime | None]] = field(default_factory=list)


def unexplained(case: Case, verdict: Verdict) -> list[Unexplained]:
    """Return the groups, errors before warnings, then by how often they occur."""
    groups: dict[str, _Group] = defaultdict(lambda: _Group(0))
    for template, weight, place, text, moment in _left_over(case, verdict.accounted):
        group = groups[template]
        group.weight = max(group.weight, weight)
        group.examples.append((place, text, moment))
    ranked = sorted(groups.items(), key=lambda g: (-g[1].weight, -len(g[1].examples), g[0]))
    return [_shown(template, group) for template, group in ranked[:MAX_GROUPS]]


def _left_over(
    case: Case, accounted: frozenset[Location]
) -> Iterator[tuple[str, int, Location, str, datetime | None]]:
    for record in case.records:
        place, raw = record.at(0)
        loud = record.level is not None and record.level >= Level.ERROR
        if loud and place not in accounted and record.source is not Source.KUBECTL:
            yield template_of(record.text), 2, place, raw, record.timestamp
    for event in case.events:
        if event.type == "Warning" and event.location not in accounted:
            template = f"{event.reason}: {template_of(event.message)}"
            yield template, 1, event.location, event.raw, event.last
    for kind, path, bad in _BAD_STATES:
        for item in case.live.of_kind(kind):
            for found in item.lookup(path).values:
                state = str(found.value)
                known_bad = state in bad if bad else state not in _WAITING_IS_NORMAL
                if known_bad and found.text and found.location not in accounted:
                    yield (
                        f"{kind} {path.rsplit('.', 1)[-1]}: {state}",
                        2,
                        found.location,
                        found.text,
                        None,
                    )


def _shown(template: str, group: _Group) -> Unexplained:
    times = [t for _, _, t in group.examples if t]
    return Unexplained(
        template=template,
        count=len(group.examples),
        first_seen=stamp(min(times, default=None)),
        examples=tuple(
            Example(member=place.member, line=place.line, text=text, timestamp=stamp(moment))
            for place, text, moment in group.examples[:MAX_EXAMPLES]
        ),
    )
