"""What a parser of one source format is, what it is given and what it gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from msgspec import Struct, field

from arclogs.model.coverage import Note
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.observation import Collected, Observation, Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from arclogs.ingest.text.clock import Clock
    from arclogs.ingest.text.lines import LineReader
    from arclogs.ingest.text.places import Places


class Unparsed(Struct, frozen=True):
    """A line or passage that its format's parser could not read. Counted and shown, never fatal."""

    location: Location
    reason: str


class Block(Struct, frozen=True):
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

    numbered: Iterable[tuple[int, str]] | None = None
    """Instead of `lines`: lines that do not all follow each other, each with its number."""
    head: Sequence[str] | None = None
    """The first lines, where `numbered` leaves some of them out: they tell what carries the log."""
    clock: Clock | None = None
    """Knows of the time stamps of the lines left out, where some are."""

    def numbered_lines(self) -> Iterable[tuple[int, str]]:
        """Return the lines with their numbers in the member."""
        return enumerate(self.lines, self.first_line) if self.numbered is None else self.numbered

    def at(self, index: int) -> Location:
        """Return the place of line `index` of the block."""
        return Location(self.member, self.first_line + index)


class Elided(Struct, frozen=True):
    """Dull records that follow each other in a log, counted and not made (`arclogs.scan`).

    All are of the source, pod and container of `like`, below error level, one line each.
    """

    like: Record
    count: int
    last_line: int
    """Number of the last one's line."""
    stamps: tuple[datetime, ...]
    """The first and the last time of each stretch of ten minutes in which there are some."""
    repeats: tuple[tuple[Record, int], ...] = ()
    """How many of them have the very text of a record that was made, often enough to be kept."""
    run: object = None
    """Where they stand, for who makes rows of them after all (`arclogs.scan.lines.stamps.Run`)."""


Item: TypeAlias = (
    Record | Event | Observation | Collected | Statement | Note | Unparsed | Block | Elided
)
"""What a parser yields. A block is a text inside of the text, which its own parser reads."""


class Head(Struct, frozen=True):
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


class Sifted(Protocol):
    """A large log of which a parser is given only the lines that may matter."""

    clock: Clock
    stepped: list[str]
    """What is to be noted of the clock, seen in lines that the parser was not given."""

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yield the lines for the parser, each with its number."""
        ...

    def take(self, record: Record) -> Iterator[Record | Elided]:
        """Yield a record that the parser made, and before it what was skipped on the way to it."""
        ...

    def rest(self) -> Iterator[Elided]:
        """Yield what was skipped after the last record."""
        ...


class Quick(Protocol):
    """Knows how to read large logs without making every record (`arclogs.scan`)."""

    @property
    def least_bytes(self) -> int:
        """Return the size from which it is asked; smaller members are read as ever."""
        ...

    def may_have_blocks(self, chunk: bytes) -> bool:
        """Tell whether text may hold anything by which it would be cut (`blocks`)."""
        ...

    def parser_of(self, head: Sequence[str]) -> str | None:
        """Return the name of the parser that must be a head's, or None where that takes a choice."""
        ...

    def sift(
        self, parser: str, head: Sequence[str], pieces: Iterable[bytes], reader: LineReader
    ) -> Sifted | None:
        """Return how to read a member for a parser, or None: line by line. `head` begins it."""
        ...
