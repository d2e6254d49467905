"""Finding out whether a pattern's time explodes: on paper, and on texts made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from arclogs.authoring.pattern_tree import Branch, Piece, parse_pattern, sample, sample_branch, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTACK_LENGTH: Final = 1_000
"""Repeats in a hostile text: what is quadratic takes milliseconds, what is worse runs into the time."""
ATTACK_SECONDS: Final = 0.25


def explosive(pattern: str) -> Piece | None:
    """Return the piece at which a pattern's time explodes, or None."""
    try:
        branches = parse_pattern(pattern)
    except ValueError:
        return None
    unbounded = [p for p in walk(branches) if p.high is None and not p.possessive]
    for piece in unbounded:
        if piece.kind == "group" and _ambiguous(piece):
            return piece
    # the engine gives up at once on a text that lacks what every match holds: the tail has it
    tail = "".join(map(sample_branch, branches))
    for piece, before in _repeats(branches, ""):
        for unit in {sample(piece, 1), "".join(map(sample_branch, piece.branches))} - {""}:
            text = before + unit * ATTACK_LENGTH + "\x00"
            if not (_ends(pattern, text) and _ends(pattern, text + tail)):
                return piece
    return None


def _ambiguous(group: Piece) -> bool:
    """Tell whether one repetition of a group can match what two repetitions match, too."""
    for branch in group.branches:
        if not any(p.high is None for p in branch):
            continue
        for times in (2, 3, 4):
            text = sample_branch(branch, times)
            both = (f"(?:{group.source})", f"(?:{group.source}){{2,}}")
            if all(_full(pattern, text) for pattern in both):
                return True
    return False


def _repeats(branches: tuple[Branch, ...], before: str) -> Iterator[tuple[Piece, str]]:
    """Yield every piece without bound, and a text that leads up to it."""
    for branch in branches:
        lead = before
        for piece in branch:
            if piece.high is None and not piece.possessive:
                yield piece, lead
            if piece.kind == "group":
                yield from _repeats(piece.branches, lead)
            lead += sample(piece)


def _ends(pattern: str, text: str) -> bool:
    try:
        regex.search(pattern, text, regex.MULTILINE, timeout=ATTACK_SECONDS)
    except TimeoutError:
        return False
    return True


def _full(pattern: str, text: str) -> bool:
    try:
        return regex.fullmatch(pattern, text, timeout=ATTACK_SECONDS) is not None
    except (regex.error, TimeoutError):
        return False
