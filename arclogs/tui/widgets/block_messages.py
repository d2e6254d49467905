"""What a pane of blocks tells the screen around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from arclogs.tui.models.block import Block
    from arclogs.tui.widgets.block_view import BlockView


@dataclass
class OfPane(Message, namespace="block_view"):
    """Something happened in a pane."""

    view: BlockView

    @property
    def control(self) -> BlockView:
        """Return the pane, for `@on`."""
        return self.view


@dataclass
class Moved(OfPane, namespace="block_view"):
    """The cursor stands on another block."""

    block: Block


@dataclass
class Opened(OfPane, namespace="block_view"):
    """Somebody wants to see what the block is about."""

    block: Block


@dataclass
class AllShown(OfPane, namespace="block_view"):
    """Somebody wants to scroll by so many pages, and there is nothing to scroll."""

    by: float
