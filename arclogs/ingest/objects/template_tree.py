r"""Many templates at once: what several of them begin with is compared once.

Pods that run, and pods that do not:

    - kind: Pod…name: ⟨text⟩ \n  phase: Running\n-
                             \n  message: ⟨text⟩ \n-
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.objects.templates import Kind, Match

if TYPE_CHECKING:
    from arclogs.ingest.objects.templates import Section, Template

_LONGEST: Final = 256 * 1024
"""Characters of an item that are compared."""
_SECTION: Final = 64 * 1024
_OUTDATED: Final = 8


@dataclass(slots=True, eq=False)
class _Node:
    template: Template | None = None
    """What ends here."""
    gaps: list[_Gaps] = field(default_factory=list)


class _Gaps(NamedTuple):
    """Gaps of one kind, with the texts that may follow."""

    kind: Kind | Section | int
    ends: str
    ways: list[tuple[str, _Node]]


class TemplateTree:
    """Finds the template of an item."""

    def __init__(self) -> None:
        self._heads: list[tuple[str, _Node]] = []
        self._templates: list[Template] = []
        self._outdated = 0

    def add(self, template: Template, instead_of: Template | None = None) -> None:
        """Take a template in; what it is instead of fits fewer items, and is dropped in time."""
        if instead_of is not None:
            self._templates.remove(instead_of)
            self._outdated += 1
        self._templates.append(template)
        if self._outdated > _OUTDATED + len(self._templates) // 2:
            self._heads, self._outdated = [], 0
            for known in self._templates:
                self._grow(known)
        else:
            self._grow(template)

    def _grow(self, template: Template) -> None:
        node = _way(self._heads, template.head)
        for kind, ends, after in template.gaps:
            same = (gaps for gaps in node.gaps if gaps.kind == kind and gaps.ends == ends)
            gaps = next(same, None)
            if gaps is None:
                gaps = _Gaps(kind, ends, [])
                node.gaps.append(gaps)
            node = _way(gaps.ways, after)
        node.template = template

    def match(self, text: str, start: int) -> Match | None:
        """Return the item that begins at `start`, if a template fits it and another item follows."""
        most = start + _LONGEST
        waiting: list[tuple[_Node, int, tuple[Any, ...], int]] = [
            (node, start + len(head), (), 0)
            for head, node in self._heads
            if text.startswith(head, start)
        ]
        while waiting:
            node, at, row, skipped = waiting.pop()
            template = node.template
            if template is not None:
                return Match(Flat(template.shape, row), template, skipped, at - template.ahead)
            for kind, ends, ways in node.gaps:
                if kind.__class__ is int:
                    end = at + len(row[kind])
                    if not text.startswith(row[kind], at):
                        continue
                else:
                    end = text.find(ends, at, most)
                for after, below in ways if end >= 0 else ():
                    if not text.startswith(after, end):
                        continue
                    if kind.__class__ is Kind:  # this is faster than isinstance
                        value: Any = text[at:end]
                        if kind.fits(value):
                            value = value if kind.value is None else kind.value(value)
                            waiting.append((below, end + len(after), (*row, value), skipped))
                    elif kind.__class__ is int:
                        waiting.append((below, end + len(after), row, skipped))
                    elif end - at < _SECTION and (lines := kind.lines(text[at : end + 1])) >= 0:  # type: ignore[union-attr]
                        waiting.append((below, end + len(after), row, lines))
        return None


def _way(ways: list[tuple[str, _Node]], text: str) -> _Node:
    for known, node in ways:
        if known == text:
            return node
    node = _Node()
    ways.append((text, node))
    return node
