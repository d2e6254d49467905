r"""Plain text that every match of a pattern must hold: the key to skipping patterns that cannot match.

    HTTP-Code: (?<code>401|403)\\b          "HTTP-Code: "
    etcdserver: .*timed out|leader changed  "etcdserver: " or "leader changed"
    ^(?:Acquiring jobs|Jobs acquired)       "Acquiring jobs" or "Jobs acquired"

The reading is cautious: what is not plainly literal ends a run, a group is looked into where no run
outside of groups is long enough, and a pattern in which a branch has neither has no literals.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST = 4
"""Characters below which a run says too little to be worth looking for."""

_OPTIONAL = ("?", "*", "{")
_QUANTIFIERS = (*_OPTIONAL, "+")
_COUNTED = lazy_compile(r"\{(\d{1,9})?(?:,(\d{1,9})?)?\}(?<!\{\})(?<!\{,\})")
_WHOLE = lazy_compile(r"\(\?i\)(?P<rest>.+)|\(\?i:(?P<group>.+)\)", re.DOTALL)
_SPECIAL = ".^$+)]}|(["
_GROUP = lazy_compile(r"\((?:\?:|\?P?<[A-Za-z_]\w*>|(?!\?|\*))")


_KEPT: Final[dict[str, frozenset[str] | None]] = {}
"""What an earlier run found for patterns of rule packs: the same, only sooner."""


def take_over(kept: Mapping[str, frozenset[str] | None]) -> None:
    """Take over what `required_literals` returned in an earlier run of the same code."""
    _KEPT.update(kept)


def required_literals(pattern: str) -> frozenset[str] | None:
    """Return texts one of which every match holds, or None where none can be told."""
    return _KEPT[pattern] if pattern in _KEPT else _read(pattern)


@lru_cache(maxsize=8192)
def _read(pattern: str) -> frozenset[str] | None:
    if "(?" in pattern and _has_flags(pattern):
        return None
    return _required(pattern)


def folded_literals(pattern: str) -> frozenset[str] | None:
    """Return texts one of which stands in every match once that is `folded`, or None.

    Of patterns that ignore case as a whole: `(?i)no space left`. The texts are ASCII: whatever matches
    such a letter folds to it.
    """
    whole = _WHOLE.fullmatch(pattern)
    inside = whole and (whole["rest"] or whole["group"])
    if not inside or _has_flags(inside) or _after(pattern, 0) not in (len("(?i)"), len(pattern)):
        return None
    found = _required(inside)
    if found is None or not all(map(str.isascii, found)):
        return None
    return frozenset(map(str.lower, found))


def folded(text: str) -> str:
    """Return a text without the difference of capital and small letters, as regex engines see it."""
    # The capital I with a dot, which folds to two characters, and the small one without are i to them.
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _required(pattern: str) -> frozenset[str] | None:
    found = [_of_branch(branch) for branch in _branches(pattern)]
    sure = [literals for literals in found if literals is not None]
    return frozenset().union(*sure) if len(sure) == len(found) else None


def _of_branch(branch: str) -> frozenset[str] | None:
    """Return the longest run of a branch or, without one, the literals of the group that tells most."""
    run = max(_runs(branch), key=len, default="")
    if len(run) >= SHORTEST:
        return frozenset({run})
    inside = [literals for group in _groups(branch) if (literals := _required(group)) is not None]
    return max(inside, key=lambda literals: min(map(len, literals)), default=None)


def _groups(branch: str) -> list[str]:
    """Return what stands in the groups that take part in every match."""
    groups, position = [], 0
    while position < len(branch):
        end = _after(branch, position)
        opening = _GROUP.match(branch, position)
        if opening and branch[end : end + 1] not in _OPTIONAL:
            groups.append(branch[opening.end() : end - 1])
        position = end
    return groups


def _has_flags(pattern: str) -> bool:
    """Inline flags such as (?i) change what a literal means."""
    return any(
        pattern[i + 2 : i + 3].isalpha() and pattern[i + 2] != "P"
        for i in range(len(pattern))
        if pattern.startswith("(?", i) and not pattern.startswith(("(?:", "(?P"), i)
    )


def _branches(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand outside of every group and class."""
    parts, start, position = [], 0, 0
    while position < len(pattern):
        if pattern[position] == "|":
            parts.append(pattern[start:position])
            start = position = position + 1
        else:
            position = _after(pattern, position)
    return [*parts, pattern[start:]]


def _after(pattern: str, position: int) -> int:
    """Return where the element that begins at a position ends, quantifiers not counted."""
    character = pattern[position]
    if character == "\\":
        return position + 2
    if character == "[":
        return _class_end(pattern, position)
    if character == "(":
        position += 1
        while position < len(pattern) and pattern[position] != ")":
            position = _after(pattern, position)
        return position + 1
    return position + 1


def _class_end(pattern: str, position: int) -> int:
    position += 2 if pattern.startswith("[^", position) else 1
    if pattern.startswith("]", position):
        position += 1
    while position < len(pattern) and pattern[position] != "]":
        position += 2 if pattern[position] == "\\" else 1
    return position + 1


def _runs(branch: str) -> list[str]:
    """Return the runs of characters that stand in every match of a branch."""
    runs, run, position = [], "", 0
    while position < len(branch):
        end = _after(branch, position)
        literal = _literal(branch[position:end])
        quantifier = branch[end : end + 1]
        if literal is not None and quantifier not in _OPTIONAL:
            run += literal
        if literal is None or quantifier in _QUANTIFIERS:
            runs.append(run)
            run = ""
        position = _after_quantifier(branch, end) if quantifier in _QUANTIFIERS else end
    return [*runs, run]


def _literal(element: str) -> str | None:
    if element.startswith("\\"):
        return None if element[1:].isalnum() or not element[1:] else element[1:]
    return None if element[0] in _SPECIAL else element


def _after_quantifier(branch: str, position: int) -> int:
    if branch[position] == "{":
        close = branch.find("}", position)
        position = len(branch) - 1 if close < 0 else close
    lazy_or_possessive = branch[position + 1 : position + 2] in ("?", "+")
    return position + 2 if lazy_or_possessive else position + 1


def written_out(pattern: str) -> int:
    """Return how many elements a pattern has once its counted repeats `{n,m}` are written out.

    Engines do write them out: `(?:(?:x{500}){500}){500}` takes gigabytes to compile.
    """
    return sum(map(_size, _branches(pattern)))


def _size(branch: str) -> int:
    total = position = 0
    while position < len(branch):
        end = _after(branch, position)
        inner = written_out(branch[position + 1 : end - 1]) if branch[position] == "(" else 1
        counted = _COUNTED.match(branch, end)
        total += max(inner, 1) * (max(map(int, filter(None, counted.groups()))) if counted else 1)
        position = counted.end() if counted else end
    return total
