"""What a dull line of one format looks like, and what to search it for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.scan.probes import Probe

if TYPE_CHECKING:
    from arclogs.model.record import Source
    from arclogs.scan.probes import Role

DATE: Final = (
    r"20\d\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
)
"""A day that there is, but for the 29th of February."""
CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d"
ANY_DIGIT: Final = "\0"
TO_FIVE: Final = "\5"
"""They stand for digits in a form, which other characters stand in as they are (`beginning`)."""
DAY: Final = "20\0\0-\0\0-\0\0"
TIME: Final = "\0\0:\5\0:\5\0"


class Key(NamedTuple):
    """The parts of a line, behind its time stamp and zone, by which it is known to be dull or not.

        INFO<TAB>EphemeralRunner<TAB>Creating new pod<TAB>{"version": "0.12.1"}
        `---------- core ----------'                `tail'

    What stands between them makes no difference.
    """

    end: str = ""
    """The core ends with the `nth` of these, and so many bytes `more`; empty: it is `more` bytes."""
    nth: int = 1
    more: int = 0
    tail: int = 0
    """With the next of them the tail begins, of so many bytes; 0: there is none."""
    refused: str = ""
    """Without a tail these make a difference, wherever they stand in the line."""
    blanks: bool = False
    """Of blanks that it begins with the last is left."""
    alike: str = ""
    """Characters that make no difference to each other anywhere in it."""

    def table(self) -> bytes:
        """Return for each byte the one that it is like."""
        alike = self.alike.encode()
        return bytes(range(256)).translate(bytes.maketrans(alike, alike[:1] * len(alike)))


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of one format, without what may carry it."""

    parser: str
    before: tuple[str, ...]
    """What stands before the time stamp: one of these texts."""
    between: str
    """`T` or a blank; empty where lines have no stamp of their own."""
    zone: str
    """The text that follows the seconds and their fraction."""
    behind: str
    """What follows the zone, up to where no more can surprise."""
    loud: str
    """The same for a line that differs in nothing but its level."""
    fraction: tuple[int, ...]
    """Digits of a second that its stamps may have."""
    sources: frozenset[Source]
    """The programs that may have written such lines; only if it is one do equal texts say the same."""
    key: Key | None = None
    """What of a line `behind` looks at; None: it may be anything."""
    probes: tuple[Probe, ...] = ()
    opens: str = ""
    """A line that holds this ends with a brace, too: cheaper to ask than a pattern up to its end."""
    soft: bool = False
    """Lines that `loud` fits differ in colours and characters only: dull if no rule wants them."""
    stated: bool = False
    """Lines state the controller's version, which counts when it is new."""
    glued: bool = False
    """A line may go into the record of the marked one before it, however it begins."""
    offset: int = 0
    """Where the stamp begins."""
    later: tuple[str, int] | None = None
    """Lines that begin so have the stamp at this offset."""
    point: str = r"\."
    """What stands before a fraction."""
    prefixed: bool = True
    """It is the same behind kubectl's `[pod/x/y] `."""


def plain(role: Role, *texts: str) -> tuple[Probe, ...]:
    """Return probes for plain texts."""
    return tuple(Probe(role, re.escape(text), frozenset({text})) for text in texts)


def plain_characters(but: str) -> str:
    """Return the printable ones of ASCII, but for some and the blank."""
    return "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in but)
