r"""Many templates at once: what several of them begin with is compared once.

Pods that run, and pods that do not:

    - kind: Pod…name: ⟨text⟩ \n  phase: Running\n-
                             \n  message: ⟨text⟩ \n-
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.objects.templates.pattern import pattern_of
from arclogs.ingest.objects.templates.template import Kind, Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.objects.templates.pattern import TemplatePattern
    from arclogs.ingest.objects.templates.template import Section, Template

_LONGEST: Final = 256 * 1024
"""Characters of an item that are compared."""
_SECTION: Final = 64 * 1024
_OUTDATED: Final = 8
_OFTEN: Final = 64
"""Items that a template has to fit before it is worth a pattern."""
_WORTHLESS: Final = -30


@dataclass(slots=True, eq=False)
class _Node:
    template: Template | None = None
    """What ends here."""
    gaps: list[_Gaps] = field(default_factory=list)
    often: TemplatePattern | None = None
    """Of a head: the pattern of a template that fits often."""
    worth: int = 0
    """Items that patterns found, less those that they did not."""


class _Gaps(NamedTuple):
    """Gaps of one kind, with the texts that may follow."""

    kind: Kind | Section | int
    ends: str
    ways: list[tuple[str, _Node]]


class TemplateTree:
    """Finds the template of an item."""

    def __init__(self) -> None:
        self._heads = _Heads()
        self._templates: list[Template] = []
        self._outdated = 0

    def add(self, template: Template, instead_of: Template | None = None) -> None:
        """Take a template in; what it is instead of fits fewer items, and is dropped in time."""
        if instead_of is not None:
            self._templates.remove(instead_of)
            head = self._heads.node(instead_of.head)
            if head.often is not None and head.often.template is instead_of:
                head.often = None
            self._outdated += 1
        self._templates.append(template)
        if self._outdated > _OUTDATED + len(self._templates) // 2:
            self._heads, self._outdated = _Heads(), 0
            for known in self._templates:
                self._grow(known)
        else:
            self._grow(template)

    def _grow(self, template: Template) -> None:
        node = self._heads.node(template.head)
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
        for length, node in self._heads.of(text, start):
            at = start + length
            found = None if node.often is None else _tried(node.often, node, text, at, most)
            if found is None:
                found = _follow(node, text, at, most)
                if found is not None and node.often is None:
                    _count(found.template, node)
            if found is not None:
                return found
        return None


class _Heads:
    """What templates begin with, in order: all between a text and what it begins with begin so, too."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._nodes: list[_Node] = []
        self._within: list[int] = []
        """For each the longest other that it begins with; -1 for none."""
        self._longest = 0

    def __len__(self) -> int:
        return len(self._texts)

    def node(self, head: str) -> _Node:
        """Return where templates with a head go on."""
        at = bisect_left(self._texts, head)
        if at == len(self._texts) or self._texts[at] != head:
            self._texts.insert(at, head)
            self._nodes.insert(at, _Node())
            self._longest = max(self._longest, len(head))
            self._within = []
            for number, text in enumerate(self._texts):
                other = number - 1
                while other >= 0 and not text.startswith(self._texts[other]):
                    other = self._within[other]
                self._within.append(other)
        return self._nodes[at]

    def of(self, text: str, start: int) -> Iterator[tuple[int, _Node]]:
        """Yield the lengths of the heads that a text begins with, and their nodes, the longest first."""
        at = bisect_right(self._texts, text[start : start + self._longest]) - 1
        while at >= 0:
            if text.startswith(self._texts[at], start):
                yield len(self._texts[at]), self._nodes[at]
            at = self._within[at]


def _tried(often: TemplatePattern, head: _Node, text: str, at: int, most: int) -> Match | None:
    """Return what the pattern of a head finds; one that does not find most is dropped."""
    found = often.match(text, at, most)
    head.worth = min(head.worth + 1, _OFTEN) if found is not None else head.worth - 1
    if head.worth < _WORTHLESS:
        head.often = None
    return found


def _count(template: Template, head: _Node) -> None:
    template.times += 1
    if template.times == _OFTEN and head.worth >= _WORTHLESS:
        head.often = pattern_of(template)


def _follow(node: _Node, text: str, at: int, most: int) -> Match | None:
    """Return the item that goes on at a node, if all of it fits down to a template."""
    row: list[Any] = []
    skipped = 0
    others: list[tuple[_Node, int, list[Any], int]] = []
    while (template := node.template) is None:
        onward: tuple[_Node, int, tuple[Any, ...], int] | None = None
        for kind, ends, ways in node.gaps:
            end = _twin(row[kind], text, at) if isinstance(kind, int) else text.find(ends, at, most)
            for after, below in ways if end >= 0 else ():
                if not text.startswith(after, end):
                    continue
                read: tuple[Any, ...] = ()
                lines = skipped
                if isinstance(kind, Kind):
                    value = text[at:end]
                    if not kind.fits(value):
                        break
                    read = (value if kind.value is None else kind.value(value),)
                elif not isinstance(kind, int):
                    lines = _passed(kind, text, at, end)
                    if lines < 0:
                        break
                if onward is None:
                    onward = below, end + len(after), read, lines
                else:
                    others.append((below, end + len(after), [*row, *read], lines))
        if onward is not None:
            node, at, read, skipped = onward
            row += read
        elif others:
            node, at, row, skipped = others.pop()
        else:
            return None
    return Match(Flat(template.shape, tuple(row)), template, skipped, at - template.ahead)


def _twin(value: str, text: str, at: int) -> int:
    """Return where a value ends that stands in a text; -1 for another."""
    return at + len(value) if text.startswith(value, at) else -1


def _passed(section: Section, text: str, at: int, end: int) -> int:
    """Return how many lines are passed over; -1 for what is better parsed."""
    return section.lines(text[at : end + 1]) if end - at < _SECTION else -1


def _way(ways: list[tuple[str, _Node]], text: str) -> _Node:
    for known, node in ways:
        if known == text:
            return node
    node = _Node()
    ways.append((text, node))
    return node
