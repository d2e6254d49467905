"""What the readers of YAML and JSON dumps hand on, document by document and item by item."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from arclogs.ingest.text.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from arclogs.ingest.objects.object_text import Passage
    from arclogs.ingest.objects.templates.learned import Templates
    from arclogs.ingest.objects.templates.template import Match
    from arclogs.model.coverage import Code

_ITEM_CHARS: Final = 256 * 1024
"""An item beyond this is read line by line; etcd holds none beyond 1.5 MiB."""
_BATCH: Final = 10_000
FEW_ITEMS = 16
"""Of a list, before it is worth learning what they have in common."""
_MANY: Final = 8
"""What part of a piece is asked for item by item before looking at all of it takes less time."""


class Entry(Struct, frozen=True):
    """One value: a document of its own, or an item of a list."""

    value: Any
    text: Passage
    whole: bool = True
    """False where the text was cut or damaged: what is missing may have been there."""
    listed: bool = False
    closed: bool = True
    """False for YAML up to the end of the text, which may have been cut without a trace."""


class ListEnd(Struct, frozen=True):
    """The end of a document whose items came before as entries."""

    envelope: Mapping[str, Any]
    """The list's own fields, without its items; empty for a bare array."""
    line: int
    """Where the document begins."""
    complete: bool
    """Whether every item was read and the end of the list was seen."""


class Problem(Struct, frozen=True):
    """Something that was not read, and cost no more than itself."""

    line: int
    code: Code
    detail: str


class Aside(Struct, frozen=True):
    """A line that kubectl wrote about itself between documents, or into one."""

    line: int
    text: str


Part: TypeAlias = Entry | ListEnd | Problem | Aside


class Feed:
    """The lines of a text one by one, the last of which can be put back; or whole list items.

    The text comes in pieces of whole lines, which line ends join but do not end. `edit` changes a
    line before it is given out, where `may_edit` says so of a text that holds it.
    """

    def __init__(
        self,
        pieces: Iterable[str],
        first_line: int,
        edit: Callable[[str], str] | None = None,
        may_edit: Callable[[str], bool] | None = None,
    ) -> None:
        self.number = first_line - 1
        """Number of the line that was last given out."""
        self._pieces: Iterator[str] = iter(pieces)
        self._text, self._at, self._before = "", 1, 1
        self._edit, self._may_edit = edit, may_edit
        self._asked = 0
        """Characters of the piece at hand that were asked for item by item."""
        self._plain: tuple[str, bool] | None = None
        """Whether all of the piece at hand is plain, for items with that bullet."""

    def next(self) -> str | None:
        """Return the next line, None at the end."""
        if self._at > len(self._text):
            piece = next(self._pieces, None)
            if piece is None:
                return None
            self._take(piece)
        self.number += 1
        end = self._text.find("\n", self._at)
        end = len(self._text) if end < 0 else end
        line, self._before, self._at = self._text[self._at : end], self._at, end + 1
        return line if self._edit is None else self._edit(line)

    def back(self) -> None:
        """Put the last line back."""
        self._at = self._before
        self.number -= 1

    def like(self, templates: Templates) -> Match | None:
        """Take the next list item if it is like one before (`templates`)."""
        found = templates.match(self._text, self._at)
        if found is not None:
            self.number += found.lines
            self._at = found.end
        return found

    def item(self, bullet: str, inside: str) -> str | None:
        """Return all lines of a list item at once, the next of which begins with `bullet`.

        None, and nothing is taken, where another item does not follow soon, or where a line is
        neither blank nor begins with `inside`, or is to be edited: then line by line must tell.
        """
        if not self._text.startswith(bullet, self._at):
            return None
        following = "\n" + bullet
        end = self._text.find(following, self._at, self._at + _ITEM_CHARS)
        while end < 0 and len(self._text) - self._at < _ITEM_CHARS:
            piece = next(self._pieces, None)
            if piece is None:
                return None
            searched = len(self._text) - self._at - len(bullet)
            self._take(f"{self._text[self._at :]}\n{piece}")
            end = self._text.find(following, max(0, searched), _ITEM_CHARS)
        if end < 0:
            return None
        text = self._text[self._at : end]
        self._asked += len(text)
        if not (self._all_plain(bullet, inside) or self._is_plain(text, bullet, inside)):
            return None
        self.number += text.count("\n") + 1
        self._at = end + 1
        return text

    def _take(self, text: str) -> None:
        self._text, self._at, self._plain, self._asked = text, 0, None, 0

    def _all_plain(self, bullet: str, inside: str) -> bool:
        """Tell whether all of the piece at hand is plain; False while little of it was asked for."""
        if self._plain is None or self._plain[0] != bullet:
            if self._asked * _MANY < len(self._text):
                return False
            self._plain = bullet, self._is_plain(self._text[self._at :], bullet, inside)
        return self._plain[1]

    def texts_to(self, closing: str) -> Iterator[str]:
        """Yield the lines that follow, in pieces and as they are, to one that is `closing` if any is."""
        while True:
            if self._at > len(self._text):
                piece = next(self._pieces, None)
                if piece is None:
                    return
                self._take(piece)
            end = self._end_of(closing) if closing else -1
            text = self._text[self._at : end if end >= 0 else None]
            self.number += text.count("\n") + 1
            self._before, self._at = self._at, self._at + len(text) + 1
            yield text
            if end >= 0:
                return

    def _end_of(self, closing: str) -> int:
        """Return the end of the first line that is `closing` but for blanks after it, or -1."""
        at = self._at
        while at >= 0:
            if self._text.startswith(closing, at):
                end = self._text.find("\n", at)
                end = len(self._text) if end < 0 else end
                if not self._text[at + len(closing) : end].strip():
                    return end
            at = self._text.find(f"\n{closing}", at) + 1 or -1
        return -1

    def edited(self, text: str) -> str:
        """Return lines as they are given out one by one."""
        if self._edit is None or (self._may_edit is not None and not self._may_edit(text)):
            return text
        return "\n".join(map(self._edit, text.split("\n")))

    def _is_plain(self, text: str, bullet: str, inside: str) -> bool:
        """Tell whether all lines but the first belong to items, and none is to be edited."""
        of_items = text.count("\n" + inside) + text.count("\n" + bullet) + text.count("\n\n")
        if of_items < text.count("\n"):
            return False
        return self._may_edit is None or not self._may_edit(text)


def joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines in pieces, as a feed takes them."""
    if isinstance(lines, Texts):
        yield from lines.texts()
        return
    rest = iter(lines)
    while batch := list(islice(rest, _BATCH)):
        yield "\n".join(batch)
