"""Pages as lists of blocks: what every pane of text is made of.

A block is a paragraph in plain characters; the widget alone makes them harmless and gives them
colours, so that no text of a bundle can be taken for markup.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from arclogs.model.report import Confidence, Severity


class Tone(StrEnum):
    """How a piece of text is to look. None says anything that the words do not."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    HEADING = "heading"
    COMMAND = "command"
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    HELD = "held"
    FAILED = "failed"
    UNKNOWN = "unknown"
    KEY = "key"
    FOUND = "found"


class Part(Struct, frozen=True):
    """A run of characters of one look."""

    text: str
    tone: Tone = Tone.PLAIN


class AtLine(Struct, frozen=True):
    """A line of the bundle."""

    member: str
    line: int


Listing: TypeAlias = Literal["nothing", "finding", "near miss", "unexplained", "missing", "note"]


class Listed(Struct, frozen=True):
    """Something that the report lists, by its place there."""

    listing: Listing
    index: int = 0


class OfRule(Struct, frozen=True):
    """A rule."""

    id: str


class OfObject(Struct, frozen=True):
    """A Kubernetes object, whether the bundle holds it or not."""

    kind: str
    namespace: str | None
    name: str


class Fold(Struct, frozen=True):
    """A group that opens and closes."""

    name: str


class Item(Struct, frozen=True):
    """Anything else that a cursor can stand on: `name` tells it from its neighbours."""

    name: str


Target: TypeAlias = AtLine | Listed | OfRule | OfObject | Fold | Item


class Block(Struct, frozen=True):
    """A paragraph; the cursor stops at those that have a target."""

    parts: tuple[Part, ...] = ()
    indent: int = 0
    lead: tuple[Part, ...] = ()
    """Stands left of the text: a number, a mark. Further lines stand under the text."""
    target: Target | None = None
    copies: str = ""
    """What copying at this block puts into the clipboard."""
    wraps: bool = True

    @property
    def text(self) -> str:
        """Return what it says, lead included, on one line."""
        return "".join(part.text for part in (*self.lead, *self.parts))


BLANK = Block()


def heading(text: str) -> Block:
    """Return a heading."""
    return Block((Part(text, Tone.HEADING),))


def line(text: str, tone: Tone = Tone.PLAIN, indent: int = 0) -> Block:
    """Return a paragraph of one look."""
    return Block((Part(text, tone),), indent)


def prose(text: str, indent: int = 0) -> list[Block]:
    """Return paragraphs, one for each line of reflowed text."""
    return [line(paragraph, indent=indent) for paragraph in text.split("\n")]


def tone_of(severity: Severity) -> Tone:
    """Return the look of a severity, whose letter stands beside it always."""
    tones = {"critical": Tone.CRITICAL, "high": Tone.HIGH, "medium": Tone.MEDIUM}
    return tones.get(severity, Tone.LOW)


def sureness(confidence: Confidence) -> Tone:
    """Return the look of a confidence."""
    return Tone.STRONG if confidence == "confirmed" else Tone.PLAIN
