"""What a text for a ticket consists of, before it is put into Markdown, Jira's markup or a mail.

Texts are built of blocks, blocks of lines, lines of spans. A span that is a plain `str` is in arclogs'
own words; everything that a bundle or a rule says is `Prose` or `Code`.
"""

from __future__ import annotations

from msgspec import Struct


class Prose(Struct, frozen=True):
    """Sentences. Backticks in them mark code."""

    text: str


class Code(Struct, frozen=True):
    """A name, a path, a value: shown as it is."""

    text: str


class Strong(Struct, frozen=True):
    """Our own words, to be seen first."""

    text: str


Span = str | Prose | Code | Strong
Line = tuple[Span, ...]


class Heading(Struct, frozen=True):
    """A heading; 3 is the text's own, 4 one below it."""

    level: int
    line: Line


class Label(Struct, frozen=True):
    """Our own words above a list."""

    text: str


class Paragraph(Struct, frozen=True):
    """One paragraph."""

    line: Line


class Item(Struct, frozen=True):
    """One item of a list, with the command that belongs to it."""

    line: Line
    command: str = ""


class Items(Struct, frozen=True):
    """A list: with dots, with numbers, or with boxes to tick."""

    items: tuple[Item, ...]
    ordered: bool = False
    boxes: bool = False


class Verbatim(Struct, frozen=True):
    """Lines that are shown as they are: a command (`sh`) or lines of a log (`text`)."""

    text: str
    language: str


class Table(Struct, frozen=True):
    """Rows under a head, as many cells in each; an empty head is a list of labels and values."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


class Fact(Struct, frozen=True):
    """One piece of evidence."""

    time: str
    """As people read it, UTC; empty where it has none."""
    place: str
    says: str
    text: str
    against: bool = False


class Evidence(Struct, frozen=True):
    """Evidence in order, and how much more there is."""

    facts: tuple[Fact, ...]
    left: int = 0


class Fold(Struct, frozen=True):
    """Blocks under a heading of our own words, folded away where the dialect can."""

    heading: str
    blocks: tuple[Block, ...]
    folded: bool = True
    dispensable: bool = False
    """Repeats at length, or is good to know: left out where nothing can be folded."""


class Section(Struct, frozen=True):
    """Blocks that are kept or left out together, where a text is longer than a comment may be."""

    name: Span
    blocks: tuple[Block, ...]


Block = Heading | Label | Paragraph | Items | Verbatim | Table | Evidence | Fold
