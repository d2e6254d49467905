r"""A pattern taken apart: which pieces it has, in which order, how often each may stand.

    ^Code: (?<code>\d{3})+x    edge `^`, text `C`, `o` …, group `(?<code>…)` 1 to any times, text `x`

Enough of the syntax of `regex` to reason about a pattern (what a piece looks like, where time could
explode, up to where a line fits); whether a pattern is valid is `regex`' own business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex
from msgspec import Struct
from msgspec.structs import replace

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

Branch: TypeAlias = tuple["Piece", ...]

_QUANTIFIER = lazy_compile(r"(?:([*+?])|\{(\d*)(?:(,)(\d*))?\})([?+]?)")
_OPENING = lazy_compile(r"\(\?(?:P?<[A-Za-z_]\w*>|[a-zA-Z]*(?:-[a-zA-Z]+)?:|[>|])|\((?!\?)")
_LOOK = lazy_compile(r"\(\?<?[=!]")
_FLAGS = lazy_compile(r"\(\?(?:[a-zA-Z]+\)|#[^)]*\))")
_ESCAPE = lazy_compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pPN]\{[^}]*\}|g<[^>]*>|.)", re.DOTALL
)
_EDGES = frozenset({"^", "$", r"\b", r"\B", r"\A", r"\Z", r"\z", r"\m", r"\M", r"\G", r"\K"})
_SETS = frozenset("dDwWsShHvVXRpPN")
_CANDIDATES = "a0 -A.:/_=\"'{[(,\n\té123456789"
"""What a class is tried with to find something it matches, the plainest first."""


class Piece(Struct, frozen=True):
    """One element of a pattern, with how often it may stand there."""

    start: int
    end: int
    """Span in the pattern, quantifier included."""
    kind: Literal["text", "class", "edge", "group", "look", "flags"]
    source: str
    """The element alone, without its quantifier."""
    branches: tuple[Branch, ...] = ()
    """Of a group: its alternatives."""
    low: int = 1
    high: int | None = 1
    """None: without bound."""
    possessive: bool = False
    """It never gives back what it has taken: possessive, or an atomic group."""


def parse_pattern(pattern: str) -> tuple[Branch, ...]:
    """Return the alternatives of a valid pattern; raise ValueError where it cannot be taken apart."""
    branches, end = _branches(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"a bracket closes that was not opened, at {end}")
    return branches


def walk(branches: tuple[Branch, ...]) -> Iterator[Piece]:
    """Yield every piece, those inside groups after their group."""
    for branch in branches:
        for piece in branch:
            yield piece
            yield from walk(piece.branches)


def sample(piece: Piece, times: int | None = None) -> str:
    """Return a short text that a piece matches, `times` over, else as few times as it may stand."""
    count = piece.low if times is None else times
    return _once(piece) * count


def sample_branch(branch: Branch, times: int | None = None) -> str:
    """Return a short text that a sequence of pieces matches; what has no bound stands `times`."""
    return "".join(sample(p, times if p.high is None else None) for p in branch)


def literal_size(piece: Piece) -> int:
    """Return how many literal characters every match of a piece holds."""
    if piece.kind == "text":
        return piece.low
    if piece.kind != "group":
        return 0
    return piece.low * min(sum(map(literal_size, branch)) for branch in piece.branches)


def _once(piece: Piece) -> str:
    match piece.kind:
        case "text":
            return _character(piece.source)
        case "class":
            tried = _CANDIDATES + piece.source  # [Nn] is met by what it lists
            return next((c for c in tried if regex.fullmatch(piece.source, c)), "a")
        case "group":
            return sample_branch(piece.branches[0])
        case _:
            return ""


def _character(source: str) -> str:
    if not source.startswith("\\"):
        return source
    named = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "a": "\a"}
    if source[1] in "xu":
        return chr(int(source[2:], 16))
    return named.get(source[1], source[1])


def _branches(pattern: str, at: int) -> tuple[tuple[Branch, ...], int]:
    branches: list[Branch] = []
    branch: list[Piece] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            branches.append(tuple(branch))
            branch = []
            at += 1
            continue
        piece = _piece(pattern, at)
        branch.append(piece)
        at = piece.end
    return (*branches, tuple(branch)), at


def _piece(pattern: str, at: int) -> Piece:
    element = _element(pattern, at)
    quantifier = _QUANTIFIER.match(pattern, element.end)
    if quantifier is None or quantifier[0] in ("{}", "{,}"):
        return element
    low, high = _bounds(quantifier)
    possessive = element.possessive or quantifier[5] == "+"
    return replace(element, end=quantifier.end(), low=low, high=high, possessive=possessive)


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    match found[1]:
        case "*":
            return 0, None
        case "+":
            return 1, None
        case "?":
            return 0, 1
    low = int(found[2] or 0)
    if not found[3]:
        return low, low
    return low, int(found[4]) if found[4] else None


def _element(pattern: str, at: int) -> Piece:
    character = pattern[at]
    if character == "(":
        return _group(pattern, at)
    if character == "[":
        end = _class_end(pattern, at)
        return Piece(at, end, "class", pattern[at:end])
    if character == "\\":
        found = _ESCAPE.match(pattern, at)
        source = found[0] if found else "\\\\"
        if source in _EDGES or source[1].isdigit() or source[1] == "g":
            return Piece(at, at + len(source), "edge", source)
        kind: Literal["class", "text"] = "class" if source[1] in _SETS else "text"
        return Piece(at, at + len(source), kind, source)
    if character in "^$":
        return Piece(at, at + 1, "edge", character)
    if character == ".":
        return Piece(at, at + 1, "class", character)
    return Piece(at, at + 1, "text", character)


def _group(pattern: str, at: int) -> Piece:
    if flags := _FLAGS.match(pattern, at):
        return Piece(at, flags.end(), "flags", flags[0])
    look, opening = _LOOK.match(pattern, at), _OPENING.match(pattern, at)
    found = look or opening
    if found is None:
        raise ValueError(f"a kind of group that is not known, at {at}")
    branches, end = _branches(pattern, found.end())
    if end >= len(pattern):
        raise ValueError(f"a group that is not closed, at {at}")
    source = pattern[at : end + 1]
    atomic = found[0] == "(?>"
    return Piece(at, end + 1, "look" if look else "group", source, branches, possessive=atomic)


def _class_end(pattern: str, at: int) -> int:
    end = at + (2 if pattern.startswith("[^", at) else 1)
    if pattern.startswith("]", end):
        end += 1
    while end < len(pattern) and pattern[end] != "]":
        if pattern.startswith("[:", end) and (close := pattern.find(":]", end)) > 0:
            end = close + 2
        else:
            end += 2 if pattern[end] == "\\" else 1
    if end >= len(pattern):
        raise ValueError(f"a class that is not closed, at {at}")
    return end + 1
