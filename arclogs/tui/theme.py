"""Looks: what tones are made of, whichever theme the user has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from arclogs.tui.models.block import Part

CSS: Final = """
TopLine, KeyLine { height: 1; background: $panel; color: $foreground; }
TopLine { dock: top; }
KeyLine { dock: bottom; }
.tone--strong { text-style: bold; }
.tone--dim { text-style: dim; }
.tone--heading { text-style: bold underline; }
.tone--command { color: $accent; }
.tone--critical { color: $error; text-style: bold; }
.tone--high { color: $error; }
.tone--medium { color: $warning; }
.tone--low { color: $primary; }
.tone--held { color: $success; }
.tone--failed { color: $error; }
.tone--unknown { color: $warning; }
.tone--key { color: $accent; text-style: bold; }
.tone--found { text-style: bold underline; color: $accent; }
BlockView { scrollbar-size-vertical: 1; scrollbar-gutter: stable; border: round $surface-lighten-2;
  border-title-color: $foreground; background: $background; }
BlockView:focus { border: round $accent; }
.block--cursor { background: $surface-lighten-1; text-style: bold; }
App:ansi .block--cursor, App:nocolor .block--cursor { text-style: reverse; }
App:nocolor .tone--high, App:nocolor .tone--medium, App:nocolor .tone--low,
App:nocolor .tone--failed, App:nocolor .tone--held, App:nocolor .tone--unknown,
App:nocolor .tone--command { color: $foreground; }
App:nocolor .tone--found { color: $foreground; text-style: bold underline; }
App:nocolor .tone--critical, App:nocolor .tone--key { color: $foreground; text-style: bold; }
FilterLine { dock: bottom; height: 1; border: none; padding: 0 1; display: none; offset-y: -1; }
FilterLine.open { display: block; }
FrameView { scrollbar-size-vertical: 1; overflow-y: scroll; background: $background; height: 1fr; }
Chips, HistogramLine { height: 1; }
Records #detail, #wrong { display: none; }
Records #detail.open { display: block; height: 40%; }
#wrong.open { display: block; height: auto; max-height: 6; color: $error; padding: 0 1; }
Records FilterLine, AskLine { dock: none; offset-y: 0; }
AskLine { height: 1; border: none; padding: 0 1; display: none; }
AskLine.open { display: block; }
.frame--cursor { background: $surface-lighten-1; text-style: bold; }
App:ansi .frame--cursor, App:nocolor .frame--cursor { text-style: reverse; }
#panes { layout: horizontal; }
TimelineScreen #panes { layout: vertical; }
#list { width: 2fr; max-width: 60; }
#page { width: 3fr; }
.narrow #panes { layout: vertical; }
.narrow #list { width: 100%; max-width: 100%; height: 2fr; }
.narrow #page { width: 100%; height: 3fr; }
.narrow #page:focus { height: 8fr; }
TimelineScreen #list { width: 100%; max-width: 100%; height: 3fr; }
TimelineScreen #page { width: 100%; height: 2fr; }
Dialog { align: center middle; }
Dialog > BlockView { width: 94%; height: 90%; }
Question > BlockView { width: 70; max-width: 94%; height: auto; min-height: 9; }
Help > BlockView { height: 80%; }
Help > Input { width: 94%; }
"""


def rich_text(widget: Widget, parts: Iterable[Part]) -> Text:
    """Return parts as harmless text in the looks of a widget."""
    text = Text(end="")
    for part in parts:
        style = widget.get_component_rich_style(f"tone--{part.tone}", partial=True)
        text.append(sanitize(part.text).replace("\t", "    "), style)
    return text
