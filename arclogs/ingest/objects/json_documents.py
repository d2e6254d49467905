r"""Documents of a JSON dump, item by item.

    {
        "apiVersion": "v1",
        "items": [ {"kind": "Pod", …}, …

Written by cli-runtime `printers.JSONPrinter` (four blanks), client-go's encoder (compact) and
troubleshoot.sh (two blanks; custom resources as a bare array). A list that was cut keeps the items
before the cut; a bad item costs itself where the next one can be found by its indentation.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from arclogs.ingest.objects.documents import Entry, Feed, ListEnd, Part, Problem
from arclogs.ingest.objects.json_salvage import salvage_json
from arclogs.ingest.objects.object_text import ObjectText
from arclogs.ingest.objects.yaml_text import MAX_DEPTH
from arclogs.ingest.text.lines import replace_surrogates
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARS = 64 * 1024 * 1024
"""Of one document, which has to be held as a whole."""

_SALVAGED = 2 * 1024 * 1024
_BLANK = lazy_compile(r"[ \t\r\n]*")
_OPENING = lazy_compile(r"\n[{\[]")  # of the next document
_SURROGATE = lazy_compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder(strict=False, parse_constant=str)


def read_json(feed: Feed) -> Iterator[Part]:
    """Yield the parts of the JSON text that starts at the next line of `feed`."""
    first = feed.next()
    if first is None:
        return
    start, lines, chars = feed.number, [first], len(first)
    opening = first.strip()
    if opening not in ("{", "[") and _is_whole(opening):
        yield from _Text(first, start).parts()
        return
    # A closing bracket alone at the column of the opening one ends what any pretty-printer prints.
    closing = first.replace(opening, "}" if opening == "{" else "]").rstrip()
    if opening not in ("{", "["):
        closing = ""
    while (line := feed.next()) is not None:
        chars += len(line) + 1
        if chars <= MAX_CHARS:
            lines.append(line)
        if closing and line.startswith(closing) and line.rstrip() == closing:
            break
    if chars > MAX_CHARS:
        detail = f"a document of {chars} characters was read to character {MAX_CHARS}"
        yield Problem(start, Code.LIMIT_MEMORY, detail)
    yield from _Text("\n".join(lines), start).parts()


def _is_whole(line: str) -> bool:
    try:
        _, end = _DECODER.raw_decode(line)
    except (ValueError, RecursionError):
        return False
    return end == len(line)


class _Bad(Exception):
    """The text is no JSON from `position` on."""

    def __init__(self, code: Code, detail: str, position: int) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.position = position


class _Text:
    """One or more JSON documents back to back."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.counted, self.line = 0, first_line  # number of the line at text[counted]

    def parts(self) -> Iterator[Part]:
        at = self._skip(0)
        while at < len(self.text):
            opening = self.text[at]
            try:
                if opening == "{":
                    at = yield from self._object(at)
                elif opening == "[":
                    at = yield from self._array(at)
                else:
                    raise _Bad(Code.JSON_SYNTAX, "text that is no JSON", at)
            except _Bad as bad:
                yield Problem(self._line_at(bad.position), bad.code, bad.detail)
                following = _OPENING.search(self.text, bad.position)
                at = following.end() - 1 if following is not None else len(self.text)
            at = self._skip(at)

    def _array(self, start: int) -> Any:
        line = self._line_at(start)
        try:
            end, complete = yield from self._items(start)
        except _Bad:
            yield ListEnd({}, line, complete=False)
            raise
        yield ListEnd({}, line, complete)
        return end

    def _object(self, start: int) -> Any:
        """Yield the parts of the object at `start` and return where it ends."""
        line = self._line_at(start)
        fields: dict[str, Any] = {}
        lists: list[bool] = []
        try:
            end = yield from self._members(start, fields, lists)
        except _Bad as bad:
            if lists:
                yield ListEnd(fields, line, complete=False)
            elif bad.code is Code.JSON_TRUNCATED:
                yield from self._salvaged(start)
            raise
        if lists:
            yield ListEnd(fields, line, complete=all(lists))
        else:
            yield from self._entry(fields, start, end, listed=False)
        return end

    def _salvaged(self, start: int) -> Iterator[Part]:
        """Yield what there is of an object that ends too early."""
        text = self.text[start : start + _SALVAGED]
        rest = salvage_json(text)
        try:
            value = None if rest is None else json.loads(rest, strict=False)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict) and value:
            passage = ObjectText(self._line_at(start), rest or "")
            yield Entry(_clean(value), passage, whole=False)

    def _members(self, start: int, fields: dict[str, Any], lists: list[bool]) -> Any:
        """Yield the items of an object that is a list, and return where the object ends.

        Its other members go to `fields`; `lists` gets whether all items were read.
        """
        at = self._skip(start + 1)
        while self._char(at) != "}":
            key, at = self._decode(at)
            if not isinstance(key, str):
                raise _Bad(Code.JSON_SYNTAX, "a key that is no text", at)
            at = self._expect(":", at)
            if key == "items" and self._char(at) == "[":
                lists.append(False)
                at, lists[-1] = yield from self._items(at)
            else:
                fields[key], at = self._decode(at)
                if key == "items" and fields[key] is None:  # Go prints no items as null
                    del fields[key]
                    lists.append(True)
            if self._char(at) != "}":
                at = self._expect(",", at)
        return at + 1

    def _items(self, start: int) -> Any:
        """Yield the items of the array at `start`; return its end and whether all were read."""
        complete = True
        at = self._skip(start + 1)
        while self._char(at) != "]":
            try:
                value, end = self._decode(at)
                yield from self._entry(value, at, end, listed=True)
            except _Bad as bad:
                after = None if bad.code is Code.JSON_TRUNCATED else self._next_item(at)
                if after is None:
                    raise
                yield Problem(self._line_at(bad.position), bad.code, bad.detail)
                end, complete = after, False
            at = self._skip(end)
            if self._char(at) != "]":
                at = self._expect(",", at)
        return self._skip(at + 1), complete

    def _entry(self, value: Any, start: int, end: int, listed: bool) -> Iterator[Part]:
        margin = self.text.rfind("\n", 0, start) + 1
        if not self.text[margin:start].strip():
            start = margin
        text = self.text[start:end]
        if text.count("{") + text.count("[") > MAX_DEPTH and _depth_beyond(value, MAX_DEPTH):
            raise _Bad(Code.JSON_TOO_DEEP, "nested too deep for an object", start)
        if _SURROGATE.search(text):
            value = _clean(value)
        yield Entry(value, ObjectText(self._line_at(start), text), listed=listed)

    def _next_item(self, start: int) -> int | None:
        """Return where a bad item ends, by the closing brace that stands below its opening one."""
        margin = self.text.rfind("\n", 0, start) + 1
        indent = self.text[margin:start]
        if indent.strip() or not margin:
            return None
        closing = re.compile(rf"\n{indent}\}}(?=,?[ \t\r]*\n)")
        found = closing.search(self.text, start)
        return found.end() if found is not None else None

    def _decode(self, at: int) -> tuple[Any, int]:
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self._bad(error.msg, error.pos) from None
        except RecursionError:
            raise _Bad(Code.JSON_TOO_DEEP, "nested too deep for an object", at) from None
        except ValueError as error:  # an integer of more digits than Python converts
            raise _Bad(Code.JSON_SYNTAX, str(error).partition(";")[0], at) from None
        return value, self._skip(end)

    def _bad(self, message: str, position: int) -> _Bad:
        rest = self.text[position : position + 16].rstrip()
        literals = ("true", "false", "null", "NaN", "-Infinity")
        if message.startswith("Unterminated string") or any(w.startswith(rest) for w in literals):
            return _Bad(Code.JSON_TRUNCATED, "the text ends before its JSON does", position)
        return _Bad(Code.JSON_SYNTAX, message, position)

    def _expect(self, char: str, at: int) -> int:
        if self._char(at) != char:
            raise self._bad(f"Expecting {char!r}", at)
        return self._skip(at + 1)

    def _char(self, at: int) -> str:
        if at >= len(self.text):
            raise self._bad("", at)
        return self.text[at]

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match is not None else at

    def _line_at(self, at: int) -> int:
        if at >= self.counted:
            self.line += self.text.count("\n", self.counted, at)
        else:
            self.line -= self.text.count("\n", at, self.counted)
        self.counted = at
        return self.line


def _depth_beyond(value: Any, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [
            child
            for holder in level
            for child in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _clean(value: Any) -> Any:
    """Return a value without lone surrogates, which could not be written out again."""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {replace_surrogates(key): _clean(item) for key, item in value.items()}
    return value
