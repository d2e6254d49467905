"""The timeline as blocks: a block a lane, a cell or more a slice, and what is in one slice."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.tui.models.block import AtLine, Block, Item, Part, Tone, heading, line
from arclogs.tui.models.zone import UTC_ZONE, Zone
from arclogs.views import words
from arclogs.views.timeline import axis
from arclogs.views.timeline.text import UNICODE as SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.timeline import Bucket, Lane, Mark, Timeline

NAMES: Final = 30
LEGEND: Final = (
    f"{SIGNS.error} error  {SIGNS.warning} warning  1 2 … evidence of the answer  {SIGNS.other} of "
    f"another finding  {SIGNS.warned} warning event  {SIGNS.event} event  {SIGNS.span} lives"
)


class Axis(Struct, frozen=True):
    """How slices stand on the screen."""

    timeline: Timeline
    width: int
    zone: Zone = UTC_ZONE

    @property
    def names(self) -> int:
        """Return the columns for names."""
        found = [len(axis.title(lane)) for lane in self.timeline.lanes]
        return min(max([*found, 6]), NAMES, max(8, self.width // 3))

    @property
    def step(self) -> int:
        """Return the columns of one slice."""
        return max(1, (self.width - self.names - 3) // self.timeline.buckets)

    def begins(self, at: int) -> datetime:
        """Return the moment at which a slice begins."""
        first = datetime.fromisoformat(self.timeline.first)
        return first + timedelta(seconds=at * self.timeline.bucket_seconds)

    def slice_of(self, moment: datetime) -> int:
        """Return the slice that is nearest to a moment."""
        passed = (moment - self.begins(0)).total_seconds()
        at = int(passed // self.timeline.bucket_seconds)
        return max(0, min(at, self.timeline.buckets - 1))


def lane_blocks(shape: Axis, at: int) -> list[Block]:
    """Return ruler, errors and lanes; the column of slice `at` is marked in each."""
    timeline = shape.timeline
    most = max((_sum(b) for b in timeline.total), default=1)
    errors = [b.model_copy(update={"other": 0, "warning": 0}) for b in timeline.total if b.error]
    rows = [
        ("all", _bars(timeline.buckets, timeline.total, most, Tone.PLAIN)),
        ("errors", _bars(timeline.buckets, errors, max(map(_sum, errors), default=1), Tone.FAILED)),
    ]
    rank = axis.answer_rank(timeline)
    blocks = [_row(shape, name, cells, at, Item(f"lane {name}")) for name, cells in rows]
    for lane in timeline.lanes:
        name, target = axis.title(lane), Item(f"lane {lane.kind} {lane.name}")
        blocks.append(_row(shape, name, _cells(lane, shape, rank, most), at, target, lane.note))
    return [*blocks, _ruler(shape, at)]


def slice_page(shape: Axis, at: int) -> list[Block]:
    """Return what is in a slice: how much, and every mark, each leading to its line."""
    timeline = shape.timeline
    begin = shape.begins(at)
    counted = next((b for b in timeline.total if b.at == at), None)
    shown = shape.zone.of(begin)
    told = f"{shown:%Y-%m-%d %H:%M:%S}.{shown.microsecond // 1000:03} {shape.zone.name(begin)} and "
    told += f"{axis.width_in_words(timeline.bucket_seconds)} on: "
    if counted is None:
        return [line(told + "no record"), *_marks(shape, at)]
    told += f"{words.amount(_sum(counted), 'record')}, {words.amount(counted.error, 'error')}"
    enter = Block((Part("enter on a lane shows the records", Tone.DIM),))
    return [heading(told), *_marks(shape, at), enter]


def marked_slices(timeline: Timeline) -> list[int]:
    """Return the slices with a piece of evidence, something unexplained or a warning event."""
    return sorted({m.at for lane in timeline.lanes for m in lane.marks if _telling(m)})


def first_look(timeline: Timeline) -> int:
    """Return the slice to begin with: where a finding and errors are, or at least one of them."""
    marked, errors = marked_slices(timeline), [b.at for b in timeline.total if b.error]
    return next((at for at in marked if at in errors), next(iter([*marked, *errors]), 0))


def _telling(mark: Mark) -> bool:
    return mark.kind != "event" or mark.warning


def _marks(shape: Axis, at: int) -> Iterator[Block]:
    timeline = shape.timeline
    found = [(lane, m) for lane in timeline.lanes for m in lane.marks if m.at == at]
    for lane, mark in sorted(found, key=lambda f: (f[1].time, f[1].rank, f[1].number)):
        number = f"{mark.number}" if mark.kind == "evidence" else SIGNS.event
        about = {"event": "event ", "unexplained": "unexplained: "}.get(mark.kind, "")
        times = f" ({words.times(mark.count)})" if mark.count > 1 else ""
        of = f"finding {mark.rank}, " if mark.rank else ""
        yield Block(
            (
                Part(f"{_moment(mark.time, shape.zone)}  ", Tone.DIM),
                Part(f"{about}{mark.text}{times}"),
                Part(f"  {of}{axis.title(lane)}, {words.place(mark.member, mark.line)}", Tone.DIM),
            ),
            lead=(Part(f"{number:>3}  ", Tone.KEY),),
            target=AtLine(mark.member, mark.line),
            copies=mark.text,
        )


def _moment(stamp: str, zone: Zone) -> str:
    if not zone.local:
        return words.moment(stamp)
    return zone.of(datetime.fromisoformat(stamp)).isoformat(" ", "milliseconds")[:23]


# --- cells


def _sum(bucket: Bucket) -> int:
    return bucket.error + bucket.warning + bucket.other


def _bars(count: int, buckets: Sequence[Bucket], most: int, tone: Tone) -> list[Part]:
    cells = [Part(" ")] * count
    for bucket in buckets:
        height = min(_sum(bucket) * len(SIGNS.bars) // (most + 1), len(SIGNS.bars) - 1)
        cells[bucket.at] = Part(SIGNS.bars[height], tone)
    return cells


def _cells(lane: Lane, shape: Axis, rank: int, most: int) -> list[Part]:
    """Return a cell for each slice, later signs over earlier ones."""
    count = shape.timeline.buckets
    if not lane.collected and not lane.marks and not lane.spans:
        return [Part(SIGNS.absent, Tone.DIM)] * count
    cells = _bars(count, lane.buckets, most, Tone.PLAIN)
    for span in lane.spans:
        for at in range(span.at, span.until + 1):
            if cells[at].text == " ":
                cells[at] = Part(SIGNS.span, Tone.DIM)
    for bucket in lane.buckets:
        if bucket.error:
            cells[bucket.at] = Part(SIGNS.error, Tone.FAILED)
        elif bucket.warning:
            cells[bucket.at] = Part(SIGNS.warning, Tone.MEDIUM)
    for at, marks in axis.by_slice(lane).items():
        cells[at] = _marked(marks, rank, shape.step) or cells[at]
    return cells


def _marked(marks: Sequence[Mark], rank: int, room: int) -> Part | None:
    numbers = axis.numbers(marks, rank)
    if numbers:
        return Part(numbers if len(numbers) <= room else numbers[0], Tone.KEY)
    if any(m.kind == "evidence" for m in marks):
        return Part(SIGNS.other, Tone.STRONG)
    if any(m.kind == "unexplained" for m in marks):
        return Part(SIGNS.error, Tone.FAILED)
    if any(m.warning for m in marks):
        return Part(SIGNS.warned, Tone.MEDIUM)
    return Part(SIGNS.event, Tone.DIM)


def _row(
    shape: Axis, name: str, cells: Sequence[Part], at: int, target: Item, note: str = ""
) -> Block:
    parts = []
    for number, cell in enumerate(cells):
        empty = cell.text == " "
        fill = cell.text[-1] if cell.text in {*SIGNS.bars, SIGNS.span, SIGNS.absent, " "} else " "
        shown = f"{cell.text}{fill * (shape.step - len(cell.text))}"
        if number == at:
            shown = f"│{shown[1:]}" if empty else shown
            parts.append(Part(shown, Tone.KEY))
        else:
            parts.append(Part(shown, cell.tone))
    lead = f"{axis.short(name, shape.names):{shape.names}} "
    joined = [Part("".join(p.text for p in run), tone) for tone, run in groupby(parts, _tone)]
    said = [Part(f" {note}", Tone.DIM)] if note else []
    return Block((*joined, *said), lead=(Part(lead),), target=target, wraps=False)


def _tone(part: Part) -> Tone:
    return part.tone


def _ruler(shape: Axis, at: int) -> Block:
    room = shape.timeline.buckets * shape.step
    text = ""
    for number, label in axis.labels(shape.timeline, max(room // 12, 2), shape.zone.of):
        place = number * shape.step
        if place >= len(text):
            text = f"{text:{place}}{label} "
    place = at * shape.step
    text = f"{text:{place + 1}}"
    shown = (Part(text[:place], Tone.DIM), Part("↑", Tone.KEY), Part(text[place + 1 :], Tone.DIM))
    return Block(shown, lead=(Part(" " * (shape.names + 1)),), wraps=False)
