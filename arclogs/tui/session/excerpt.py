"""The lines of a member around one of them, as they stand in the bundle, secrets replaced."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.bundle import Bundle
from arclogs.bundle.member import Member
from arclogs.errors import UsageError
from arclogs.ingest.text.lines import decode_lines
from arclogs.redact import Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

BEFORE: Final = 200
AFTER: Final = 200
_LONGEST: Final = 4_000


class Excerpt(Struct, frozen=True):
    """Consecutive lines of a member; `first` is the number of the first of them."""

    member: str
    first: int
    lines: tuple[str, ...]
    meant: int
    """The number of the line that was asked for."""


def lines_around(sources: Sequence[Path], member: str, line: int, *, redact: bool) -> Excerpt:
    """Read the bundle again up to a member; raise UsageError where it is not there any more."""
    for found in Bundle(sources):
        if isinstance(found, Member) and found.name == member:
            return _excerpt(member, decode_lines(found.chunks, member, []), line, redact=redact)
    raise UsageError(f"{member} is not in the bundle any more")


def _excerpt(member: str, lines: Iterable[str], line: int, *, redact: bool) -> Excerpt:
    kept: deque[str] = deque()
    first = number = 1
    for number, text in enumerate(lines, 1):
        if number > line + AFTER:
            break
        if len(kept) == BEFORE and number <= line:
            kept.popleft()
            first += 1
        left = len(text) - _LONGEST
        kept.append(text if left <= 0 else f"{text[:_LONGEST]} ({left:,} more characters)")
    whole = "\n".join(kept)
    told = (Redactor().redact(whole) if redact else whole).split("\n")
    return Excerpt(member, first, tuple(told), line)
