"""A rung in words: what it wants, and what of that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.rules.judging.conditions import evaluate
from arclogs.rules.language.schema import Condition
from arclogs.rules.matching.truth import Result, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def stated(condition: Condition) -> str:
    """Return a condition in words: `refused, pod and one of (newer, gone); known not to hold: x`."""
    parts = [_part(p) for p in condition.all]
    if condition.any:
        parts.append(f"one of ({', '.join(map(_part, condition.any))})")
    words = [_listed(parts)] if parts else []
    for names, asked in (
        (condition.none, "known not to hold"),
        (condition.unless, "not seen to hold"),
        (condition.unknown, "not collected"),
    ):
        if names:
            words.append(f"{asked}: {', '.join(map(_part, names))}")
    return "; ".join(words)


def blockers(condition: Condition, results: Mapping[str, Result]) -> Iterator[str]:
    """Yield what keeps a condition from holding, one clause each; nothing where it holds."""
    for part in condition.all:
        if isinstance(part, Condition):
            yield from blockers(part, results)
        elif results[part].truth is not Truth.HELD:
            yield f"{part} ({results[part].truth.value})"
    if condition.any and not _held(condition.any, results):
        listed = ", ".join(
            f"{p} ({results[p].truth.value})" if isinstance(p, str) else f"({stated(p)})"
            for p in condition.any
        )
        yield f"one of {listed}" if len(condition.any) > 1 else listed
    for part in condition.none:
        truth = _truth(part, results)
        if truth is not Truth.FAILED:
            said = "held" if truth is Truth.HELD else "was not collected, so it could be"
            yield f"that {_part(part)} is known not to hold: it {said}"
    for part in condition.unless:
        if _truth(part, results) is Truth.HELD:
            yield f"that {_part(part)} was not seen: it held"
    for part in condition.unknown:
        truth = _truth(part, results)
        if truth is not Truth.UNKNOWN:
            yield f"that {_part(part)} could not be told: it {truth.value}"


def _held(parts: list[str | Condition], results: Mapping[str, Result]) -> bool:
    return any(_truth(p, results) is Truth.HELD for p in parts)


def _truth(part: str | Condition, results: Mapping[str, Result]) -> Truth:
    return results[part].truth if isinstance(part, str) else evaluate(part, results)


def _part(part: str | Condition) -> str:
    if isinstance(part, str):
        return part
    said = stated(part)
    return said if said.startswith("one of (") and ";" not in said else f"({said})"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
