"""What the readers of YAML and JSON dumps hand on, document by document and item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.ingest.objects.object_text import ObjectText
    from arclogs.model.coverage import Code


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: a document of its own, or an item of a list."""

    value: Any
    text: ObjectText
    whole: bool = True
    """False where the text was cut or damaged: what is missing may have been there."""
    listed: bool = False
    closed: bool = True
    """False for YAML up to the end of the text, which may have been cut without a trace."""


@dataclass(frozen=True, slots=True)
class ListEnd:
    """The end of a document whose items came before as entries."""

    envelope: Mapping[str, Any]
    """The list's own fields, without its items; empty for a bare array."""
    line: int
    """Where the document begins."""
    complete: bool
    """Whether every item was read and the end of the list was seen."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, and cost no more than itself."""

    line: int
    code: Code
    detail: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A line that kubectl wrote about itself between documents, or into one."""

    line: int
    text: str


Part: TypeAlias = Entry | ListEnd | Problem | Aside


class Feed:
    """Lines one by one, the last of which can be put back."""

    def __init__(self, lines: Iterable[str], first_line: int) -> None:
        self._lines: Iterator[str] = iter(lines)
        self._back: str | None = None
        self.number = first_line - 1
        """Number of the line that was last given out."""

    def next(self) -> str | None:
        """Return the next line, None at the end."""
        self.number += 1
        line, self._back = self._back, None
        return next(self._lines, None) if line is None else line

    def back(self, line: str) -> None:
        """Put the last line back."""
        self._back = line
        self.number -= 1
