"""Starts the terminal UI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.tui.app import Browser
from arclogs.tui.session.process import ReadingProcess
from arclogs.tui.session.session import Session

if TYPE_CHECKING:
    from arclogs.tui.session.events import Order


def browse(order: Order, screen: str, theme: str | None) -> None:
    """Run the terminal UI until the user leaves it."""
    Browser(Session(order, ReadingProcess()), screen, theme).run()
