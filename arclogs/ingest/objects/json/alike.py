"""Items of a JSON list that are like one before, as kubectl prints them: compared, not decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.objects import documents
from arclogs.ingest.objects.documents import Entry
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.ingest.objects.json.text import JsonText
    from arclogs.ingest.objects.templates.learned import Templates
    from arclogs.ingest.objects.templates.template import Match

_FIRST = lazy_compile(r"\{\n( +)\"")


class Alike:
    """Reads such items of one list, whose first is at a place."""

    def __init__(self, text: JsonText, first: int) -> None:
        self._text = text
        self._margin = text.held[text.held.rfind("\n", 0, first) + 1 : first]
        self._closing = f"\n{self._margin}}}"
        self._few = documents.FEW_ITEMS if self._margin and not self._margin.strip(" ") else -1
        self._templates: Templates | None = None

    def entry(self, at: int) -> tuple[Entry, int] | None:
        """Return the item at a place and where it ends; None for one to be decoded."""
        if self._templates is None:
            self._begin(at)
        if self._templates is None:
            return None
        text, start = self._text, at - len(self._margin)
        if start > 0 and text.held[start - 1] != "\n":
            return None  # indented otherwise: what is shown of it would be another line
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

    def _begin(self, at: int) -> None:
        """Count an item, and look at the keys of the one after the first few."""
        keys = None
        if self._few == 0:
            self._text.find('"', at)
            keys = _FIRST.match(self._text.held, at)
        self._few -= 1
        if keys is not None and len(keys[1]) > len(self._margin):
            from arclogs.ingest.objects.json.skeletons import JsonItems
            from arclogs.ingest.objects.templates.learned import Templates

            self._templates = Templates(JsonItems(self._margin, keys[1][len(self._margin) :]))

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
        return Entry(found.value, found.passage(self._text.line_at(start), ()), listed=True)
