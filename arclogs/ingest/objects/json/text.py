"""The text of JSON documents while it is read: what lies before the item at hand is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.objects.documents import Feed

MAX_CHARS = 64 * 1024 * 1024
"""Of one value that is not the item of a list, which has to be held as a whole, or of one item."""

_HELD = 1024 * 1024
"""So much may lie before the item at hand: forgetting it copies what follows."""
_BLANK = lazy_compile(r"[ \t\r\n]*")


class JsonText:
    """A window on a text that comes in pieces; places are indexes into what is held of it."""

    def __init__(self, feed: Feed, first: str, closing: str | None) -> None:
        """Begin with the line that `feed` gave last; `closing` ends the text, "" does with the feed."""
        self.held = first
        self.unread = 0
        """Characters that were too many to be held."""
        self._feed = feed
        self._pieces: Iterator[str] = iter(()) if closing is None else feed.texts_to(closing)
        self._counted, self._line = 0, feed.number
        self._plain = len(first)

    def more(self) -> bool:
        """Hold more of the text; False where there is no more, or too much is held."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        if len(self.held) + len(piece) > MAX_CHARS:
            self.unread += len(piece) + sum(map(len, self._pieces))
            return False
        self.held = f"{self.held}\n{piece}"
        return True

    def skip(self, at: int) -> int:
        """Return the place of the next character that is no blank, or the end."""
        while True:
            match = _BLANK.match(self.held, at)
            at = match.end() if match is not None else at
            if at < len(self.held) or not self.more():
                return at

    def find(self, wanted: str, start: int) -> int:
        """Return the place of the first `wanted` from `start` on, -1 for none."""
        at = self.held.find(wanted, start)
        while at < 0:
            searched = max(start, len(self.held) - len(wanted))
            if not self.more():
                return -1
            at = self.held.find(wanted, searched)
        return at

    def check(self, at: int) -> bool:
        """Mark what was left out in the lines to a place; tell whether there was anything.

        Lines that were looked at before stay as they are.
        """
        if at < self._plain:
            return False
        end = self.held.find("\n", at)
        end = len(self.held) if end < 0 else end
        start = self._plain
        lines = self.held[start:end]
        edited = self._feed.edited(lines)
        self._plain = start + len(edited)
        if edited == lines:
            return False
        self.held = self.held[:start] + edited + self.held[end:]
        return True

    def pass_over(self, at: int) -> None:
        """Take the lines before a place for looked at."""
        self._plain = max(at, self._plain)

    def forget(self, at: int) -> int:
        """Drop the lines before the one at a place, if they are many; return where it is then."""
        if at < _HELD:
            return at
        start = self.held.rfind("\n", 0, at) + 1
        self.line_at(start)
        self.held = self.held[start:]
        self._counted = 0
        self._plain = max(0, self._plain - start)
        return at - start

    def line_at(self, at: int) -> int:
        """Return the number of the line at a place."""
        if at >= self._counted:
            self._line += self.held.count("\n", self._counted, at)
        else:
            self._line -= self.held.count("\n", at, self._counted)
        self._counted = at
        return self._line
