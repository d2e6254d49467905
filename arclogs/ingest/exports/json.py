r"""JSON of a log store, entry by entry, each with the line on which its message stands.

    {"events":[{"timestamp":1763457247021,"message":"…"}]}      one document, compact or indented
    {"labels":{…},"line":"…","timestamp":"…"}                   one document a line

An export that was cut keeps the entries before the cut. A key is looked for in the text itself: inside
of a JSON string every quotation mark has a backslash before it, so that none is taken for a key.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CHARS = 64 * 1024 * 1024
"""Of one document, which has to be held as a whole."""

_SHOWN_CHARS = 4096
_BLANK = lazy_compile(r"[ \t\r\n,]*")
_OPENING = lazy_compile(r"^\s*[{\[]", re.MULTILINE)
_DECODER = json.JSONDecoder(strict=False)


class Value(Struct, frozen=True):
    """One decoded value and where it stands in the text it came from."""

    data: Any
    start: int
    end: int


class JsonText:
    """A text that holds JSON documents."""

    def __init__(self, lines: Iterable[str], first_line: int) -> None:
        self.text = "\n".join(lines)
        self.first_line = first_line
        self.broken = False
        """Something could not be decoded: the export was cut or edited."""
        self._counted, self._line = 0, first_line

    def documents(self) -> Iterator[Value]:
        """Yield the documents; the items of one that is an array, instead of it."""
        at = 0
        while (found := _OPENING.search(self.text, at)) is not None:
            start = found.end() - 1
            if self.text[start] == "[":
                at = start + 1
                for value in self.items(start):
                    at = value.end
                    yield value
                continue
            document = self.decode(start)
            at = self._after_line(start) if document is None else document.end
            if document is not None:
                yield document

    def arrays(self, key: str) -> Iterator[int]:
        """Yield where each array that stands under a key begins."""
        for match in re.finditer(rf'(?<!\\)"{re.escape(key)}"\s*:\s*\[', self.text):
            yield match.end() - 1

    def items(self, start: int) -> Iterator[Value]:
        """Yield the items of the array at `start`, up to the first that cannot be read."""
        at = self._skip(start + 1)
        while at < len(self.text) and self.text[at] != "]":
            value = self.decode(at)
            if value is None:
                return
            yield value
            at = self._skip(value.end)

    def decode(self, at: int) -> Value | None:
        """Return the value at a place, or None."""
        try:
            data, end = _DECODER.raw_decode(self.text, at)
        except (ValueError, RecursionError):
            self.broken = True
            return None
        return Value(data, at, end)

    def line_of(self, value: Value, keys: tuple[str, ...]) -> tuple[int, str]:
        """Return number and text of the line on which the first of the keys stands in a value."""
        at = value.start
        if isinstance(value.data, list):  # Loki's pairs of time and line
            comma = self.text.find(",", value.start, value.end)
            at = max(at, self.text.find('"', max(comma, value.start), value.end))
        for key in keys:
            found = self.text.find(f'"{key}"', value.start, value.end)
            if found >= 0:
                at = found
                break
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        number = self._number(at)
        if end - start > _SHOWN_CHARS or (end - start) > 2 * (value.end - value.start):
            start, end = at, min(end, value.end, at + _SHOWN_CHARS)  # compact: this entry's part
        return number, self.text[start:end]

    def _number(self, at: int) -> int:
        low, high = sorted((self._counted, at))
        lines = self.text.count("\n", low, high)
        self._line += lines if at >= self._counted else -lines
        self._counted = at
        return self._line

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match is not None else at

    def _after_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1


def texts(lines: Iterable[str], first_line: int) -> Iterator[JsonText]:
    """Yield the texts of which an export consists: its lines where each is a document, else all.

    What goes beyond `MAX_CHARS` in one document is not read.
    """
    stream = enumerate(lines, first_line)
    for number, line in stream:
        if not line or line.isspace():
            continue
        if _is_document(line):
            yield JsonText((line,), number)
            continue
        rest = _bounded(chain((line,), (following for _, following in stream)))
        yield JsonText(rest, number)


def _is_document(line: str) -> bool:
    text = line.strip()
    return text[0] == "{" and text.endswith(("}", "},"))


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    chars = 0
    for line in lines:
        chars += len(line) + 1
        if chars > MAX_CHARS:
            return
        yield line
