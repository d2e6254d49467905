"""The timeline for a terminal: one line a lane, one column a slice, the moments below.

runner w9k4d  1───────────────────────────────✖
listener      ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ not in the bundle
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.text import Text

from arclogs.views import words
from arclogs.views.page import Page
from arclogs.views.sanitize import sanitize
from arclogs.views.timeline import axis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.timeline import Bucket, Lane, Mark, Timeline
    from arclogs.views.interface import Layout

MOST_MOMENTS: Final = 40
MOST_CHARACTERS: Final = 200
_GAP: Final = "  "


class Signs(NamedTuple):
    """What stands for what."""

    bars: str
    error: str
    warning: str
    event: str
    warned: str
    span: str
    absent: str
    other: str


UNICODE: Final = Signs("▁▂▃▄▅▆▇█", "✖", "▲", "◇", "◆", "─", "░", "•")
ASCII: Final = Signs(".:=#", "x", "!", "o", "*", "-", "~", "+")
_STYLES: Final = {"error": "red", "warning": "yellow", "warned": "yellow", "evidence": "bold",
                  "span": "dim", "absent": "dim", "other": "bold"}  # fmt: skip


def render_timeline(timeline: Timeline, layout: Layout) -> str:
    """Return the picture, the moments on it and what the signs mean."""
    page = Page(layout)
    signs = ASCII if layout.ascii else UNICODE
    rank = axis.answer_rank(timeline)
    room = max(layout.width - timeline.buckets - len(_GAP), 12)
    names = [axis.title(lane) for lane in timeline.lanes]
    width = min(max(len(name) for name in [*names, "all records"]), room, 44)
    page.run(list(_head(timeline)), 0)
    page.blank()
    _row(page, "all records", width, _Cells(timeline, signs).bars(timeline.total))
    errors = tuple(
        b.model_copy(update={"other": 0, "warning": 0}) for b in timeline.total if b.error
    )
    if errors:
        _row(page, "errors", width, _Cells(timeline, signs).bars(errors, "error"))
    for name, lane in zip(names, timeline.lanes):
        _row(page, name, width, _Cells(timeline, signs).lane(lane, rank))
    page.unwrapped(Text(" " * (width + len(_GAP)) + _ruler(timeline), "dim"), 0)
    page.blank()
    _moments(page, timeline, rank)
    page.put(Text(_legend(timeline, signs), "dim"))
    return page.text()


def _head(timeline: Timeline) -> Iterator[Text]:
    yield Text(sanitize(timeline.bundle), "bold")
    yield Text(f"{words.span(timeline.first, timeline.last)}")
    yield Text(f"a column is {axis.width_in_words(timeline.bucket_seconds)}")
    if timeline.outside:
        yield Text(f"{words.amount(timeline.outside, 'record')} before or after")
    if timeline.undated:
        yield Text(f"{words.amount(timeline.undated, 'record')} without a time")


def _row(page: Page, name: str, width: int, cells: Text) -> None:
    label = axis.short(name, width)
    page.unwrapped(Text.assemble(f"{label:{width}}{_GAP}", cells), 0)


class _Cells:
    """One line of cells, later signs over earlier ones."""

    def __init__(self, timeline: Timeline, signs: Signs) -> None:
        self._signs = signs
        self._cells = [(" ", "")] * timeline.buckets
        self._most = max((_sum(b) for b in timeline.total), default=1)

    def bars(self, buckets: Sequence[Bucket], style: str = "") -> Text:
        most = max((_sum(b) for b in buckets), default=1)
        for bucket in buckets:
            self._bar(bucket, most, style)
        return self._text()

    def lane(self, lane: Lane, rank: int) -> Text:
        if not lane.collected and not lane.marks and not lane.spans:
            self._cells = [(self._signs.absent, "absent")] * len(self._cells)
            return self._text(lane.note)
        for span in lane.spans:
            for at in range(span.at, span.until + 1):
                self._cells[at] = self._signs.span, "span"
        for bucket in lane.buckets:
            self._bar(bucket, self._most)
            if bucket.error:
                self._cells[bucket.at] = self._signs.error, "error"
            elif bucket.warning:
                self._cells[bucket.at] = self._signs.warning, "warning"
        for at, marks in axis.by_slice(lane).items():
            self._mark(at, marks, rank)
        return self._text(lane.note)

    def _mark(self, at: int, marks: Sequence[Mark], rank: int) -> None:
        number = axis.numbers(marks, rank)
        if number:
            self._write(at, number)
        elif any(m.kind == "evidence" for m in marks):
            self._cells[at] = self._signs.other, "other"
        elif any(m.kind == "unexplained" for m in marks):
            self._cells[at] = self._signs.error, "error"
        elif self._cells[at][1] != "error":
            warned = any(m.warning for m in marks)
            sign = self._signs.warned if warned else self._signs.event
            self._cells[at] = sign, "warned" if warned else "event"

    def _write(self, at: int, number: str) -> None:
        """Write numbers from their slice on, before it where the line ends; cut where full."""
        start = max(min(at, len(self._cells) - len(number)), 0)
        for offset, sign in enumerate(number[: len(self._cells)]):
            self._cells[start + offset] = sign, "evidence"

    def _bar(self, bucket: Bucket, most: int, style: str = "") -> None:
        bars = self._signs.bars
        height = min(_sum(bucket) * len(bars) // (most + 1), len(bars) - 1)
        self._cells[bucket.at] = bars[height], style

    def _text(self, note: str = "") -> Text:
        text = Text()
        for sign, kind in self._cells:
            text.append(sign, _STYLES.get(kind, ""))
        text.rstrip()
        return text.append(f"  {sanitize(note)}", "dim") if note else text


def _sum(bucket: Bucket) -> int:
    return bucket.error + bucket.warning + bucket.other


def _ruler(timeline: Timeline) -> str:
    line = ""
    for at, label in axis.labels(timeline, max(timeline.buckets // 9, 2)):
        if at >= len(line):
            line = f"{line:{at}}{label} "
    return line.rstrip()


def _moments(page: Page, timeline: Timeline, rank: int) -> None:
    marks = [m for lane in timeline.lanes for m in lane.marks if m.kind != "event" or m.warning]
    wanted = sorted(marks, key=lambda m: (m.kind != "evidence", m.rank != rank, m.time))
    # The same line is often evidence of several findings: those of the answer come first.
    once = list({(m.time, m.member, m.line): m for m in reversed(wanted)}.values())[::-1]
    shown = sorted(once[:MOST_MOMENTS], key=lambda m: (m.time, m.rank, m.number))
    for mark in shown:
        number = str(mark.number) if mark.kind == "evidence" and mark.rank == rank else ""
        start = Text.assemble(f"{number:>3}  ", (words.moment(mark.time), "dim"), _GAP)
        times = f" ({words.times(mark.count)})" if mark.count > 1 else ""
        about = {"event": "event ", "unexplained": "unexplained: "}.get(mark.kind, "")
        told = f"{about}{_cut(sanitize(mark.text))}{times}"
        page.put(Text.assemble(told, (f"  {sanitize(words.place(mark.member, mark.line))}", "dim")),
                 start=start)  # fmt: skip
    left = len(once) - len(shown)
    if left:
        page.put(Text(f"{words.amount(left, 'more moment')}: --format json", "dim"), 5)
    if marks:
        page.blank()


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _legend(timeline: Timeline, signs: Signs) -> str:
    parts = [f"{signs.error} error", f"{signs.warning} warning", f"{signs.bars[0]} to {signs.bars[-1]} "
             f"records: few to {max((_sum(b) for b in timeline.total), default=0):,}"]  # fmt: skip
    marks = [m for lane in timeline.lanes for m in lane.marks]
    if any(m.kind == "evidence" for m in marks):
        parts += ["1 2 … evidence of the answer".replace("…", "..." if signs is ASCII else "…")]
        parts += [f"{signs.other} of another finding"]
    if any(m.kind == "event" for m in marks):
        parts += [f"{signs.warned} warning event", f"{signs.event} other event"]
    if any(lane.spans for lane in timeline.lanes):
        parts.append(f"{signs.span} pod or job lives")
    return "   ".join(parts)
