"""The passage that an object was read from, and on which of its lines a field stands.

    - apiVersion: v1                      find(("metadata", "name")) → line 4, "    name: default"
      kind: ServiceAccount
      metadata:
        name: default

Lines are looked up in the text itself, by libyaml's parse marks (JSON is YAML in flow style), and
only when a finding needs one: most objects are never asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from arclogs.ingest.objects.elisions import ELIDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.ingest.objects.shapes import Flat
    from arclogs.ingest.objects.templates.template import Template

REDACTED = "<redacted>"
"""What stands for the values of a Secret, which are dropped while reading."""

_SHOWN_CHARS = 4096  # a compact JSON dump is one line: only the field's part of it is shown
_EXCERPT = 400

Path = tuple[str | int, ...]


class Passage(Protocol):
    """Where an object stands in a member, however that is kept."""

    @property
    def first_line(self) -> int:
        """Return the number of its first line."""
        ...

    @property
    def text(self) -> str:
        """Return the lines, of which those of managedFields may be empty."""
        ...

    @property
    def within(self) -> Path:
        """Return where in the passage the object is."""
        ...

    @property
    def elided(self) -> bool:
        """Tell whether something was left out of it."""
        ...

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and text of the line on which a field stands, None for one not there."""
        ...


class ObjectText(Struct, frozen=True):
    """A passage of a member, as it stands there.

    The loader refuses what nests deeper than 128 levels before a passage becomes one, so that
    composing it cannot exhaust the C stack.
    """

    first_line: int
    text: str
    within: Path = ()
    """Where in the passage the object is: `(0,)` where its list dash belongs to the passage."""

    @property
    def elided(self) -> bool:
        """Tell whether something was left out of the passage."""
        return ELIDED in self.text

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and text of the line on which a field stands, None for one not there."""
        from arclogs.ingest.objects.templates.node_places import (
            index_of,  # 15 ms, and not always needed
        )

        index = index_of(self.text, (*self.within, *path))
        if index is None:
            return None
        return line_at(self.text, index, self.first_line)


class FilledText(Struct, frozen=True):
    """The passage of an item as its template and its values tell it, instead of a copy of it."""

    first_line: int
    fields: Flat
    template: Template
    skipped: int
    within: Path

    @property
    def elided(self) -> bool:
        """Tell whether something was left out of the passage: then it was parsed."""
        return False

    @property
    def text(self) -> str:
        """Return the passage, without managedFields."""
        return "".join(self.template.parts(self.fields.row, self.skipped))

    def line_of(self, path: Path) -> int | None:
        """Return the number of the line on which a field stands, None for one not there."""
        place = self.template.place_of((*self.within, *path), self.fields.row)
        if place is None:
            return None
        return self.first_line + place.line + (self.skipped if place.passed else 0)

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and text of the line on which a field stands, None for one not there."""
        place = self.template.place_of((*self.within, *path), self.fields.row)
        if place is None:
            return None
        parts = self.template.parts(self.fields.row, self.skipped)
        index = sum(map(len, parts[: place.part])) + place.offset
        return line_at("".join(parts), index, self.first_line)


def line_at(text: str, index: int, first_line: int) -> tuple[int, str]:
    """Return number and text of the line on which an index into a passage is."""
    # By index: YAML counts CR, NEL and U+2028 as line ends too, editors do not.
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    end = len(text) if end < 0 else end
    if end - start > _SHOWN_CHARS:
        start, end = index, min(end, index + _EXCERPT)
    return first_line + text.count("\n", 0, index), text[start:end]


class KnownLines(Struct, frozen=True):
    """Locator of an object whose passage is not kept."""

    lines: Mapping[Path, tuple[int, str]]

    def find(self, path: Path) -> tuple[int, str] | None:
        return self.lines.get(path)


def sealed(text: Passage, secret: tuple[Path, ...]) -> KnownLines:
    """Return the lines of a passage without those values that lie below the `secret` paths."""
    from arclogs.ingest.objects.templates.node_places import fields_of

    lines: dict[Path, tuple[int, str]] = {}
    number, counted = text.first_line, 0
    for path, begin, key_end, value_end in fields_of(text.text, text.within):
        number, counted = number + text.text.count("\n", counted, begin), begin
        hidden = any(path[: len(start)] == start for start in secret)
        # Only this field's part of the row: in compact JSON the row holds the values as well.
        shown = text.text[begin : key_end if hidden else value_end]
        lead = text.text[text.text.rfind("\n", 0, begin) + 1 : begin]
        shown = ("" if lead.strip(" -") else lead) + shown.split("\n", 1)[0][:_SHOWN_CHARS]
        lines[path] = (number, f"{shown}: {REDACTED}" if hidden else shown)
    return KnownLines(lines)
