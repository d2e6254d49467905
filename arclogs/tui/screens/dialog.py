"""What opens over a screen and closes with escape."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import ModalScreen

from arclogs.tui.bindings import bindings_of

if TYPE_CHECKING:
    from arclogs.tui.app import Browser
    from arclogs.tui.session.session import Session

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """Covers most of the screen; the screen below can be seen around it."""

    BINDINGS: ClassVar = bindings_of("dialog")

    app: Browser

    @property
    def session(self) -> Session:
        """Return what is known of the bundle."""
        return self.app.session

    def action_close(self) -> None:
        """Go back to what is below."""
        self.dismiss()
