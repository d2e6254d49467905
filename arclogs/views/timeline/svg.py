"""The timeline as SVG: for a page, or a file of its own. No script, no font or picture from elsewhere.

Everything is an element tree, so that captured text can only be text.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from arclogs.views import words
from arclogs.views.sanitize import sanitize
from arclogs.views.timeline import axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.timeline import Bucket, Lane, Mark, Span, Timeline

WIDTH: Final = 960
_LEFT: Final = 232
_RIGHT: Final = 12
_ROW: Final = 28
_TOTAL: Final = 44
_PLOT: Final = WIDTH - _LEFT - _RIGHT
_NAME: Final = 30  # characters that fit into the left column
_MOST_TITLE: Final = 300

STYLE: Final = """
.tl{--tl-ink:#1f2328;--tl-dim:#59636e;--tl-line:#d1d9e0;--tl-other:#8fa3b8;--tl-warning:#bf8700;
--tl-error:#cf222e;--tl-span:#c8d6e5;--tl-mark:#0550ae;--tl-on-mark:#fff;--tl-ground:#fff;
font:12px ui-sans-serif,system-ui,sans-serif}
@media (prefers-color-scheme:dark){.tl{--tl-ink:#e6edf3;--tl-dim:#9198a1;--tl-line:#3d444d;
--tl-other:#6b7f94;--tl-warning:#d29922;--tl-error:#f85149;--tl-span:#33465c;--tl-mark:#79c0ff;
--tl-on-mark:#0d1117;--tl-ground:#0d1117}}
@media print{.tl{--tl-ink:#000;--tl-dim:#444;--tl-line:#bbb;--tl-other:#999;--tl-warning:#8a6100;
--tl-error:#b00;--tl-span:#ddd;--tl-mark:#036;--tl-on-mark:#fff;--tl-ground:#fff}}
.tl text{fill:var(--tl-ink)}
.tl .dim,.tl .axis{fill:var(--tl-dim)}
.tl .grid{stroke:var(--tl-line);stroke-width:1}
.tl .other{fill:var(--tl-other)}
.tl .warning{fill:var(--tl-warning)}
.tl .error{fill:var(--tl-error)}
.tl .span{fill:var(--tl-span)}
.tl .failed{fill:var(--tl-error);opacity:.35}
.tl .absent{fill:url(#tl-hatch)}
.tl .hatch{stroke:var(--tl-dim);stroke-width:1;opacity:.6}
.tl .mark{fill:var(--tl-mark);stroke:var(--tl-ground);stroke-width:1.5}
.tl .number{fill:var(--tl-on-mark);font-weight:600;font-size:11px;text-anchor:middle}
.tl .event{fill:var(--tl-ground);stroke:var(--tl-dim);stroke-width:1.5}
.tl .warned{fill:var(--tl-warning);stroke:var(--tl-ground);stroke-width:1}
.tl .end{text-anchor:end}
.tl .ground{fill:var(--tl-ground)}
"""


def svg_file(timeline: Timeline) -> str:
    """Return a file that a browser or an image viewer opens."""
    picture = _picture(timeline, anchors=False)
    picture.set("xmlns", "http://www.w3.org/2000/svg")
    style = ET.Element("style")
    style.text = STYLE
    picture.insert(0, style)
    height = picture.get("height") or ""
    picture.insert(
        1, ET.Element("rect", {"class": "ground", "width": str(WIDTH), "height": height})
    )
    return ET.tostring(picture, encoding="unicode") + "\n"


def svg_inline(timeline: Timeline, *, anchors: bool = True) -> str:
    """Return the picture for a page that has `STYLE`; its numbers lead to `#evidence-N`."""
    return ET.tostring(_picture(timeline, anchors=anchors), encoding="unicode")


def _picture(timeline: Timeline, *, anchors: bool) -> ET.Element:
    rank = axis.answer_rank(timeline)
    height = _TOTAL + _ROW * len(timeline.lanes) + 30
    box = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": str(height)}
    root = ET.Element("svg", {"class": "tl", "role": "img", "aria-labelledby": "tl-title", **box})
    span = words.span(timeline.first, timeline.last)
    name = f"Timeline of {sanitize(timeline.bundle)}, {span}"
    ET.SubElement(root, "title", {"id": "tl-title"}).text = name
    _hatch(root)
    draw = _Drawing(root, timeline)
    draw.axis(height - 30)
    draw.total()
    for row, lane in enumerate(timeline.lanes):
        draw.lane(lane, _TOTAL + row * _ROW, rank, anchors=anchors)
    return root


def _hatch(root: ET.Element) -> None:
    size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    place = {"id": "tl-hatch", **size, "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(ET.SubElement(root, "defs"), "pattern", place)
    ET.SubElement(pattern, "line", {"class": "hatch", "x1": "0", "y1": "0", "x2": "0", "y2": "6"})


class _Drawing:
    """Draws rows into a picture."""

    def __init__(self, root: ET.Element, timeline: Timeline) -> None:
        self._root, self._timeline = root, timeline
        self._slice = _PLOT / timeline.buckets
        self._most = max((_sum(b) for b in timeline.total), default=1)

    def _x(self, at: float) -> float:
        return _LEFT + at * self._slice

    def axis(self, bottom: int) -> None:
        for at, label in axis.labels(self._timeline, 8):
            x = self._x(at)
            self._put("line", "grid", x1=x, x2=x, y1=6, y2=bottom)
            late = x > WIDTH - 70
            kind = "axis end" if late else "axis"
            self._put("text", kind, label, x=WIDTH - _RIGHT if late else x, y=bottom + 18)
        self._put("text", "axis", f"UTC, a bar is {axis.width_in_words(self._timeline.bucket_seconds)}",
                  x=4, y=bottom + 18)  # fmt: skip

    def total(self) -> None:
        self._put("text", "dim", "all records", x=4, y=_TOTAL / 2 + 4)
        self._bars(self._timeline.total, 4, _TOTAL - 10, linear=True)

    def lane(self, lane: Lane, top: int, rank: int, *, anchors: bool) -> None:
        name = axis.title(lane)
        self._put("line", "grid", x1=0, x2=WIDTH, y1=top, y2=top)
        label = self._put("text", "", axis.short(name, _NAME), x=4, y=top + _ROW / 2 + 4)
        ET.SubElement(label, "title").text = sanitize(name)
        if not lane.collected and not lane.spans:
            self._put("rect", "absent", x=_LEFT, y=top + 7, width=_PLOT, height=_ROW - 14)
        for span in lane.spans:
            self._span(span, top)
        self._bars(lane.buckets, top + 3, _ROW - 6)
        if lane.note:
            ground = max(len(lane.note) * 6.2 + 12, 20)
            self._put(
                "rect", "ground", x=_LEFT + 6, y=top + 6, width=ground, height=_ROW - 12, rx=3
            )
            self._put("text", "dim", sanitize(lane.note), x=_LEFT + 12, y=top + _ROW / 2 + 4)
        for at, marks in axis.by_slice(lane).items():
            self._mark(at, marks, top + _ROW / 2, rank, anchors=anchors)

    def _span(self, span: Span, top: int) -> None:
        x, end = self._x(span.at), self._x(span.until + 1)
        kind = "span failed" if span.failed else "span"
        width = max(end - x, 2)
        bar = self._put("rect", kind, x=x, y=top + _ROW - 7, width=width, height=4, rx=2)
        until = words.moment(span.last) if span.last else "not over when collected"
        told = f"{sanitize(span.label)}: {words.moment(span.first)} to {until}"
        ET.SubElement(bar, "title").text = told

    def _bars(
        self, buckets: Sequence[Bucket], top: float, room: float, *, linear: bool = False
    ) -> None:
        for bucket in buckets:
            n = _sum(bucket)
            share = n / self._most if linear else math.log1p(n) / math.log1p(self._most)
            height = 3 + (room - 3) * min(share, 1)
            bottom = top + room
            group = ET.SubElement(self._root, "g")
            ET.SubElement(
                group, "title"
            ).text = f"{n:,} records, {bucket.error:,} errors, {bucket.warning:,} warnings"
            for kind, part in (("error", bucket.error), ("warning", bucket.warning),
                               ("other", bucket.other)):  # fmt: skip
                if part:
                    tall = max(height * part / n, 2)
                    bottom -= tall
                    self._put("rect", kind, parent=group, x=self._x(bucket.at) + 0.5, y=bottom,
                              width=max(self._slice - 1, 1), height=tall)  # fmt: skip

    def _mark(
        self, at: int, marks: Sequence[Mark], middle: float, rank: int, *, anchors: bool
    ) -> None:
        x = self._x(at + 0.5)
        number = axis.numbers(marks, rank)
        if number:
            first = min(m.number for m in marks if m.kind == "evidence" and m.rank == rank)
            link = {"href": f"#evidence-{first}"} if anchors else {}
            group = ET.SubElement(self._root, "a" if anchors else "g", link)
            wide = max(18.0, 9 + 7 * len(number))
            x = min(x, WIDTH - wide / 2)
            left, top = x - wide / 2, middle - 9
            self._put("rect", "mark", parent=group, x=left, y=top, width=wide, height=18, rx=9)
            self._put("text", "number", number, parent=group, x=x, y=middle + 4)
        else:
            group = ET.SubElement(self._root, "g")
            self._sign(group, x, middle, marks)
        told = "\n".join(
            f"{words.moment(m.time)} {sanitize(m.text)}"[:_MOST_TITLE] for m in marks[:8]
        )
        ET.SubElement(group, "title").text = told

    def _sign(self, group: ET.Element, x: float, y: float, marks: Sequence[Mark]) -> None:
        if any(m.kind == "evidence" for m in marks):
            self._put("circle", "mark", parent=group, cx=x, cy=y, r=5)
            return
        if any(m.kind == "unexplained" for m in marks):
            self._put("circle", "error", parent=group, cx=x, cy=y, r=5)
            return
        kind = "warned" if any(m.warning for m in marks) else "event"
        corners = ((x, y - 7), (x + 6, y), (x, y + 7), (x - 6, y))
        points = " ".join(f"{_round(a)},{_round(b)}" for a, b in corners)
        ET.SubElement(group, "polygon", {"class": kind, "points": points})

    def _put(
        self, name: str, kind: str, text: str = "", parent: ET.Element | None = None, **at: float
    ) -> ET.Element:
        attributes = {key: _round(value) for key, value in at.items()}
        if kind:
            attributes["class"] = kind
        element = ET.SubElement(self._root if parent is None else parent, name, attributes)
        if text:
            element.text = text
        return element


def _sum(bucket: Bucket) -> int:
    return bucket.error + bucket.warning + bucket.other


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
