"""What speaks against a cause: only what is surely of the same thing rules it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from arclogs.rules.judging.evaluate import fact_fits
from arclogs.rules.language.signals import FactSignal, LogSignal
from arclogs.rules.matching.truth import Result, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from arclogs.case.facts import Facts
    from arclogs.rules.language.schema import Rule
    from arclogs.rules.matching.truth import Match


class Weighed(NamedTuple):
    """Signals with what speaks against their outcome put in its place."""

    results: Mapping[str, Result]
    matches: Mapping[str, Match]
    refuted: tuple[str, ...]
    """These rule the outcome out."""
    doubted: tuple[str, ...] = ()
    """These would, if they were of the same thing."""


def weigh(
    rule: Rule, results: Mapping[str, Result], matches: Mapping[str, Match], facts: Facts
) -> Weighed:
    """Part what rules an outcome out from what may be another's.

    A log line that names no pod may be another runner's than the one that an outcome is about, unless
    it stands in a log on which that rests. Of two versions that a bundle states either may have been
    there at the time.
    """
    held = [n for n in rule.refuted_by if results[n].truth is Truth.HELD]
    if not held:
        return Weighed(results, matches, ())
    mine = [match for name, match in matches.items() if name not in rule.refuted_by]
    doubts = {n: _doubt(rule, n, results[n], mine, facts) for n in held}
    unsure = {n: Result(Truth.UNKNOWN, why=why) for n, why in doubts.items() if why}
    return Weighed(
        {**results, **unsure},
        {name: match for name, match in matches.items() if name not in unsure},
        tuple(n for n in held if n not in unsure),
        tuple(unsure),
    )


def _doubt(rule: Rule, name: str, result: Result, mine: Iterable[Match], facts: Facts) -> str:
    """Return what is not known of what speaks against an outcome, which rests on `mine`."""
    # The matches of one signal are all of objects with names, or all of pieces without.
    if any(match.nameless for match in result.matches[:1]):
        return "whose it is"
    signal = rule.signals[name]
    if isinstance(signal, FactSignal):
        known = facts.all(signal.fact)
        sure = all(fact_fits(signal, value) for value in known)
        return "" if sure else f"which {signal.fact} it was then ({', '.join(known)})"
    if not isinstance(signal, LogSignal) or signal.elsewhere:
        return ""
    pods = {match.bindings["pod"] for match in mine if "pod" in match.bindings}
    members = {proof.location.member for match in mine for proof in match.proofs}
    if not pods or any(_same(match, pods, members) for match in result.matches):
        return ""
    return f"whose line it is ({result.matches[0].proofs[0].location})"


def _same(match: Match, pods: set[str], members: set[str]) -> bool:
    pod = match.bindings.get("pod")
    return pod in pods if pod else any(p.location.member in members for p in match.proofs)
