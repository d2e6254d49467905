"""The ladder: which rung the results of the signals reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.rules.matching.truth import Result, Truth, all_of, any_of, negate

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from arclogs.model.report import Confidence
    from arclogs.rules.language.schema import Condition, Ladder


def reached(
    ladder: Ladder, results: Mapping[str, Result]
) -> tuple[Confidence | None, frozenset[str]]:
    """Return the first rung that holds and the signals it names."""
    for name, rung in ladder.rungs():
        if evaluate(rung, results) is Truth.HELD:
            return name, rung.names()
    return None, frozenset()


def evaluate(condition: Condition, results: Mapping[str, Result]) -> Truth:
    """Evaluate a condition over signal results in Kleene's three values."""

    def of(parts: list[str | Condition]) -> list[Truth]:
        return [results[p].truth if isinstance(p, str) else evaluate(p, results) for p in parts]

    every = all_of(of(condition.all))
    if every is Truth.FAILED:
        return every
    parts: list[Truth] = [every]
    if condition.any:
        parts.append(any_of(of(condition.any)))
    if condition.none:
        parts.append(negate(any_of(of(condition.none))))
    if condition.unless:
        parts.append(_yes(Truth.HELD not in of(condition.unless)))
    if condition.unknown:
        parts.append(_yes(all(t is Truth.UNKNOWN for t in of(condition.unknown))))
    return all_of(parts)


def needs(condition: Condition, absent: Set[str]) -> bool:
    """Tell whether a condition cannot hold because of signals that did not."""

    def gone(part: str | Condition) -> bool:
        return part in absent if isinstance(part, str) else needs(part, absent)

    return any(map(gone, condition.all)) or (bool(condition.any) and all(map(gone, condition.any)))


def speaking_against(condition: Condition) -> frozenset[str]:
    """Return the signals that a condition wants not to hold."""
    against = (*condition.none, *condition.unless, *condition.unknown)
    names = {n for p in against for n in ([p] if isinstance(p, str) else p.names())}
    for part in (*condition.all, *condition.any):
        if not isinstance(part, str):
            names |= speaking_against(part)
    return frozenset(names)


def _yes(value: bool) -> Truth:
    return Truth.HELD if value else Truth.FAILED
