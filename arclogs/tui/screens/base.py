"""What all screens have in common: the frame, and news of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from arclogs.tui.bindings import Scope, keys_of
from arclogs.tui.models.block import Part, Tone
from arclogs.tui.models.top_line import bundle_name, facts, tabs
from arclogs.tui.session.events import Failed, Progress, Ready
from arclogs.tui.widgets.edge_lines import KeyLine, TopLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from arclogs.tui.app import Browser
    from arclogs.tui.session.events import Event
    from arclogs.tui.session.session import Session

NARROW = 100
"""Below so many columns panes stand one above the other."""


class BrowserScreen(Screen[None]):
    """One of the numbered screens. A subclass sets `scope` and gives `panes` and `refreshed`."""

    AUTO_FOCUS: ClassVar[str | None] = "BlockView"
    scope: ClassVar[Scope]

    app: Browser

    @property
    def session(self) -> Session:
        """Return what is known of the bundle."""
        return self.app.session

    @property
    def stands(self) -> bool:
        """Tell whether the screen is set up, and not being taken down already."""
        return self.is_mounted and bool(self.query(TopLine))

    def compose(self) -> ComposeResult:
        """Put the panes into the frame."""
        yield TopLine()
        yield from self.panes()
        keys = [key for key in keys_of("moving", self.scope) if key.brief]
        common = [key for key in keys_of("everywhere") if key.brief]
        yield KeyLine([*keys, *common])

    def panes(self) -> ComposeResult:
        """Give what stands between first and last line."""
        raise NotImplementedError

    def refreshed(self) -> None:
        """Show the session anew: the bundle is read, or read again, or cannot be read."""
        raise NotImplementedError

    def ticked(self) -> None:
        """Show how far the reading has come, where the screen has nothing better to show."""

    def rezoned(self) -> None:
        """Show times in another zone, where the screen shows any in it."""

    def stepped_back(self) -> bool:
        """Close what is open on the screen; tell whether anything was, so that going back waits."""
        return False

    def take(self, event: Event) -> None:
        """Show what the reading process tells."""
        match event:
            case Progress():
                self.draw_top_line()
                self.ticked()
            case Ready() | Failed():
                self.draw_top_line()
                self.refreshed()

    def on_mount(self) -> None:
        """Show what there is."""
        self.draw_top_line()
        self.refreshed()

    def on_resize(self) -> None:
        """Stack the panes where there is little room."""
        self.set_class(self.size.width < NARROW, "narrow")
        self.draw_top_line()

    def draw_top_line(self) -> None:
        """Say where one is and how far the bundle is read."""
        left = [Part(" arclogs ", Tone.STRONG), *tabs(self.app.screen_keys(), self.scope)]
        self.query_one(TopLine).show(left, [bundle_name(self.session), *facts(self.session)])
