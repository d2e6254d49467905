"""Skeletons of the items of a YAML list, as kubectl lays them out (`skeletons`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from arclogs.ingest.objects.elisions import ELIDED, marked
from arclogs.ingest.objects.managed_fields import managed_fields
from arclogs.ingest.objects.templates.skeletons import Parted, skeleton_of, starts
from arclogs.ingest.objects.templates.template import QUOTED, SAFE, WHOLE_NUMBER, WORD, Kind
from arclogs.ingest.objects.yaml.text import Refusal, load_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITHIN = (
    r"[!\"$-9;-~]"  # of the rest only `: ` and ` #` mean anything, outside of flow collections
)
_PLAIN = rf"[A-Za-z0-9/]{_WITHIN}*(?:[ :]{_WITHIN}+)*"
_SINGLE = r"(?:[ -&(-~]|'')*"
_SIMPLE = re.compile(rf"""([:-] )("{SAFE}"|'{_SINGLE}'|{_PLAIN})$""", re.MULTILINE)

# A word, or what begins with a digit and holds what no number does.
_WORD = r"(?!(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]ull|NULL)$)[A-Za-z/]"
_NO_NUMBER = r".*[a-df-zA-DF-Z_@%=~()/ :]|.*\..*\.|.*[^eE\n]-"
_SURELY_TEXT = (
    rf"(?:{_WORD}|[1-9](?={_NO_NUMBER})|0(?![xob])(?={_NO_NUMBER})){_WITHIN}*(?:[ :]{_WITHIN}+)*"
)
_TEXT = re.compile(_SURELY_TEXT)
_PLAIN_ONLY = re.compile(_PLAIN)


def _single(text: str) -> str:
    return text.replace("''", "'")


def _in_single(value: str) -> str:
    return value.replace("'", "''")


_QUOTED_ONCE: Final = Kind("'", re.compile(_SINGLE).fullmatch, _single, _in_single, pattern=_SINGLE)
_OF_QUOTE: Final = {'"': QUOTED, "'": _QUOTED_ONCE}


def _is_text(plain: str) -> bool:
    """Tell whether a plain scalar is text, where that is not plain to see as the parser has it."""
    if _TEXT.fullmatch(plain):
        return True
    return _PLAIN_ONLY.fullmatch(plain) is not None and load_yaml(f"- {plain}") == [plain]


_KINDS: Final = (Kind("", _is_text, None, str, pattern=_SURELY_TEXT), WHOLE_NUMBER, WORD)

_LINE = re.compile(r"( *)((?:- )*)(?:([A-Za-z_][A-Za-z0-9_./-]*):(?: |$))?(.*)")
_EMPTY = ("{}", "[]")
# Scalars of one line that are not simple: these must be the same in all items.
_SHARED = re.compile(r"""null|'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[0-9][0-9a-z.+-]*""")
_MOST_LINES: Final = 10_000
_LONGEST_LINE: Final = 200
_BLOCK = re.compile(r"[|>][+-]?")


@dataclass(frozen=True, slots=True, eq=False)
class YamlSection:
    """Passes over managedFields whose keys stand below a margin."""

    margin: str
    seen: set[str]
    """Lines of them that are no marks of something left out."""
    pattern: str = field(init=False)
    _plain: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        # Below the margin, no comment, and at its end nothing that ends a mark of something left out.
        line = rf"\n{self.margin}[ -][^\n#]*+(?:(?<={{}})|(?<![.…>)\]}}=~-]))"
        object.__setattr__(self, "pattern", f"(?:{line})*+")
        object.__setattr__(self, "_plain", re.compile(rf"{self.pattern}\n"))

    def lines(self, section: str) -> int:
        """Return how many lines there are; -1 for what is better parsed."""
        if self._plain.fullmatch(section):
            return section.count("\n") - 1
        number = section.count("\n") - 1
        within = section.count(f"\n{self.margin} ") + section.count(f"\n{self.margin}-")
        if number != within or "#" in section:
            return -1
        for line in {*section.split("\n")} - self.seen:
            if marked(line) != line:
                return -1
            if len(self.seen) < _MOST_LINES and len(line) < _LONGEST_LINE:
                self.seen.add(line)
        return number


@dataclass(frozen=True, slots=True)
class YamlItems:
    """The syntax of items that begin with a dash, at one column."""

    bullet: str
    _passed: YamlSection = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_passed", YamlSection(" " * (len(self.bullet) + 2), set()))

    @property
    def tail(self) -> str:
        return f"\n{self.bullet}"

    @property
    def ahead(self) -> int:
        return len(self.bullet)

    def kind(self, simple: str) -> Kind | None:
        if simple[0] in _OF_QUOTE:
            return _OF_QUOTE[simple[0]]
        return next((kind for kind in _KINDS if kind.fits(simple)), None)

    def section(self, following: str) -> tuple[str, YamlSection, str]:
        margin = " " * (len(self.bullet) + 2)
        ends = following[: following.index(":") + 1]
        return f"\n{margin}managedFields:", self._passed, ends

    def parted(self, text: str) -> Parted | None:
        managed = managed_fields(text, len(self.bullet))
        lean = text if managed is None else text[: managed[0]] + text[managed[1] :]
        parts = _SIMPLE.split(lean)
        skeleton = skeleton_of(parts, None if managed is None else managed[0])
        if skeleton is None or not _has_key_after(skeleton.section, skeleton.fixed):
            return None
        return Parted(skeleton, parts[2::3], lean)

    def parsed(self, parted: Parted) -> tuple[dict[str, Any], Sequence[int | None]] | None:
        slots = _slots(parted)
        value = load_yaml(parted.lean) if slots is not None else None
        if slots is None or isinstance(value, Refusal):
            return None
        if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)):
            return None
        return (value[0], slots) if _has_text_keys(value[0]) else None


def _has_key_after(section: tuple[int, int] | None, fixed: Sequence[str]) -> bool:
    return section is None or ":" in fixed[section[0]][section[1] :]


def _slots(parted: Parted) -> list[int | None] | None:
    """Return for each scalar of a text which simple one it is; None for a text with anything odd."""
    _, simple, lean = parted
    if ELIDED in lean:
        return None
    numbers = starts(parted)
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


def _has_text_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, str) and _has_text_keys(below) for k, below in value.items())
    return not isinstance(value, list) or all(map(_has_text_keys, value))
