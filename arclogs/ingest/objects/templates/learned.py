"""Templates of the items of one list, learned from item to item.

- kind: Pod                      seen once
metadata: {name: a}
- kind: Pod                      the same skeleton again: parsed, to see that all is as it seems
metadata: {name: b}
- kind: Pod                      `c` is not `b`: the name varies
metadata: {name: c}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from arclogs.ingest.objects.shapes import SHARED, Node, Shape, place_of
from arclogs.ingest.objects.templates.skeletons import Parted, Skeleton, Syntax, scalars
from arclogs.ingest.objects.templates.template import Gap, Kind, Match, Section, Template
from arclogs.ingest.objects.templates.tree import TemplateTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST: Final = 250
"""Skeletons that are known at once."""
_VARIANTS: Final = 8
"""Of a skeleton, by the kinds of its scalars."""
_LONGEST: Final = 256 * 1024
"""Characters of an item of which note is taken."""
_MOST_SCALARS: Final = 1000
"""Of such an item; objects have a hundred or two."""
_ROOM: Final = 8 * 1024 * 1024
"""Characters of all texts that are learned from one list."""
_PATIENCE: Final = 400
"""Items for which no template is found before only some of the rest are tried."""


class Templates:
    """Learns the texts of a list, item by item."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._tree = TemplateTree()
        self._learned: dict[Skeleton, list[_Learned]] = {}
        self._seen: set[int] = set()
        self._patience = _PATIENCE
        self._asked = 0
        self._room = _ROOM

    def match(self, text: str, at: int) -> Match | None:
        """Return the item that begins at `at`, if it is like one before and another follows it."""
        found = self._tree.match(text, at)
        if found is not None:
            self._patience = min(_PATIENCE, self._patience + 4)
        return found

    def learn(self, text: str) -> Match | None:
        """Take note of an item that nothing matched; return what it is if it is like one before."""
        self._patience -= 1
        self._asked += 1
        if (self._patience < 0 and self._asked % 16) or len(text) > _LONGEST:
            return None
        parted = self._syntax.parted(text)
        if parted is None or len(parted.simple) > _MOST_SCALARS:
            return None
        template = self._template_of(parted)
        return None if template is None else self._tree.match(text + self._syntax.tail, 0)

    def _template_of(self, parted: Parted) -> Template | None:
        known = self._learned.get(parted.skeleton)
        if known is None:
            seen = hash(parted.skeleton)
            if seen not in self._seen:
                if len(self._seen) < 100 * _MOST:
                    self._seen.add(seen)
                return None
            if len(self._learned) >= _MOST:
                return None
            known = self._learned[parted.skeleton] = []
        mine = next((one for one in known if one.fits(parted.simple)), None)
        if mine is None:
            if len(known) >= _VARIANTS or self._room < 0:
                return None
            self._room -= len(parted.lean)
            mine = _learned(parted, self._syntax)
            known.append(mine)
        before = mine.template
        template = mine.widened(parted.simple, self._syntax)
        if template is not None and template is not before:
            self._tree.add(template, before)
        return template


