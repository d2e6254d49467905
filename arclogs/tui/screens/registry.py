"""The screens that there are, by the number that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.tui.screens.findings import Findings
from arclogs.tui.screens.objects import Objects
from arclogs.tui.screens.records import Records
from arclogs.tui.screens.rule import Rules
from arclogs.tui.screens.timeline import TimelineScreen

if TYPE_CHECKING:
    from arclogs.tui.screens.base import BrowserScreen


class Place(Struct, frozen=True):
    """A screen and the key that opens it."""

    key: str
    screen: type[BrowserScreen]

    @property
    def name(self) -> str:
        """Return what it is called, on the command line too."""
        return self.screen.scope


PLACES: Final = (
    Place("1", Findings),
    Place("2", TimelineScreen),
    Place("3", Records),
    Place("4", Objects),
    Place("5", Rules),
)
