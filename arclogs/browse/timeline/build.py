"""Builds the timeline from what reading counted, what rules found and what objects tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.browse.timeline.lanes import Draft, Key, buckets, in_order, key_of
from arclogs.browse.timeline.marks import Marks, evidence_times
from arclogs.browse.timeline.objects import Life, lives
from arclogs.browse.timeline.slices import Window, moment_of, tick_of, window_of
from arclogs.case.coverage.coverage import stamp
from arclogs.errors import NothingToAnalyze
from arclogs.model.timeline import Span, Timeline

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from arclogs.browse.timeline.tally import Tally
    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject
    from arclogs.model.report import Report
    from arclogs.model.timeline import LanesBy

_STRAYS: Final = 100
"""One record in so many may lie outside, if the window becomes ten times as sharp without."""
_SHARPER: Final = 10
# What `coverage.missing` calls logs, and the lanes that they would be.
_LOGS: Final = {"controller log": "controller", "listener log": "listener",
                "job or runner log": "job or runner log"}  # fmt: skip
_OF_INTEREST: Final = frozenset({"runner", "workflow"})


class Wanted(Struct, frozen=True):
    """Which lanes, which part of the time, how wide the slices; None: what suits the bundle."""

    by: LanesBy = "pod"
    per: timedelta | None = None
    since: datetime | None = None
    until: datetime | None = None


def build_timeline(report: Report, case: Case, tally: Tally, wanted: Wanted = Wanted()) -> Timeline:
    """Return the timeline. Its texts are as the bundle has them: redact it before it is shown.

    `report` must not be redacted either, or its lines could not be found again. Raise
    NothingToAnalyze where nothing in the bundle has a time, UsageError for a width that does not fit.
    """
    window = _window(report, case, tally, wanted)
    drafts: dict[Key, Draft] = {}
    total: dict[int, list[int]] = {}
    outside = _fill(drafts, total, tally, window, wanted.by)
    Marks(drafts, case, tally, window, wanted.by).put(report)
    if wanted.by == "pod":
        _put_pods(drafts, case, window)
    if wanted.by != "file":
        _put_jobs(drafts, tally, window, wanted.by)
        _put_absent(drafts, report)
    first, last = window.stamps()
    return Timeline(
        bundle=report.bundle.name,
        first=first,
        last=last,
        bucket_seconds=window.seconds,
        buckets=window.count,
        lanes_by=wanted.by,
        total=buckets(total),
        lanes=tuple(in_order(drafts.values())),
        outside=outside,
        undated=sum(s.undated for s in tally.streams.values()),
    )


def _window(report: Report, case: Case, tally: Tally, wanted: Wanted) -> Window:
    stretch = _core(tally)
    moments = [*evidence_times(report), *(stretch or ())]
    if not stretch:
        moments += [event.last for event in case.events if event.last is not None]
    first = wanted.since or min(moments, default=wanted.until)
    last = wanted.until or max(moments, default=wanted.since)
    if first is None or last is None:
        raise NothingToAnalyze("nothing in the bundle has a time: there is no timeline of it")
    return window_of(first, max(first, last), tally.resolution, wanted.per)


def _core(tally: Tally) -> tuple[datetime, datetime] | None:
    """Return from when to when the records reach, without a few that would blur all others."""
    streams = [s for s in tally.streams.values() if s.first is not None and s.last is not None]
    if not streams:
        return None
    first = min(s.first for s in streams if s.first is not None)
    last = max(s.last for s in streams if s.last is not None)
    cells: dict[int, int] = {}
    for _, tick, _, n in tally.cells():
        cells[tick] = cells.get(tick, 0) + n
    spare = sum(cells.values()) // _STRAYS
    ordered = sorted(cells)
    low = _past(ordered, cells, spare // 2)
    high = _past(ordered[::-1], cells, spare // 2) + tally.resolution - 1
    if (tick_of(last) - tick_of(first)) > _SHARPER * max(high - low, 1):
        return moment_of(low), moment_of(high)
    return first, last


def _past(ordered: list[int], cells: dict[int, int], spare: int) -> int:
    """Return the first tick after so many records, in this order."""
    for tick in ordered:
        spare -= cells[tick]
        if spare < 0:
            return tick
    return ordered[-1]


def _fill(
    drafts: dict[Key, Draft], total: dict[int, list[int]], tally: Tally, window: Window, by: LanesBy
) -> int:
    """Put the counts into lanes; return how many records lie outside of the window."""
    outside = 0
    begin, width = window.begin, window.width
    for origin, tick, grade, n in tally.cells():
        at = tick // width - begin
        if not 0 <= at < window.count:
            outside += n
            continue
        draft = _draft(drafts, key_of(origin, by))
        draft.count(at, grade, n)
        draft.records += n
        total.setdefault(at, [0, 0, 0])[grade] += n
    for origin, stream in tally.streams.items():
        if key_of(origin, by) in drafts:
            drafts[key_of(origin, by)].starts(stream.first)
    return outside


def _put_pods(drafts: dict[Key, Draft], case: Case, window: Window) -> None:
    for pod in case.live.of_kind("Pod"):
        key = Key("pod", pod.name)
        known = key in drafts
        lived = [life for life in lives(pod) if _touches(life, window)]
        if not lived or not (known or pod.value("arc.component") in _OF_INTEREST):
            continue
        draft = _draft(drafts, key)
        draft.spans += [_span(life, window) for life in lived]
        draft.starts(lived[0].first)
        if not draft.records and not _has_log(pod, case):
            draft.note, draft.collected = "no log of it in the bundle", False


def _has_log(pod: KubeObject, case: Case) -> bool:
    return any(pod.name in pods for pods in case.log_sources.values())


def _put_jobs(drafts: dict[Key, Draft], tally: Tally, window: Window, by: LanesBy) -> None:
    """Show from when to when a job's records reach, where no pod's life is known better."""
    reach: dict[tuple[Key, str], Life] = {}
    for origin, stream in tally.streams.items():
        key = key_of(origin, by)
        if not origin.job or stream.first is None or stream.last is None or key not in drafts:
            continue
        known = reach.get((key, origin.job))
        first = min(stream.first, known.first) if known else stream.first
        last = max(stream.last, known.last or stream.last) if known else stream.last
        reach[key, origin.job] = Life(origin.job, first, last)
    for (key, _), life in sorted(reach.items()):
        if _touches(life, window) and not any(s.label != life.label for s in drafts[key].spans):
            drafts[key].spans.append(_span(life, window))


def _put_absent(drafts: dict[Key, Draft], report: Report) -> None:
    for item in report.coverage.missing:
        if item.what in _LOGS:
            key = Key("program", _LOGS[item.what])
            if key not in drafts:
                drafts[key] = Draft(key, note="not in the bundle", collected=False)


def _draft(drafts: dict[Key, Draft], key: Key) -> Draft:
    return drafts.setdefault(key, Draft(key))


def _touches(life: Life, window: Window) -> bool:
    first, last = window.edges()
    return life.first < last and (life.last is None or life.last >= first)


def _span(life: Life, window: Window) -> Span:
    last = life.last
    return Span(
        label=life.label,
        first=stamp(life.first) or "",
        last=stamp(last),
        at=window.clipped(life.first),
        until=window.clipped(last) if last is not None else window.count - 1,
        failed=life.failed,
    )
