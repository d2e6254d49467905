"""Skeletons of the items of a JSON list, one scalar a line as kubectl prints them (`skeletons`).

"name": "linux-k8s-7hx2q",              "name": "⟨text⟩",
"restartCount": 3                       "restartCount": ⟨number⟩
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from arclogs.ingest.objects.elisions import marked
from arclogs.ingest.objects.json.odd import MOST_BRACKETS, SURROGATE, too_deep
from arclogs.ingest.objects.templates.skeletons import Parted, skeleton_of, starts
from arclogs.ingest.objects.templates.template import SAFE, WHOLE_NUMBER, WORD, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIMPLE = re.compile(r'(": |\n +)("(?:[ !#-\[\]-~]|\\.)*"|0|[1-9][0-9]{0,17}|true|false)(?=,?\n)')
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"(\s*:)?|-?[0-9][0-9.eE+-]*|true|false|null|[{}\[\],\s]+')
_NAMED = re.compile(rf'"time": "{SAFE}"|uid\\":\\"{SAFE}\\"')
_MOST: Final = 1000
_LONGEST: Final = 16 * 1024
_SAFE = re.compile(SAFE)


def _value(text: str) -> str:
    return str(json.loads(f'"{text}"')) if "\\" in text else text


def _written(value: str) -> str:
    """Return text as Go's encoder writes it."""
    if _SAFE.fullmatch(value):
        return value
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _is_text(text: str) -> bool:
    if _SAFE.fullmatch(text):
        return True
    try:
        return text.isascii() and _written(_value(text)) == text
    except ValueError:
        return False


_TEXT: Final = Kind('"', _is_text, _value, _written)


@dataclass(frozen=True, slots=True, eq=False)
class JsonSection:
    """Passes over the items of managedFields, which have to be JSON like all the rest."""

    seen: set[str]
    """Such as were JSON, without times."""
    pattern: None = field(default=None, init=False)

    def lines(self, section: str) -> int:
        """Return how many lines there are; -1 for what is better parsed."""
        alike = _NAMED.sub("\0", section)
        if alike not in self.seen:
            if not _is_plain(section):
                return -1
            if len(self.seen) < _MOST and len(alike) < _LONGEST:
                self.seen.add(alike)
        return section.count("\n") - 1


def _is_plain(section: str) -> bool:
    if section.count("{") + section.count("[") > MOST_BRACKETS:
        return False
    try:
        json.loads(f"[{section}]", strict=False, parse_constant=str)
    except (ValueError, RecursionError):
        return False
    return all(marked(line) == line for line in section.split("\n"))


@dataclass(frozen=True, slots=True)
class JsonItems:
    """The syntax of objects whose braces stand below a margin, on lines of their own."""

    margin: str
    step: str
    """By how much more their keys are indented."""
    _passed: JsonSection = field(default_factory=lambda: JsonSection(set()), init=False)

    @property
    def tail(self) -> str:
        return f",\n{self.margin}{{"

    @property
    def ahead(self) -> int:
        return len(self.margin) + 1

    def kind(self, simple: str) -> Kind | None:
        if simple[0] == '"':
            return _TEXT if _is_text(simple[1:-1]) else None
        return WORD if simple[0] in "tf" else WHOLE_NUMBER

    def section(self, following: str) -> tuple[str, JsonSection, str]:
        return "", self._passed, f"\n{self._margin}]"

    @property
    def _margin(self) -> str:
        return self.margin + 2 * self.step

    def parted(self, text: str) -> Parted | None:
        managed = self._managed_fields(text)
        lean = text if managed is None else text[: managed[0]] + text[managed[1] :]
        if not lean.startswith(f"{self.margin}{{\n") or not lean.endswith(f"\n{self.margin}}}"):
            return None
        parts = _SIMPLE.split(lean)
        skeleton = skeleton_of(parts, None if managed is None else managed[0])
        return None if skeleton is None else Parted(skeleton, parts[2::3], lean)

    def _managed_fields(self, text: str) -> tuple[int, int] | None:
        """Return where their items begin, with a line end, and where they end."""
        opening = f'\n{self._margin}"managedFields": ['
        at = text.find(f"{opening}\n")
        if at < 0:
            return None
        owner = f'\n{self.margin}{self.step}"metadata": {{\n'
        above = text.rfind(owner, 0, at + 1)
        between = text[above + len(owner) - 1 : at]
        if above < 0 or between.count("\n") != between.count(f"\n{self._margin}"):
            return None
        end = text.find(f"\n{self._margin}]", at + len(opening))
        return None if end < 0 else (at + len(opening), end)

    def parsed(self, parted: Parted) -> tuple[dict[str, Any], Sequence[int | None]] | None:
        lean = parted.lean
        slots = None if SURROGATE.search(lean) else _slots(parted)
        if slots is None or any(marked(line) != line for line in lean.split("\n")):
            return None
        try:
            value = json.loads(lean)
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict) or too_deep(value, lean):
            return None
        if parted.skeleton.section is not None and value["metadata"].pop("managedFields") != []:
            return None
        return value, slots


def _slots(parted: Parted) -> list[int | None] | None:
    """Return for each scalar of a text which simple one it is; None for a text with anything odd."""
    _, simple, lean = parted
    numbers = starts(parted)
    slots: list[int | None] = []
    end = 0
    for token in _TOKEN.finditer(lean):
        if token.start() != end:
            return None
        end = token.end()
        number = numbers.get(token.start())
        if token[1] is not None or token[0][0] in "{}[], \n\r\t":
            continue
        slots.append(number if number is not None and simple[number] == token[0] else None)
    return slots if end == len(lean) else None
