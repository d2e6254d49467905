"""A line of the bundle among its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.tui.models.block import AtLine, Block, Part, Tone

if TYPE_CHECKING:
    from arclogs.tui.session.excerpt import Excerpt


def excerpt_page(excerpt: Excerpt) -> list[Block]:
    """Return the lines with their numbers; the one that is meant is marked."""
    width = len(str(excerpt.first + len(excerpt.lines)))
    return [
        Block(
            (Part(text, Tone.STRONG if number == excerpt.meant else Tone.PLAIN),),
            lead=(
                Part("▶" if number == excerpt.meant else " ", Tone.KEY),
                Part(f"{number:>{width}}  ", Tone.DIM),
            ),
            target=AtLine(excerpt.member, number),
            copies=text,
        )
        for number, text in enumerate(excerpt.lines, excerpt.first)
    ]
