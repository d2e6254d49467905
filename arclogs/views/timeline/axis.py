"""What the pictures of a timeline have in common: the axis, names that fit, marks of one place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arclogs.model.timeline import Lane, Mark, Timeline

# Seconds between two labels of an axis.
_NICE: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800,
                21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000)  # fmt: skip


def _utc(moment: datetime) -> datetime:
    return moment


def labels(
    timeline: Timeline, most: int, shown: Callable[[datetime], datetime] = _utc
) -> list[tuple[int, str]]:
    """Return slices and the time at which each begins, at most so many, at even times.

    `shown` puts a moment into the zone in which times are shown.
    """
    begin = datetime.fromisoformat(timeline.first)
    width, count = timeline.bucket_seconds, timeline.buckets
    step = next(
        (s for s in _NICE if s >= width and s % width < 1e-9 and count * width / s < most),
        width * (count // most + 1),
    )
    found = []
    end = datetime.fromisoformat(timeline.last)
    dated = shown(begin).date() != shown(end).date()
    for at in range(count):
        moment = begin + timedelta(seconds=at * width)
        if at and round(moment.timestamp(), 3) % step > 1e-6:
            continue
        found.append((at, _clock(shown(moment), width, dated=dated)))
    if len(found) > 1 and found[1][0] * width < step / 2:
        del found[1]  # it would run into the first
    return found


def _clock(moment: datetime, width: float, *, dated: bool) -> str:
    day = f"{moment:%m-%d} " if dated and width < 86_400 else ""
    if width >= 86_400:
        return f"{moment:%Y-%m-%d}"
    if width >= 60:
        return f"{day}{moment:%H:%M}"
    return f"{day}{moment:%H:%M:%S}" if width >= 1 else f"{moment:%H:%M:%S.%f}"[:10]


def width_in_words(seconds: float) -> str:
    """Return a width: `2 min`, `0.5 s`."""
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:g} s"


def short(name: str, most: int) -> str:
    """Return a name that fits: its end tells pods of one set and files of one folder apart."""
    shown = sanitize(name)
    if len(shown) <= most:
        return shown
    head = max(most // 3, 1)
    return f"{shown[:head]}…{shown[len(shown) - (most - head - 1) :]}"


def title(lane: Lane) -> str:
    """Return what a lane is of: a pod's or job's name needs a word in front, a file's does not."""
    return f"{lane.kind} {lane.name}" if lane.kind in ("pod", "job") else lane.name


def by_slice(lane: Lane) -> dict[int, list[Mark]]:
    """Return the marks of a lane by slice."""
    places: dict[int, list[Mark]] = {}
    for mark in lane.marks:
        places.setdefault(mark.at, []).append(mark)
    return places


def numbers(marks: Sequence[Mark], rank: int) -> str:
    """Return the numbers of the evidence for one finding: `2`, `2-4`, `1,5`; empty where none is."""
    found = sorted({m.number for m in marks if m.kind == "evidence" and m.rank == rank})
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{found[0]}-{found[-1]}"
    return ",".join(map(str, found))


def answer_rank(timeline: Timeline) -> int:
    """Return the rank of the finding whose evidence has numbers: the first that has any here."""
    ranks = [m.rank for lane in timeline.lanes for m in lane.marks if m.kind == "evidence"]
    return min(ranks, default=1)
