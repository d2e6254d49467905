"""Items of a JSON list that are like one before, as kubectl prints them: compared, not decoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.objects.documents import Entry
from arclogs.ingest.objects.json_skeletons import JsonItems
from arclogs.ingest.objects.skeletons import Templates
from arclogs.ingest.objects.templates import FilledText

if TYPE_CHECKING:
    from arclogs.ingest.objects.json_text import JsonText
    from arclogs.ingest.objects.templates import Match

_FIRST = re.compile(r"\{\n( +)\"")


class Alike:
    """Reads such items of one list, whose first is at a place."""

    def __init__(self, text: JsonText, first: int) -> None:
        self._text = text
        self._margin = text.held[text.held.rfind("\n", 0, first) + 1 : first]
        self._closing = f"\n{self._margin}}}"
        self._templates: Templates | None = None
        if not self._margin or self._margin.strip(" ") or not text.held.startswith("{", first):
            return
        text.find('"', first)
        keys = _FIRST.match(text.held, first)
        if keys is not None and len(keys[1]) > len(self._margin):
            step = keys[1][len(self._margin) :]
            self._templates = Templates(JsonItems(self._margin, step))

    def entry(self, at: int) -> tuple[Entry, int] | None:
        """Return the item at a place and where it ends; None for one to be decoded."""
        if self._templates is None:
            return None
        text, start = self._text, at - len(self._margin)
        found = self._templates.match(text.held, start)
        if found is None:
            end = self._held_to(at)
            found = self._templates.match(text.held, start)
        if found is not None:
            text.pass_over(found.end)
            return self._found(found, start), found.end - len(",\n")
        if end < 0 or text.check(end):
            return None
        found = self._templates.learn(text.held[start:end])
        return None if found is None else (self._found(found, start), end)

    def _held_to(self, at: int) -> int:
        """Hold the item at a place and where the next one begins; return its end, -1 for none."""
        closing = self._text.find(self._closing, at)
        if closing < 0:
            return -1
        end = closing + len(self._closing)
        self._text.find("\n", end)
        if self._text.held.startswith(",\n", end):
            self._text.skip(end + 1)
        return end

    def _found(self, found: Match, start: int) -> Entry:
        first = self._text.line_at(start)
        text = FilledText(first, found.value, found.template, found.skipped, ())
        return Entry(found.value, text, listed=True)
