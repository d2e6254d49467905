"""Keeps a text as short as the place that it goes to wants: whole sections, the missing ones named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.ticket.blocks import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.views.ticket.blocks import Block, Section, Span

# For the sentence that names what was left out.
_RESERVED: Final = 1_500
_MOST_NAMED: Final = 15


def fitted(
    sections: Iterable[Section],
    closing: Iterable[Block],
    lines_of: Callable[[Iterable[Block]], Iterator[str]],
    most: int | None,
) -> str:
    """Return the sections in a dialect, in at most `most` characters; what does not fit is named."""
    end = _text(lines_of(closing))
    room = None if most is None else most - len(end) - _RESERVED
    kept: list[str] = []
    left_out: list[Span] = []
    for section in sections:
        text = _text(lines_of(section.blocks))
        if room is not None and len(text) > room:
            left_out.append(section.name)
            continue
        room = None if room is None else room - len(text)
        kept.append(text)
    if left_out and most is not None:
        kept.append(_text(lines_of((_missing(left_out, most),))))
    return "".join((*kept, end)).rstrip("\n") + "\n"


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _missing(names: list[Span], most: int) -> Block:
    line: list[Span] = [
        f"Left out, as a comment holds {most:,} characters (a JSON report has it): "
    ]
    for number, name in enumerate(names[:_MOST_NAMED]):
        line += [", ", name] if number else [name]
    more = len(names) - _MOST_NAMED
    return Paragraph((*line, *([f", {more} more"] if more > 0 else [])))
