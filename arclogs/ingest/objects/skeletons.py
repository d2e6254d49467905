"""Which items of a YAML list are alike: what is left of their texts without the simplest scalars.

    - kind: Pod                            - kind: ⟨text⟩
      metadata:                              metadata:
        name: linux-k8s-7hx2q                  name: ⟨text⟩
        uid: "0741"                            uid: "⟨text⟩"
      restartCount: 3                        restartCount: ⟨number⟩

Of the same skeleton, two items have the same fields, and each simple scalar is the value that it is
alone: nothing in it can end, nest, refer to or continue anything. The first of a skeleton is parsed, and
has to give what the rules here say of it, or else all of them are parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.elisions import ELIDED, marked
from arclogs.ingest.objects.managed_fields import managed_fields
from arclogs.ingest.objects.shapes import SHARED, Node, Shape, place_of
from arclogs.ingest.objects.templates import Gap, Kind, Match, Section, Template
from arclogs.ingest.objects.yaml_text import Refusal, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WITHIN = r"[A-Za-z0-9_./@%+=~()-]"
_PLAIN = rf"[A-Za-z0-9/]{_WITHIN}*(?:[ :]{_WITHIN}+)*"
_QUOTED = r"[ !#-\[\]-~]*"  # between double quotes, without escapes
_SINGLE = r"[ -&(-~]*"
_SIMPLE = re.compile(rf"""([:-] )("{_QUOTED}"|'{_SINGLE}'|{_PLAIN})$""", re.MULTILINE)

# A word, or what begins with a digit and holds what no number does.
_WORD = r"(?!(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]ull|NULL)$)[A-Za-z/]"
_NO_NUMBER = r".*[a-df-zA-DF-Z_@%=~()/ :]|.*\..*\.|.*[^eE]-"
_TEXT = re.compile(
    rf"(?:{_WORD}|[1-9](?={_NO_NUMBER})|0(?![xob])(?={_NO_NUMBER})){_WITHIN}*(?:[ :]{_WITHIN}+)*"
)
_PLAIN_ONLY = re.compile(_PLAIN)
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_WORDS: Final = {"true": True, "false": False}

_OF_QUOTE: Final = {
    '"': Kind('"', re.compile(_QUOTED).fullmatch, None),
    "'": Kind("'", re.compile(_SINGLE).fullmatch, None),
}


def _is_text(plain: str) -> bool:
    """Tell whether a plain scalar is text, where that is not plain to see as the parser has it."""
    if _TEXT.fullmatch(plain):
        return True
    return _PLAIN_ONLY.fullmatch(plain) is not None and load_yaml(f"- {plain}") == [plain]


_KINDS: Final = (
    Kind("", _is_text, None),
    Kind("", _NUMBER.fullmatch, int),
    Kind("", _WORDS.__contains__, _WORDS.__getitem__),
)

_LINE = re.compile(r"( *)((?:- )*)(?:([A-Za-z_][A-Za-z0-9_./-]*):(?: |$))?(.*)")
_EMPTY = ("{}", "[]")
# Scalars of one line that are not simple: these must be the same in all items.
_SHARED = re.compile(r"""null|'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[0-9][0-9a-z.+-]*""")
_BLOCK = re.compile(r"[|>][+-]?")

_MOST: Final = 1000
"""Skeletons that are known at once."""
_RECENT: Final = 8
_PATIENCE: Final = 400
"""Items for which no template is found before only some of the rest are tried."""


class Skeleton(NamedTuple):
    """A text, parted."""

    fixed: tuple[str, ...]
    """What stands between simple scalars; one more than there are."""
    kinds: tuple[Kind | None, ...]
    """None for what must stay as it is."""
    section: tuple[int, int] | None
    """Where managedFields were left out: the index in `fixed`, and where in it."""


