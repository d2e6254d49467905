"""How far a text fits a pattern that does not match it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex
from msgspec import Struct

from arclogs.authoring.pattern_tree import Branch, Piece, literal_size, parse_pattern, walk

SHORTEST_WORD: Final = 4
LONGEST_TEXT: Final = 4096
LONGEST_SHOWN: Final = 40
_TIMEOUT: Final = 0.1


class Fit(Struct, frozen=True):
    """What part of a pattern a text fits."""

    share: float
    """0 to 1, of the pattern's plain text; 1 where it matches."""
    at: int
    """Offset in the text where the fitting part begins."""
    lacks: str
    """What is missing, as a clause about the line; empty where the pattern matches."""


def fit_pattern(pattern: str, text: str) -> Fit:
    """Compare a text with a pattern: from the left as far as it goes, else by the words it holds."""
    text = text[:LONGEST_TEXT]
    whole = _search(pattern, text)
    if whole is not None:
        return Fit(1.0, whole.start(), "")
    branches = _parsed(pattern)
    fits = [_from_the_left(pattern, branch, text) for branch in branches]
    fits.append(_by_words(words_of(pattern), text))
    return max(fits, key=lambda fit: fit.share)


def fit_words(wanted: str, text: str) -> Fit:
    """Compare a text with plain text that it should hold."""
    if wanted in text:
        return Fit(1.0, text.find(wanted), "")
    return _by_words(tuple(w for w in wanted.split() if len(w) >= SHORTEST_WORD), text)


def _by_words(words: tuple[str, ...], text: str) -> Fit:
    held = [w for w in words if w in text]
    missing = [w for w in words if w not in text]
    if not held:
        return Fit(0.0, 0, "holds none of its words")
    # words say less than a beginning that fits
    share = 0.6 * sum(map(len, held)) / sum(map(len, words))
    shown = ", ".join(map(repr, missing[:3]))
    lacks = f"lacks {shown}" if missing else "holds its words, but not as they are wanted"
    return Fit(share, text.find(held[0]), lacks)


@lru_cache(maxsize=1024)
def words_of(pattern: str) -> tuple[str, ...]:
    """Return the words, four characters or longer, that stand in a pattern as plain text."""
    runs, run, last = [], "", -1
    for piece in walk(_parsed(pattern)):
        plain = piece.kind == "text" and piece.low == 1 and piece.high == 1
        if plain and piece.start == last:
            run += _plain(piece)
        else:
            runs.append(run)
            run = _plain(piece) if plain else ""
        last = piece.end
    words = [word for text in (*runs, run) for word in text.split()]
    return tuple(dict.fromkeys(w for w in words if len(w) >= SHORTEST_WORD))


def _plain(piece: Piece) -> str:
    return piece.source.removeprefix("\\") if len(piece.source) < 3 else "?"


@lru_cache(maxsize=1024)
def _parsed(pattern: str) -> tuple[Branch, ...]:
    try:
        return parse_pattern(pattern)
    except ValueError:
        return ()


def _from_the_left(pattern: str, branch: Branch, text: str) -> Fit:
    """Find the longest beginning of a branch that fits: a shorter one fits where a longer one does."""
    low, high, found = 0, len(branch) - 1, None
    while low < high:
        middle = (low + high + 1) // 2
        tried = _search(pattern[branch[0].start : branch[middle - 1].end], text)
        if tried is None:
            high = middle - 1
        else:
            low, found = middle, tried
    size = sum(map(literal_size, branch))
    held = sum(map(literal_size, branch[:low]))
    if found is None or held < SHORTEST_WORD:
        return Fit(0.0, 0, "does not fit")
    follows = text[found.end() :].split("\n", 1)[0]
    wants = pattern[branch[low].start : branch[-1].end]
    reads = f"goes on {_cut(follows)!r}" if follows else "ends there"
    lacks = f"fits up to {_cut(found[0], tail=True)!r}, then {reads} where {_cut(wants)} is wanted"
    return Fit(held / size, found.start(), lacks)


def _search(pattern: str, text: str) -> regex.Match[str] | None:
    try:
        return regex.search(pattern, text, regex.MULTILINE, timeout=_TIMEOUT)
    except (regex.error, TimeoutError):
        return None


def _cut(text: str, *, tail: bool = False) -> str:
    if len(text) <= LONGEST_SHOWN:
        return text
    return f"…{text[-LONGEST_SHOWN:]}" if tail else f"{text[:LONGEST_SHOWN]}…"
