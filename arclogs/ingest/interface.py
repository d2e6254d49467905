"""What a parser of one source format is, what it is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from arclogs.model.coverage import Note
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.ingest.text.places import Places


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A line or passage that its format's parser could not read. Counted and shown, never fatal."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that one parser reads: a whole member, or a passage of one.

    `lines` can be iterated once; they are decoded, end at LF only (a trailing CR is removed) and are
    capped in length. Line *i* of them (from 0) is line `first_line + i` of the member.
    """

    member: str
    first_line: int
    lines: Iterable[str]
    command: str | None = None
    """The shell command that printed the block, where a transcript shows it (`kubectl get sa -n x`)."""
    origin: Mapping[str, str] = field(default_factory=dict)
    """What the path alone tells with certainty: pod, container, and namespace only in layouts whose
    paths can be trusted. Parsers merge it into `Record.fields`, values read from the text win."""

    places: Places | None = None
    """Where the lines stand, if they were taken out of a wrapping; else as `first_line` tells."""

    def at(self, index: int) -> Location:
        """Return the place of line `index` of the block."""
        return Location(self.member, self.first_line + index)


Item: TypeAlias = Record | Event | Observation | Collected | Statement | Note | Unparsed | Block
"""What a parser yields. A block is a text inside of the text, which its own parser reads."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a block, for sniffing."""

    name: str
    """Member name: a hint for a tie, never the reason to choose a parser."""
    lines: tuple[str, ...]
    """Up to 200 lines, blank ones included."""
    command: str | None = None


class Parser(Protocol):
    """Reads one source format."""

    @property
    def name(self) -> str:
        """Return the format's name, as coverage shows it."""
        ...

    def sniff(self, head: Head) -> int:
        """Return how sure it is that the block is of this format: 0 is no, 100 is certain."""
        ...

    def parse(self, block: Block) -> Iterator[Item]:
        """Yield what the block holds. Must not raise on any input."""
        ...
