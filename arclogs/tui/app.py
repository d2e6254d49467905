"""The app: holds the session, goes from screen to screen, and does what all screens need."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace
from textual.app import App
from textual.binding import Binding
from textual.message import Message

from arclogs.tui.bindings import bindings_of
from arclogs.tui.clipboard import copied
from arclogs.tui.models.block import AtLine, OfObject
from arclogs.tui.models.zone import UTC_ZONE, Zone
from arclogs.tui.palette import Everything
from arclogs.tui.screens.base import BrowserScreen
from arclogs.tui.screens.context import Context
from arclogs.tui.screens.findings import Findings
from arclogs.tui.screens.help import Help
from arclogs.tui.screens.objects import Objects
from arclogs.tui.screens.records import Records
from arclogs.tui.screens.registry import PLACES
from arclogs.tui.screens.rule import Rules
from arclogs.tui.screens.timeline import TimelineScreen
from arclogs.tui.theme import CSS
from arclogs.views.interface import Layout
from arclogs.views.sanitize import sanitize_lines
from arclogs.views.ticket import render_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from arclogs.tui.session.events import Event
    from arclogs.tui.session.session import Session


class News(Message):
    """The reading process tells something."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Browser(App[None]):
    """Browses one bundle."""

    TITLE = "arclogs"
    CSS = CSS
    COMMANDS: ClassVar = {Everything}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar = [
        *bindings_of("everywhere"),
        *(Binding(place.key, f"go({place.name!r})", place.name, show=False) for place in PLACES),
    ]

    def __init__(
        self,
        session: Session,
        screen: str = "findings",
        theme: str | None = None,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.keymap = dict(keymap or {})
        """Keys that the user has changed, by the id of their binding."""
        self.zone = UTC_ZONE
        """In which the screens of rows and lanes show times."""
        self._history: list[str] = [screen]
        if theme:
            self.theme = theme

    def screen_keys(self) -> list[tuple[str, str]]:
        """Return key and name of each screen."""
        return [(place.key, place.name) for place in PLACES]

    def screen_names(self) -> list[str]:
        """Return the names of the screens."""
        return [place.name for place in PLACES]

    def on_mount(self) -> None:
        """Show the first screen and begin to read."""
        self.set_keymap(self.keymap)
        for place in PLACES:
            self.install_screen(place.screen(), place.name)
        self.push_screen(self._history[-1])
        self.read()

    def on_unmount(self) -> None:
        """End the reading."""
        self.session.close()

    # --- the session

    def read(self, focus: str | None = None) -> None:
        """Read the bundle, from the beginning; `focus` is the rule that somebody works on."""

        def tell(event: Event) -> None:
            self.post_message(News(event))

        self.session.start(tell, focus)
        for screen in self._mounted():
            screen.draw_top_line()
            screen.refreshed()

    def use_rules(self, folder: Path) -> None:
        """Use the rules of a further folder from the next reading on."""
        order = self.session.order
        if folder not in order.rule_dirs:
            self.session.order = replace(order, rule_dirs=(*order.rule_dirs, folder))

    def on_news(self, news: News) -> None:
        """Hand on what the reading process tells."""
        self.session.take(news.event)
        for screen in self._mounted():
            screen.take(news.event)

    def _mounted(self) -> list[BrowserScreen]:
        screens = (self.get_screen(place.name) for place in PLACES)
        return [s for s in screens if isinstance(s, BrowserScreen) and s.stands]

    # --- going about

    def go(self, name: str) -> None:
        """Show a screen."""
        if name != self._history[-1]:
            self._history.append(name)
            self.switch_screen(name)

    def action_go(self, name: str) -> None:
        """Show a screen, by key."""
        self.go(name)

    async def action_back(self) -> None:
        """Go back to the screen before; while the bundle is read, stop that."""
        if isinstance(self.screen, BrowserScreen) and self.screen.stepped_back():
            return
        if self.session.reading:
            self.session.stop()
            for screen in self._mounted():
                screen.draw_top_line()
                screen.ticked()
        elif len(self._history) > 1:
            self._history.pop()
            self.switch_screen(self._history[-1])

    async def action_leave(self) -> None:
        """Go back, or quit where there is no way back."""
        if len(self._history) > 1:
            self._history.pop()
            self.switch_screen(self._history[-1])
        else:
            self.exit()

    def action_help(self) -> None:
        """Open the help of the screen."""
        if isinstance(self.screen, BrowserScreen):
            self.push_screen(Help(self.screen.scope))

    def open_line(self, member: str, line: int) -> None:
        """Show the record that a line belongs to, or the line itself where it is of none."""
        if self.session.holds_record(member, line):
            self.go("records")
            screen = self.get_screen("records")
            if isinstance(screen, Records):
                screen.call_after_refresh(screen.show_line, member, line)
        else:
            self.open_original(member, line)

    def open_moment(self, name: Literal["records", "timeline"], moment: datetime) -> None:
        """Show what was at a moment."""
        self.go(name)
        screen = self.get_screen(name)
        if isinstance(screen, Records | TimelineScreen):
            screen.call_after_refresh(screen.show_moment, moment)

    def open_time(self, text: str) -> None:
        """Show the records from a time on, as somebody wrote it."""
        self.go("records")
        screen = self.get_screen("records")
        if isinstance(screen, Records):
            screen.call_after_refresh(screen.show_time, text.replace(" ", "T"))

    def open_rows(self, where: str) -> None:
        """Show only records that fit a filter."""
        self.go("records")
        screen = self.get_screen("records")
        if isinstance(screen, Records):
            screen.call_after_refresh(screen.show_only, where)

    def open_original(self, member: str, line: int) -> None:
        """Show a line of the bundle among its neighbours, as they stand there."""
        self.push_screen(Context(AtLine(member, line)))

    def open_rule(self, rule: str) -> None:
        """Show a rule."""
        self.go("rule")
        screen = self.get_screen("rule")
        if isinstance(screen, Rules):
            screen.call_after_refresh(screen.show_rule, rule)

    def open_object(self, at: OfObject) -> None:
        """Show an object."""
        self.go("objects")
        screen = self.get_screen("objects")
        if isinstance(screen, Objects):
            screen.call_after_refresh(screen.show_object, at)

    def open_finding(self, index: int) -> None:
        """Show a finding, by its place in the report."""
        self.go("findings")
        screen = self.get_screen("findings")
        if isinstance(screen, Findings):
            screen.call_after_refresh(screen.show_finding, index)

    # --- telling and copying

    def use_theme(self, theme: str) -> None:
        """Change the colours."""
        self.theme = theme

    def action_zone(self) -> None:
        """Show times in UTC, or in the zone of this machine."""
        self.zone = Zone(local=not self.zone.local)
        now = datetime.now().astimezone()
        if self.zone.local and not now.utcoffset():
            self.say("times in this machine's zone, which is UTC, too")
        else:
            self.say(f"times in {self.zone.name(now)}")
        for screen in self._mounted():
            screen.rezoned()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Tell the user something, in a corner, for a while."""
        said = sanitize_lines(text)
        self.notify(said, markup=False, severity="error" if wrong else "information")

    def copy(self, text: str, what: str) -> None:
        """Put text into the clipboard and say how."""
        self.run_worker(self._copy(text, what), group="copy")

    async def _copy(self, text: str, what: str) -> None:
        done = await asyncio.to_thread(copied, text)
        if done.sequence and self._driver is not None:
            self._driver.write(done.sequence)
        self.say(f"copied {what.strip()}" + (f" ({done.how})" if done.how else ""))

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what was selected with the mouse."""
        lines = text.count("\n") + 1
        self.copy(text, f"{lines} lines" if lines > 1 else "the selection")

    def copy_ticket(self) -> None:
        """Copy the summary for a ticket."""
        if self.session.report is None:
            self.say("there is no report yet")
        else:
            self.copy(render_markdown(self.session.report, Layout()), "the summary for a ticket")
