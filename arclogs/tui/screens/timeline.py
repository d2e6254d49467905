"""The Timeline screen: pods, jobs or files on one axis of time, and what is in one slice of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, get_args

from textual import on, work
from textual.containers import Container

from arclogs.browse.timeline import Wanted
from arclogs.model.timeline import LanesBy
from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, line
from arclogs.tui.models.lanes import (
    LEGEND,
    Axis,
    first_look,
    lane_blocks,
    marked_slices,
    slice_page,
)
from arclogs.tui.screens.two_panes import TwoPanes
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.block_messages import Opened
from arclogs.tui.widgets.block_view import BlockView
from arclogs.tui.widgets.filter_line import FilterLine
from arclogs.views.timeline import axis

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from arclogs.model.timeline import Timeline
    from arclogs.tui.bindings import Scope

LANES: Final[tuple[LanesBy, ...]] = get_args(LanesBy)


class LaneView(BlockView):
    """Lanes: the cursor goes up and down among them, and left and right in time."""

    BINDINGS: ClassVar = bindings_of("timeline")


class TimelineScreen(TwoPanes):
    """Lanes above, the slice under the cursor below."""

    BINDINGS: ClassVar = bindings_of("timeline")
    scope: ClassVar[Scope] = "timeline"

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._timeline: Timeline | None = None
        self._moment: datetime | None = None
        """Where the cursor is; its slice follows from that."""

    def panes(self) -> ComposeResult:
        """Give lanes, slice and an unused filter."""
        with Container(id="panes"):
            yield LaneView(id="list")
            yield BlockView(id="page")
        yield FilterLine()

    def found(self) -> None:
        """Ask for the timeline."""
        self.entries.show([line("…")])
        self._ask()

    def filtered(self, wanted: str) -> None:
        """Hide nothing: lanes have no filter."""

    @work(exclusive=True, group="timeline")
    async def _ask(self) -> None:
        try:
            self._timeline = await self.session.timeline(self._wanted)
        except NoAnswer as said:
            self.app.say(str(said), wrong=True)
            if self._timeline is None:
                self.entries.show([line(str(said))], anew=True)
        else:
            self._draw()

    def on_resize(self) -> None:
        """Draw for another width."""
        super().on_resize()
        self.call_after_refresh(self._draw)

    @property
    def _axis(self) -> Axis | None:
        width = self.entries.scrollable_content_region.width
        if self._timeline is None or not width:
            return None
        return Axis(self._timeline, width, self.app.zone)

    @property
    def _at(self) -> int:
        """Return the slice under the cursor; at first that of the first finding."""
        shape = self._axis
        if shape is None:
            return 0
        if self._moment is None:
            self._moment = shape.begins(first_look(shape.timeline))
        return shape.slice_of(self._moment)

    def _draw(self) -> None:
        shape = self._axis
        if shape is None:
            return
        timeline = shape.timeline
        first, last = map(datetime.fromisoformat, (timeline.first, timeline.last))
        span = self.app.zone.span(first, last)
        width = axis.width_in_words(timeline.bucket_seconds)
        self.entries.entitle(f"lanes by {timeline.lanes_by} · {span} · a slice is {width}", LEGEND)
        self.entries.show(lane_blocks(shape, self._at))
        self.page.show(slice_page(shape, self._at))

    def rezoned(self) -> None:
        """Show times in another zone."""
        self._draw()

    def show_moment(self, moment: datetime) -> None:
        """Put the cursor on the slice of a moment, the whole time shown if it is not on the screen."""
        self._moment = moment
        timeline = self._timeline
        if timeline is None:
            return
        first, last = map(datetime.fromisoformat, (timeline.first, timeline.last))
        if first <= moment < last:
            self._draw()
        else:
            self.action_fit()

    # --- in time

    def _go(self, at: int) -> None:
        shape = self._axis
        if shape is not None:
            self._moment = shape.begins(at)
            self._draw()

    def action_shift(self, by: int) -> None:
        """Go a slice on; beyond the edge of a part the part moves on."""
        shape = self._axis
        if shape is None:
            return
        at, count = self._at + by, shape.timeline.buckets
        if 0 <= at < count:
            self._go(at)
        elif self._wanted.since is not None:
            self._moment = shape.begins(at)
            self._window(self._moment, count * shape.timeline.bucket_seconds)

    def action_zoom(self, by: float) -> None:
        """Show a part of the time around the cursor, or more of it."""
        shape = self._axis
        if shape is not None and self._at is not None and self._moment is not None:
            shown = shape.timeline.buckets * shape.timeline.bucket_seconds
            self._window(shape.begins(self._at), shown / by)

    def _window(self, middle: datetime, seconds: float) -> None:
        half = timedelta(seconds=max(seconds / 2, 0.5))
        by = self._wanted.by
        try:
            self._wanted = Wanted(by, None, middle - half, middle + half)
        except OverflowError:
            self._wanted = Wanted(by)
        self._ask()

    def action_fit(self) -> None:
        """Show all of the time."""
        self._wanted = Wanted(self._wanted.by)
        self._ask()

    def action_lanes(self) -> None:
        """Give pods, then jobs, then files a lane each."""
        by = LANES[(LANES.index(self._wanted.by) + 1) % len(LANES)]
        self._wanted = Wanted(by, None, self._wanted.since, self._wanted.until)
        self._ask()

    def action_mark(self, by: int) -> None:
        """Go to the next slice with a finding or a warning event."""
        if self._timeline is not None:
            self._jump(marked_slices(self._timeline), by, "finding")

    def action_error(self, by: int) -> None:
        """Go to the next slice with errors."""
        if self._timeline is not None:
            self._jump([b.at for b in self._timeline.total if b.error], by, "error")

    def _jump(self, slices: list[int], by: int, what: str) -> None:
        here = self._at
        beyond = [s for s in slices if (s > here if by > 0 else s < here)]
        if beyond:
            self._go(beyond[0] if by > 0 else beyond[-1])
        else:
            part = "; 0 shows all of the time" if self._wanted.since is not None else ""
            self.app.say(f"no {what} in this direction{part}")

    # --- opening

    @on(Opened, "#list")
    def _lane_opened(self) -> None:
        shape = self._axis
        if shape is not None:
            self.app.open_moment("records", shape.begins(self._at))

    @on(Opened, "#page")
    def _mark_opened(self, event: Opened) -> None:
        if isinstance(event.block.target, AtLine):
            self.app.open_line(event.block.target.member, event.block.target.line)
