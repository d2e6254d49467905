"""What no finding accounts for: error lines, warning events and bad states, grouped by template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from arclogs.case.templates import template_of
from arclogs.model.record import Level, Source
from arclogs.model.report import Example, Unexplained
from arclogs.rules.compose import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from arclogs.case.case import Case
    from arclogs.case.objects import Found, KubeObject
    from arclogs.model.location import Location
    from arclogs.rules.engine import Verdict

_TIME = pl.Datetime("us", "UTC")
MAX_GROUPS = 25
MAX_EXAMPLES = 3
_BAD_STATES = (
    ("Pod", "status.reason", frozenset({"Evicted", "OutOfcpu", "OutOfmemory", "OutOfpods", "NodeLost",
                                        "NodeAffinity", "UnexpectedAdmissionError", "Terminated"})),
    ("Pod", "status.containerStatuses[*].state.waiting.reason", None),
    ("Pod", "status.containerStatuses[*].state.terminated.reason", frozenset({"Error", "OOMKilled",
                                        "ContainerCannotRun", "StartError", "DeadlineExceeded"})),
    ("Pod", "status.initContainerStatuses[*].state.waiting.reason", None),
    ("Pod", "status.initContainerStatuses[*].state.terminated.reason", frozenset({"Error", "OOMKilled",
                                        "ContainerCannotRun", "StartError", "DeadlineExceeded"})),
    ("Pod", "status.conditions[type=PodScheduled].reason", frozenset({"SchedulingGated",
                                        "SchedulerError"})),
    ("Pod", "status.printed", frozenset({"SchedulingGated", "SchedulerError", "Unknown", "NodeLost"})),
    ("Pod", "status.phase", frozenset({"Failed"})),
    ("EphemeralRunner", "status.phase", frozenset({"Failed", "Outdated"})),
)  # fmt: skip
_WAITING_IS_NORMAL = frozenset({"ContainerCreating", "PodInitializing"})


@dataclass(frozen=True, slots=True)
class _LeftOver:
    template: str
    weight: int
    """Errors and bad states 2, warnings 1."""
    place: Location
    text: str
    time: datetime | None


def unexplained(case: Case, verdict: Verdict) -> list[Unexplained]:
    """Return the groups: errors before warnings, the most frequent and then the newest first."""
    left = list(_left_over(case, verdict.accounted))
    frame = pl.DataFrame(
        {
            "template": [x.template for x in left],
            "weight": [x.weight for x in left],
            "time": [x.time for x in left],
            "row": range(len(left)),
        },
        schema={"template": pl.String, "weight": pl.UInt8, "time": _TIME, "row": pl.UInt32},
    )
    groups = (
        frame.group_by("template", maintain_order=True)
        .agg(
            pl.col("weight").max(),
            pl.len().alias("count"),
            pl.col("time").min().alias("first"),
            pl.col("time").max().alias("last"),
            pl.col("row").head(MAX_EXAMPLES),
        )
        .join(_not_kept(case), on="template", how="left")
        .with_columns(pl.col("count") + pl.col("more").fill_null(0))
        .sort(
            "weight", "count", "last", "template",
            descending=[True, True, True, False], nulls_last=True,
        )
        .head(MAX_GROUPS)
    )  # fmt: skip
    return [_shown(group, left) for group in groups.iter_rows(named=True)]


def _not_kept(case: Case) -> pl.DataFrame:
    """Return how many more lines of each template were counted and not kept."""
    repeats = {
        "template": [r.template for r in case.repeats],
        "more": [r.count for r in case.repeats],
    }
    frame = pl.DataFrame(repeats, schema={"template": pl.String, "more": pl.Int64})
    return frame.group_by("template").agg(pl.col("more").sum())


def _left_over(case: Case, accounted: frozenset[Location]) -> Iterator[_LeftOver]:
    for record in case.records:
        place, raw = record.at(0)
        loud = record.level is not None and record.level >= Level.ERROR
        if loud and place not in accounted and record.source is not Source.KUBECTL:
            yield _LeftOver(template_of(record.text), 2, place, raw, record.timestamp)
    for event in case.events:
        if event.type == "Warning" and event.location not in accounted:
            template = f"{event.reason}: {template_of(event.message)}"
            yield _LeftOver(template, 1, event.location, event.raw, event.last)
    for kind, path, bad in _BAD_STATES:
        for item in (*case.live.of_kind(kind), *case.live.nameless(kind)):
            for found in item.lookup(path).values:
                state = str(found.value)
                known_bad = state in bad if bad else state not in _WAITING_IS_NORMAL
                if known_bad and found.text and found.location not in accounted:
                    told = _told(item, path)
                    if told is not None and told.location in accounted:
                        continue
                    template = f"{kind} {path.rsplit('.', 1)[-1]}: {state}"
                    if told is not None:
                        template = f"{template}: {template_of(str(told.value))}"
                    shown = told or found
                    yield _LeftOver(template, 2, shown.location, shown.text or "", None)


def _told(item: KubeObject, path: str) -> Found | None:
    """Return the message beside a state, which tells more than its word."""
    if path.endswith("phase"):
        path = "status.reason"
    message = item.lookup(path.removesuffix("reason") + "message") if "reason" in path else None
    if message is None or len(message.values) != 1 or not message.values[0].text:
        return None
    return message.values[0]


def _shown(group: Mapping[str, Any], left: Sequence[_LeftOver]) -> Unexplained:
    return Unexplained(
        template=group["template"],
        count=group["count"],
        first_seen=stamp(group["first"]),
        examples=tuple(
            Example(member=x.place.member, line=x.place.line, text=x.text, timestamp=stamp(x.time))
            for x in (left[row] for row in group["row"])
        ),
    )