class Templates:
    """Learns the texts of a list, item by item."""

    def __init__(self, bullet: str) -> None:
        self._bullet = bullet
        self._recent: list[Template] = []
        self._learned: dict[Skeleton, _Learned | None] = {}
        self._seen: set[int] = set()
        self._patience = _PATIENCE
        self._asked = 0

    def match(self, text: str, at: int) -> Match | None:
        """Return the item that begins at `at`, if it is like one before and another follows it."""
        for number, template in enumerate(self._recent):
            found = template.match(text, at)
            if found is not None:
                if number:
                    self._recent.insert(0, self._recent.pop(number))
                self._patience = min(_PATIENCE, self._patience + 4)
                return found
        return None

    def learn(self, text: str) -> Match | None:
        """Take note of an item that nothing matched; return what it is if it is like one before."""
        self._patience -= 1
        self._asked += 1
        if self._patience < 0 and self._asked % 16:
            return None
        parted = _parted(text, len(self._bullet))
        if parted is None:
            return None
        skeleton, simple, lean = parted
        known = self._learned.get(skeleton)
        if known is None:
            seen = hash(skeleton)
            if skeleton in self._learned or len(self._learned) >= _MOST:
                return None
            if seen not in self._seen:
                if len(self._seen) < 100 * _MOST:
                    self._seen.add(seen)
                return None
            known = self._learned[skeleton] = _learned(skeleton, simple, lean)
            if known is None:
                return None
        template = known.template
        if not known.covers(simple):
            wider = known.widen(simple, self._bullet)
            if wider is None:
                return None
            self._recent = [t for t in self._recent if t is not template]
            template = wider
        if template is None:
            return None
        if template not in self._recent:
            self._recent = [template, *self._recent[: _RECENT - 1]]
        return template.match(f"{text}\n{self._bullet}", 0)


@dataclass(slots=True, eq=False)
class _Learned:
    """What is known of a skeleton."""

    skeleton: Skeleton
    value: dict[str, Any]
    """Of one item."""
    slots: Sequence[int | None]
    """For each scalar of it the simple one that it is."""
    simple: list[str | None]
    """What all items have in common; None where they differ."""
    twins: dict[int, int] = field(default_factory=dict)
    """Places that vary and hold the same as an earlier one in each item so far."""
    template: Template | None = None

    def covers(self, simple: Sequence[str]) -> bool:
        """Tell whether the template is of an item like this."""
        return (
            self.template is not None
            and all(mine is None or mine == other for mine, other in zip(self.simple, simple))
            and all(simple[at] == simple[twin] for at, twin in self.twins.items())
        )

    def widen(self, simple: Sequence[str], bullet: str) -> Template | None:
        """Return the template of this item, too; None where a place differs that must not."""
        self.twins = {at: twin for at, twin in self.twins.items() if simple[at] == simple[twin]}
        first: dict[tuple[str, str], int] = {}
        for at, (mine, other) in enumerate(zip(self.simple, simple)):
            if mine is None or mine == other:
                continue
            kind = self.skeleton.kinds[at]
            if kind is None:
                return None
            self.simple[at] = None
            if kind.value is None and first.setdefault((mine, other), at) != at:
                self.twins[at] = first[mine, other]
        self.template = Template(*self._text(bullet), self._shape(), bullet, self._lines())
        return self.template

    def _lines(self) -> int:
        texts = (*self.skeleton.fixed, *filter(None, self.simple))
        return sum(text.count("\n") for text in texts) + 1 + bool(self.skeleton.section)

    def _text(self, bullet: str) -> tuple[str, list[Gap]]:
        """Return the text to the first gap, and the gaps."""
        fixed, kinds, section = self.skeleton
        begun: list[tuple[Kind | Section | int, str]] = []
        texts = [""]
        rows = self._rows()
        for at, text in enumerate((*fixed[:-1], f"{fixed[-1]}\n{bullet}")):
            if section is not None and section[0] == at:
                cut = section[1]
                texts[-1] += text[:cut] + f"\n{_margin(bullet)}managedFields:"
                begun.append(_section(text[cut:], bullet))
                texts.append(text[cut:])
            else:
                texts[-1] += text
            if at < len(kinds):
                mine, kind = self.simple[at], kinds[at]
                if mine is not None:
                    texts[-1] += mine
                elif kind is not None:
                    texts[-1] += kind.quote
                    twin = self.twins.get(at)
                    begun.append((kind if twin is None else rows[twin], kind.quote or "\n"))
                    texts.append(kind.quote)
        return texts[0], [Gap(*gap, text) for gap, text in zip(begun, texts[1:])]

    def _shape(self) -> Shape:
        return Shape(place_of(self.value, self._places()))

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


def _margin(bullet: str) -> str:
    return " " * (len(bullet) + 2)


