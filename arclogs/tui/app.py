"""The app: holds the session, goes from screen to screen, and does what all screens need."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.message import Message

from arclogs.tui.bindings import bindings_of
from arclogs.tui.screens.base import BrowserScreen
from arclogs.tui.screens.registry import PLACES
from arclogs.tui.theme import CSS

if TYPE_CHECKING:
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
    BINDINGS: ClassVar = [
        *bindings_of("everywhere"),
        *(Binding(place.key, f"go({place.name!r})", place.name, show=False) for place in PLACES),
    ]

    def __init__(
        self, session: Session, screen: str = "findings", theme: str | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self._history: list[str] = [screen]
        self._wanted_theme = theme

    def screen_keys(self) -> list[tuple[str, str]]:
        """Return key and name of each screen."""
        return [(place.key, place.name) for place in PLACES]

    def on_mount(self) -> None:
        """Show the first screen and begin to read."""
        if self._wanted_theme:
            self.theme = self._wanted_theme
        for place in PLACES:
            self.install_screen(place.screen(), place.name)
        self.push_screen(self._history[-1])
        self.read()

    def read(self, focus: str | None = None) -> None:
        """Read the bundle, from the beginning; `focus` is the rule that somebody works on."""
        self.session.start(lambda event: self.post_message(News(event)), focus)

    def on_unmount(self) -> None:
        """End the reading."""
        self.session.close()

    def on_news(self, news: News) -> None:
        """Hand on what the reading process tells."""
        self.session.take(news.event)
        for place in PLACES:
            screen = self.get_screen(place.name)
            if isinstance(screen, BrowserScreen) and screen.is_mounted:
                screen.take(news.event)

    # --- going about

    def action_go(self, name: str) -> None:
        """Show a screen."""
        if name != self._history[-1]:
            self._history.append(name)
            self.switch_screen(name)

    def action_back(self) -> None:
        """Go back to the screen before; while the bundle is read, stop that."""
        if self.session.reading:
            self.session.stop()
        elif len(self._history) > 1:
            self._history.pop()
            self.switch_screen(self._history[-1])

    def action_leave(self) -> None:
        """Go back, or quit where there is no way back."""
        if len(self._history) > 1:
            self._history.pop()
            self.switch_screen(self._history[-1])
        else:
            self.exit()

    def open_line(self, member: str, line: int) -> None:
        """Show a line of the bundle among its neighbours."""
        self.say(f"{member}:{line}")

    def open_rule(self, rule: str) -> None:
        """Show a rule."""
        self.say(rule)

    # --- telling and copying

    def say(self, text: str) -> None:
        """Tell the user something, in a corner, for a while."""
        self.notify(text, markup=False)

    def copy(self, text: str, what: str) -> None:
        """Put text into the clipboard and say how."""
        self.copy_to_clipboard(text)
        self.say(f"copied {what}")

    def copy_ticket(self) -> None:
        """Copy the summary for a ticket."""
