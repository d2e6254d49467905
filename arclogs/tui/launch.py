"""Starts the terminal UI."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from arclogs.errors import UsageError
from arclogs.tui.app import Browser
from arclogs.tui.session.process import ReadingProcess
from arclogs.tui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.tui.session.events import Order


def browse(order: Order, screen: str, theme: str | None, keymap: Mapping[str, str]) -> None:
    """Run the terminal UI until the user leaves it; raise UsageError for a theme that is not there."""
    app = Browser(Session(order, ReadingProcess()), screen, keymap=keymap)
    if theme:
        _check_theme(theme, app)
        app.theme = theme
    app.run()


def _check_theme(theme: str, app: Browser) -> None:
    names = sorted(app.available_themes)
    if theme not in names:
        close = difflib.get_close_matches(theme, names, 1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise UsageError(f"there is no theme {theme!r}; {hint}there are {', '.join(names)}")
