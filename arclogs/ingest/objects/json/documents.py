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
from arclogs.ingest.objects.json.alike import Alike
from arclogs.ingest.objects.json.odd import SURROGATE, too_deep
from arclogs.ingest.objects.json.salvage import salvage_json
from arclogs.ingest.objects.json.text import MAX_CHARS, JsonText
from arclogs.ingest.objects.object_text import ObjectText
from arclogs.ingest.text.lines import replace_surrogates
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

_SALVAGED = 2 * 1024 * 1024
_DECODER = json.JSONDecoder(strict=False, parse_constant=str)


def read_json(feed: Feed) -> Iterator[Part]:
    """Yield the parts of the JSON text that starts at the next line of `feed`."""
    first = feed.next()
    if first is None:
        return
    start = feed.number
    opening = first.strip()
    if opening not in ("{", "[") and _is_whole(opening):
        yield from _Text(JsonText(feed, first, None)).parts()
        return
    # A closing bracket alone at the column of the opening one ends what any pretty-printer prints.
    closing = first.replace(opening, "}" if opening == "{" else "]").rstrip()
    text = JsonText(feed, first, closing if opening in ("{", "[") else "")
    yield from _Text(text).parts()
    while text.more():
        text.held = ""
    if text.unread:
        detail = f"a value of more than {MAX_CHARS} characters was not read to its end"
        yield Problem(start, Code.LIMIT_MEMORY, detail)


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

    def __init__(self, text: JsonText) -> None:
        self.text = text

    def parts(self) -> Iterator[Part]:
        at = self.text.skip(0)
        while at < len(self.text.held):
            opening = self.text.held[at]
            try:
                if opening == "{":
                    at = yield from self._object(at)
                elif opening == "[":
                    at = yield from self._array(at)
                else:
                    raise _Bad(Code.JSON_SYNTAX, "text that is no JSON", at)
            except _Bad as bad:
                yield Problem(self.text.line_at(bad.position), bad.code, bad.detail)
                at = self._next_document(bad.position)
            at = self.text.skip(self.text.forget(at))

    def _next_document(self, start: int) -> int:
        following = min(
            (at for opening in ("\n{", "\n[") if (at := self.text.find(opening, start)) >= 0),
            default=-1,
        )
        return len(self.text.held) if following < 0 else following + 1

    def _array(self, start: int) -> Any:
        line = self.text.line_at(start)
        try:
            end, complete = yield from self._items(start)
        except _Bad:
            yield ListEnd({}, line, complete=False)
            raise
        yield ListEnd({}, line, complete)
        return end

    def _object(self, start: int) -> Any:
        """Yield the parts of the object at `start` and return where it ends."""
        line = self.text.line_at(start)
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
        text = self.text.held[start : start + _SALVAGED]
        rest = salvage_json(text)
        try:
            value = None if rest is None else json.loads(rest, strict=False)
        except (ValueError, RecursionError):
            return
        if isinstance(value, dict) and value:
            passage = ObjectText(self.text.line_at(start), rest or "")
            yield Entry(_clean(value), passage, whole=False)

    def _members(self, start: int, fields: dict[str, Any], lists: list[bool]) -> Any:
        """Yield the items of an object that is a list, and return where the object ends.

        Its other members go to `fields`; `lists` gets whether all items were read.
        """
        at = self.text.skip(start + 1)
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
        at = self.text.skip(start + 1)
        alike = Alike(self.text, at)
        while self._char(at) != "]":
            at = self.text.forget(at)
            found = alike.entry(at)
            try:
                if found is not None:
                    entry, end = found
                    yield entry
                else:
                    value, end = self._decode(at)
                    yield from self._entry(value, at, end, listed=True)
            except _Bad as bad:
                after = None if bad.code is Code.JSON_TRUNCATED else self._next_item(at)
                if after is None:
                    raise
                yield Problem(self.text.line_at(bad.position), bad.code, bad.detail)
                end, complete = after, False
            at = self.text.skip(end)
            if self._char(at) != "]":
                at = self._expect(",", at)
        return self.text.skip(at + 1), complete

    def _entry(self, value: Any, start: int, end: int, listed: bool) -> Iterator[Part]:
        held = self.text.held
        margin = held.rfind("\n", 0, start) + 1
        if not held[margin:start].strip():
            start = margin
        text = held[start:end].rstrip(" \t\r\n")  # `_decode` has skipped blanks
        if too_deep(value, text):
            raise _Bad(Code.JSON_TOO_DEEP, "nested too deep for an object", start)
        if SURROGATE.search(text):
            value = _clean(value)
        yield Entry(value, ObjectText(self.text.line_at(start), text), listed=listed)

    def _next_item(self, start: int) -> int | None:
        """Return where a bad item ends, by the closing brace that stands below its opening one."""
        margin = self.text.held.rfind("\n", 0, start) + 1
        indent = self.text.held[margin:start]
        if indent.strip() or not margin:
            return None
        closing = re.compile(rf"\n{indent}\}}(?=,?[ \t\r]*\n)")
        found = closing.search(self.text.held, start)
        while found is None and self.text.more():
            found = closing.search(self.text.held, start)
        return found.end() if found is not None else None

    def _decode(self, at: int) -> tuple[Any, int]:
        while True:
            self.text.check(at)
            try:
                value, end = _DECODER.raw_decode(self.text.held, at)
            except json.JSONDecodeError as error:
                bad = self._bad(error.msg, error.pos)
                if self.text.check(len(self.text.held)):
                    continue
                if bad.code is not Code.JSON_TRUNCATED or not self._more_than(at):
                    raise bad from None
            except RecursionError:
                raise _Bad(Code.JSON_TOO_DEEP, "nested too deep for an object", at) from None
            except ValueError as error:  # an integer of more digits than Python converts
                raise _Bad(Code.JSON_SYNTAX, str(error).partition(";")[0], at) from None
            else:
                if not self.text.check(end):
                    return value, self.text.skip(end)

    def _more_than(self, start: int) -> bool:
        """Hold twice of what is held from `start` on; False where there is no more."""
        wanted = 2 * len(self.text.held) - start
        if not self.text.more():
            return False
        while len(self.text.held) < wanted and self.text.more():
            pass
        return True

    def _bad(self, message: str, position: int) -> _Bad:
        rest = self.text.held[position : position + 16].rstrip()
        literals = ("true", "false", "null", "NaN", "-Infinity")
        if message.startswith("Unterminated string") or any(w.startswith(rest) for w in literals):
            return _Bad(Code.JSON_TRUNCATED, "the text ends before its JSON does", position)
        return _Bad(Code.JSON_SYNTAX, message, position)

    def _expect(self, char: str, at: int) -> int:
        if self._char(at) != char:
            raise self._bad(f"Expecting {char!r}", at)
        return self.text.skip(at + 1)

    def _char(self, at: int) -> str:
        if at >= len(self.text.held):
            raise self._bad("", at)
        return self.text.held[at]


def _clean(value: Any) -> Any:
    """Return a value without lone surrogates, which could not be written out again."""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {replace_surrogates(key): _clean(item) for key, item in value.items()}
    return value
