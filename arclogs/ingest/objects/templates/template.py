r"""Items of a list that are like one before but for a few values: compared, not parsed.

    - kind: Pod             - kind: Pod             "- kind: Pod\n  metadata:\n    name: "  ⟨text⟩
      metadata:               metadata:             "\n    ready: "                         ⟨word⟩
        name: a                 name: b             "\n- "
        ready: true             ready: true

A controller makes ten thousand pods of one text. What two of them have in common is compared byte by
byte, and only what stands between is read, by rules that hold for the simplest of scalars: so parsing
both could give nothing else (`skeletons` tells which texts that is true of, and learns them).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from arclogs.ingest.objects.object_text import FilledText, Path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arclogs.ingest.objects.shapes import Flat, Shape


class Kind(NamedTuple):
    """How a scalar is written."""

    quote: str
    fits: Callable[[str], object]
    """Whether a text between quotes or alone stands for a value of this kind."""
    value: Callable[[str], Any] | None
    """What it stands for; None for itself."""
    written: Callable[[Any], str]
    """The text that stands for a value."""
    is_text: bool = True
    pattern: str | None = None
    """What surely stands for a value of this kind, without groups; None where no pattern can tell."""


SAFE: Final = r"[ !#-\[\]-~]*"
"""What stands between double quotes for itself, in YAML and in JSON."""
QUOTED: Final = Kind('"', re.compile(SAFE).fullmatch, None, str, pattern=SAFE)
_NUMBER: Final = r"0|[1-9][0-9]{0,17}"
WHOLE_NUMBER: Final = Kind(
    "", re.compile(_NUMBER).fullmatch, int, str, is_text=False, pattern=_NUMBER
)
_WORDS: Final = {"true": True, "false": False}
WORD: Final = Kind(
    "",
    _WORDS.__contains__,
    _WORDS.__getitem__,
    lambda value: str(value).lower(),
    is_text=False,
    pattern="|".join(_WORDS),
)


class Section(Protocol):
    """Passes over managedFields, which nobody asks for."""

    @property
    def pattern(self) -> str | None:
        """Return what can surely be passed over, without groups; None where no pattern can tell."""
        ...

    def lines(self, section: str) -> int:
        """Return how many lines there are before the last; -1 for what is better parsed."""
        ...


class Gap(NamedTuple):
    """A place that varies, and the text from there to the next."""

    kind: Kind | Section | int
    """A number is that of an earlier gap, which holds the same in all items."""
    ends: str
    """How the text after it begins."""
    after: str


class Place(NamedTuple):
    """Where a field stands in a text."""

    part: int
    offset: int
    """In that part."""
    line: int
    """Lines above it, without those that are passed over."""
    passed: bool
    """Whether those are above it."""


@dataclass(slots=True, eq=False)
class Template:
    """A text with gaps."""

    head: str
    gaps: Sequence[Gap]
    shape: Shape
    tail: str
    """What the last gap's text ends with, and the next item begins in."""
    ahead: int
    """How much of that belongs to the next item."""
    lines: int
    """Lines of an item, without those that are passed over."""
    times: int = 0
    """How many items it was found to fit, up to some."""
    _places: dict[Path, Place] = field(default_factory=dict)
    """Where fields stand."""

    def parts(self, row: Sequence[Any], skipped: int) -> list[str]:
        """Return the text of an item in parts; lines that were passed over are empty."""
        values = iter(row)
        parts = [self.head]
        written: list[str] = []
        for kind, _, after in self.gaps:
            if isinstance(kind, int):
                parts.append(written[kind])
            elif isinstance(kind, Kind):
                written.append(kind.written(next(values)))
                parts.append(written[-1])
            else:
                parts.append("\n" * skipped)
            parts.append(after)
        parts[-1] = parts[-1][: -len(self.tail)]
        return parts

    def place_of(self, path: Path, row: Sequence[Any]) -> Place | None:
        """Return where a field stands in an item: found once, it is so in all of them."""
        known = self._places.get(path)
        if known is None:
            from arclogs.ingest.objects.templates.node_places import (
                index_of,  # 15 ms, and not always needed
            )

            parts = self.parts(row, 0)
            text = "".join(parts)
            index = index_of(text, path)
            if index is None:
                return None
            ends = list(accumulate(map(len, parts)))
            part = bisect_right(ends, index)
            passed = any(not isinstance(kind, Kind | int) for kind, _, _ in self.gaps[: part // 2])
            offset = index - ends[part] + len(parts[part])
            known = self._places[path] = Place(part, offset, text.count("\n", 0, index), passed)
        return known


class Match(NamedTuple):
    """An item that a template fits."""

    value: Flat
    template: Template
    skipped: int
    """Lines that were passed over."""
    end: int
    """Where the next item begins."""

    @property
    def lines(self) -> int:
        return self.template.lines + self.skipped

    def passage(self, first_line: int, within: Path) -> FilledText:
        """Return where it stands."""
        return FilledText(first_line, self.value, self.template, self.skipped, within)
