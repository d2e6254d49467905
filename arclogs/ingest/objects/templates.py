"""Items of a list that are like one before but for a few values: compared, not parsed.

    - kind: Pod             - kind: Pod             "- kind: Pod\\n  metadata:\\n    name: "  ⟨text⟩
      metadata:               metadata:             "\\n    ready: "                         ⟨word⟩
        name: a                 name: b             "\\n- "
        ready: true             ready: true

A controller makes ten thousand pods of one text. What two of them have in common is compared byte by
byte, and only what stands between is read, by rules that hold for the simplest of scalars: so parsing
both could give nothing else (`skeletons` tells which texts that is true of, and learns them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.object_text import ObjectText, Path
from arclogs.ingest.objects.shapes import Flat, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST: Final = 256 * 1024
"""Characters of an item that are compared."""
_SECTION: Final = 64 * 1024
# What a line of managedFields must not hold: the marks of something left out (`elisions`).
_ODD_SECTION = re.compile(r"[.>)\]=~-]\n|[^{]\}\n|[…#]")


class Kind(NamedTuple):
    """How a scalar is written."""

    quote: str
    fits: Callable[[str], object]
    """Whether a text between quotes or alone stands for a value of this kind."""
    value: Callable[[str], Any] | None
    """What it stands for; None for itself."""


class Section(NamedTuple):
    """Where managedFields stood, which are passed over."""

    lead: str
    """How the line after them begins."""
    deeper: str
    dashed: str
    """How lines of them begin."""

    def end(self, text: str, at: int) -> int:
        """Return where the lines end that begin at `at`; -1 for what is better parsed."""
        end = text.find(self.lead, at, at + _SECTION)
        if end < 0:
            return -1
        lines = text[at : end + 1]
        within = lines.count(self.deeper) + lines.count(self.dashed)
        return end if within == lines.count("\n") - 1 and not _ODD_SECTION.search(lines) else -1


class Gap(NamedTuple):
    """A place that varies, and the text from there to the next."""

    kind: Kind | Section
    ends: str
    """The character that ends it."""
    after: str


@dataclass(slots=True, eq=False)
class Template:
    """A text with gaps."""

    head: str
    gaps: Sequence[Gap]
    shape: Shape
    bullet: str
    """What the next item begins with: the last gap's text ends with it."""
    lines: int
    """Lines of an item, without those that are passed over."""

    def match(self, text: str, at: int) -> Match | None:
        """Return what stands in the gaps, where another item follows this one."""
        if not text.startswith(self.head, at):
            return None
        start, at = at, at + len(self.head)
        row: list[Any] = []
        skipped = 0
        for kind, ends, after in self.gaps:
            if kind.__class__ is Section:
                end = kind.end(text, at)  # type: ignore[union-attr]  # faster than isinstance
                if end < 0 or not text.startswith(after, end):
                    return None
                skipped = text.count("\n", at, end)
            else:
                end = text.find(ends, at)
                if end < 0 or not text.startswith(after, end):
                    return None
                value: Any = text[at:end]
                if not kind.fits(value):  # type: ignore[union-attr]
                    return None
                row.append(value if kind.value is None else kind.value(value))  # type: ignore[union-attr]
            at = end + len(after)
        end = at - len(self.bullet)
        if end - start > _LONGEST:
            return None
        return Match(Flat(self.shape, tuple(row)), self, skipped, end)

    def filled(self, row: Sequence[Any], skipped: int) -> str:
        """Return the text of an item; lines that were passed over are empty."""
        values = iter(row)
        parts = [self.head]
        for kind, _, after in self.gaps:
            parts += "\n" * skipped if isinstance(kind, Section) else _spelled(next(values)), after
        return "".join(parts)[: -len(self.bullet) - 1]


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


@dataclass(frozen=True, slots=True)
class FilledText:
    """The passage of an item as its template and its values tell it, instead of a copy of it."""

    first_line: int
    fields: Flat
    template: Template
    skipped: int
    within: Path = (0,)

    @property
    def text(self) -> str:
        """Return the passage, without managedFields."""
        return self.template.filled(self.fields.row, self.skipped)

    def find(self, path: Path) -> tuple[int, str] | None:
        """Return number and text of the line on which a field stands, None for one not there."""
        return ObjectText(self.first_line, self.text, self.within).find(path)


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