def _section(following: str, bullet: str) -> tuple[Section, str]:
    margin = _margin(bullet)
    lead = following[: following.index(":") + 1]
    return Section(f"\n{margin} ", f"\n{margin}-", set()), lead


def _parted(text: str, column: int) -> tuple[Skeleton, list[str], str] | None:
    """Return the skeleton of an item, its simple scalars, and what of it is parsed."""
    managed = managed_fields(text, column)
    lean = text if managed is None else text[: managed[0]] + text[managed[1] :]
    parts = _SIMPLE.split(lean)
    fixed = tuple(map(str.__add__, parts[0::3], (*parts[1::3], "")))
    simple = parts[2::3]
    section = None
    if managed is not None:
        section = _place(managed[0], fixed, simple)
        if section is None or ":" not in fixed[section[0]][section[1] :]:
            return None
    return Skeleton(fixed, tuple(map(_kind, simple)), section), simple, lean


def _place(at: int, fixed: Sequence[str], simple: Sequence[str]) -> tuple[int, int] | None:
    """Return in which of the fixed texts a place is, and where in it."""
    start = 0
    for number, text in enumerate(fixed):
        if start <= at < start + len(text):
            return number, at - start
        start += len(text) + (len(simple[number]) if number < len(simple) else 0)
    return None


def _kind(simple: str) -> Kind | None:
    if simple[0] in _OF_QUOTE:
        return _OF_QUOTE[simple[0]]
    return next((kind for kind in _KINDS if kind.fits(simple)), None)


def _learned(skeleton: Skeleton, simple: Sequence[str], lean: str) -> _Learned | None:
    """Parse the first item of a skeleton; None where rules and parser do not agree, or not surely."""
    slots = _slots(skeleton, simple, lean)
    value = load_yaml(lean) if slots is not None else None
    if slots is None or isinstance(value, Refusal):
        return None
    if not (isinstance(value, list) and len(value) == 1 and _has_text_keys(value[0])):
        return None
    found = list(scalars(value[0]))
    if len(found) != len(slots):
        return None
    kinds = skeleton.kinds
    for slot, read in zip(slots, found):
        kind = None if slot is None else kinds[slot]
        if slot is None or kind is None:
            continue
        said = _said(kind, simple[slot])
        if said != read or said.__class__ is not read.__class__:
            return None
    placed = set(slots)
    kinds = tuple(kind if at in placed else None for at, kind in enumerate(kinds))
    return _Learned(skeleton._replace(kinds=kinds), value[0], slots, list(simple))


def _said(kind: Kind, simple: str) -> Any:
    inner = simple[1:-1] if kind.quote else simple
    return inner if kind.value is None else kind.value(inner)


def _slots(skeleton: Skeleton, simple: Sequence[str], lean: str) -> list[int | None] | None:
    """Return for each scalar of a text which simple one it is; None for a text with anything odd."""
    if ELIDED in lean:
        return None
    sizes = (len(f) + len(s) for f, s in zip(skeleton.fixed, simple))
    numbers = {end - len(text): at for at, (end, text) in enumerate(zip(accumulate(sizes), simple))}
    slots: list[int | None] = []
    start, block = 0, -1
    for line in lean.split("\n"):
        at, start = start, start + len(line) + 1
        found = _LINE.fullmatch(line)
        if found is None or marked(line) != line:
            return None
        column = len(found[1])
        if block >= 0 and (column > block or not line.strip()):
            continue
        block = -1
        rest, keyed = found[4], found[3] is not None
        place = at + found.start(4)
        if place in numbers and simple[numbers[place]] == rest:
            slots.append(numbers[place])
        elif _BLOCK.fullmatch(rest):
            slots.append(None)
            block = column + len(found[2]) - (0 if keyed else 2)
        elif rest and rest not in _EMPTY:
            if not _SHARED.fullmatch(rest):
                return None
            slots.append(None)
        elif not rest and not keyed:
            return None
    return slots


def scalars(value: Any) -> Iterator[Any]:
    """Yield all scalars of a value, in order."""
    if isinstance(value, dict):
        for below in value.values():
            yield from scalars(below)
    elif isinstance(value, list):
        for below in value:
            yield from scalars(below)
    else:
        yield value


def _has_text_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, str) and _has_text_keys(below) for k, below in value.items())
    return not isinstance(value, list) or all(map(_has_text_keys, value))