@dataclass(slots=True, eq=False)
class _Learned:
    """What is known of the items of a skeleton of which each simple scalar is of one kind."""

    skeleton: Skeleton
    kinds: Sequence[Kind | None]
    """None for what has to stay as it is."""
    value: dict[str, Any]
    """Of one item."""
    slots: Sequence[int | None]
    """For each scalar of it the simple one that it is."""
    simple: list[str | None]
    """What all items have in common; None where they differ."""
    twins: dict[int, int] = field(default_factory=dict)
    """Places that vary and hold the same as an earlier one in each item so far."""
    template: Template | None = None

    def fits(self, simple: Sequence[str]) -> bool:
        """Tell whether an item may be one of these."""
        return all(
            mine == other or (kind is not None and _is_of(kind, other))
            for mine, kind, other in zip(self.simple, self.kinds, simple)
        )

    def widened(self, simple: Sequence[str], syntax: Syntax) -> Template | None:
        """Return the template of these items and of one more that fits; None where there is none."""
        twins = {at: twin for at, twin in self.twins.items() if simple[at] == simple[twin]}
        first: dict[tuple[str, str], int] = {}
        wider = self.template is None or len(twins) < len(self.twins)
        for at, (mine, other, kind) in enumerate(zip(self.simple, simple, self.kinds)):
            if mine is None or mine == other or kind is None:
                continue
            self.simple[at], wider = None, True
            if kind.is_text and first.setdefault((mine, other), at) != at:
                twins[at] = first[mine, other]
        if wider and self.slots:
            self.twins = twins
            texts, gaps = self._text(syntax)
            shape = Shape(place_of(self.value, self._places()))
            lines = "".join(texts).count("\n") + 1 - syntax.tail.count("\n")
            self.template = Template(texts[0], gaps, shape, syntax.tail, syntax.ahead, lines)
        return self.template

    def _text(self, syntax: Syntax) -> tuple[list[str], list[Gap]]:
        """Return the text around the gaps, and the gaps."""
        (fixed, section), kinds = self.skeleton, self.kinds
        fixed = (*fixed[:-1], fixed[-1] + syntax.tail)
        gaps: list[tuple[Kind | Section | int, str]] = []
        texts = [""]
        rows = self._rows()
        for at, text in enumerate(fixed):
            if section is not None and section[0] == at:
                before, after = text[: section[1]], text[section[1] :]
                opening, passed, ends = syntax.section(after)
                texts[-1] += before + opening
                gaps.append((passed, ends))
                texts.append(after)
            else:
                texts[-1] += text
            if at == len(kinds):
                break
            mine, kind = self.simple[at], kinds[at]
            if mine is not None:
                texts[-1] += mine
            elif kind is not None:
                texts[-1] += kind.quote
                twin = self.twins.get(at)
                gaps.append((kind if twin is None else rows[twin], _ends(kind, fixed[at + 1])))
                texts.append(kind.quote)
        return texts, [Gap(*gap, text) for gap, text in zip(gaps, texts[1:])]

    def _rows(self) -> dict[int, int]:
        """Return where in a row those stand that vary."""
        own = (n for n, mine in enumerate(self.simple) if mine is None and n not in self.twins)
        rows = {number: at for at, number in enumerate(own)}
        return rows | {at: rows[twin] for at, twin in self.twins.items()}

    def _places(self) -> Iterator[Node]:
        rows = self._rows()
        for value, simple in zip(scalars(self.value), self.slots):
            if simple is None or simple not in rows:
                yield Node(SHARED, shared=value)
            else:
                yield Node(rows[simple])


def _ends(kind: Kind, following: str) -> str:
    """Return what a simple scalar surely ends with, and no sooner."""
    if not kind.quote or kind.value is None:
        return kind.quote or following[0]
    return kind.quote + following[: following.index("\n") + 1]


def _is_of(kind: Kind, simple: str) -> object:
    if not kind.quote:
        return kind.fits(simple)
    return simple[0] == kind.quote and kind.fits(simple[1:-1])


def _learned(parted: Parted, syntax: Syntax) -> _Learned:
    """Parse the first item; nothing fits the result where rules and parser do not agree."""
    read = syntax.parsed(parted)
    simple = parted.simple
    kinds = [syntax.kind(text) for text in simple]
    if read is None or not _agree(*read, kinds, simple):
        return _Learned(parted.skeleton, kinds, {}, (), list(simple))
    value, slots = read
    placed = set(slots)
    kinds = [kind if at in placed else None for at, kind in enumerate(kinds)]
    return _Learned(parted.skeleton, kinds, value, slots, list(simple))


def _agree(
    value: Any, slots: Sequence[int | None], kinds: Sequence[Kind | None], simple: Sequence[str]
) -> bool:
    """Tell whether the parser found where the rules say, and what."""
    found = list(scalars(value))
    if len(found) != len(slots):
        return False
    for slot, scalar in zip(slots, found):
        kind = None if slot is None else kinds[slot]
        if slot is not None and kind is not None:
            said = _said(kind, simple[slot])
            if said != scalar or said.__class__ is not scalar.__class__:
                return False
    return True


def _said(kind: Kind, simple: str) -> Any:
    inner = simple[1:-1] if kind.quote else simple
    return inner if kind.value is None else kind.value(inner)
