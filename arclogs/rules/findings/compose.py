"""Findings as the report shows them: texts filled in, evidence in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.model.report import Collect, Evidence, Finding, Rival, Step
from arclogs.rules.language.template import fill, fill_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.judging.resolve import Resolved
    from arclogs.rules.matching.truth import Match, Proof

MAX_EVIDENCE = 40
LONGEST_ENTITY = 120
"""Characters; a longer capture is a text and no entity."""
_ENTITIES = {"ns": "namespace", "sa": "service_account"}
_NOT_ENTITIES = frozenset({"t", "message", "reason", "kind", "hook"})


def compose_finding(rank: int, found: Resolved, rivals: Sequence[Rival]) -> Finding:
    """Turn a resolved finding into its place in the report."""
    rule, best = found.rule, found.best
    known = best.bindings
    times = [
        t for o in found.outcomes for match in _proving(o) for t in (match.first, match.last) if t
    ]
    return Finding(
        rank=rank,
        rule=rule.id,
        kind=rule.kind,
        title=rule.title,
        area=rule.area,
        severity=rule.severity,
        confidence=found.confidence,
        summary=fill(rule.explain or rule.title, known),
        impact=fill(rule.impact, known),
        entities=_entities(known),
        count=found.count,
        first_seen=stamp(min(times, default=None)),
        last_seen=stamp(max(times, default=None)),
        evidence=tuple(_evidence(best)),
        explains=found.explains,
        explained_by=found.explained_by,
        rivals=tuple(rivals),
        fix=tuple(_step(s, known) for s in rule.fix),
        verify=tuple(_step(s, known) for s in rule.verify),
        collect=tuple(
            Collect(why=fill(c.why, known), command=fill_command(c.command, known))
            for c in rule.collect
        ),
        references=tuple(rule.references),
    )


def stamp(moment: datetime | None) -> str | None:
    """Return a time as the report writes it: RFC 3339, UTC, milliseconds."""
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _proving(outcome: Outcome) -> list[Match]:
    """Return what a rung wants: what is shown beside it may be of another time, such as its end."""
    wanted = [match for name, match in outcome.matches.items() if name in outcome.rung]
    return wanted or [*outcome.matches.values()]


def _entities(bindings: Mapping[str, str]) -> dict[str, str]:
    return {
        _ENTITIES.get(name, name): value
        for name, value in sorted(bindings.items())
        if name not in _NOT_ENTITIES and len(value) <= LONGEST_ENTITY
    }


def _step(step: Step, known: Mapping[str, str]) -> Step:
    return Step(
        title=fill(step.title, known),
        command=fill_command(step.command, known) if step.command else None,
        risk=step.risk,
    )


def _evidence(outcome: Outcome) -> list[Evidence]:
    """Return each line once, in order of time; state, which has none, after the log."""
    seen: dict[tuple[str, int, str], tuple[str, Proof]] = {}
    for signal, proof in outcome.proofs():
        key = (proof.location.member, proof.location.line, proof.text)
        known = seen.get(key)
        better = (signal in outcome.rung, bool(proof.says))
        if known is None or better > (known[0] in outcome.rung, bool(known[1].says)):
            seen[key] = (signal, proof)
    ordered = sorted(seen.values(), key=lambda item: _when(item[1]))
    return [
        Evidence(
            member=proof.location.member,
            line=proof.location.line,
            text=proof.text,
            timestamp=stamp(proof.timestamp),
            signal=signal,
            role="supports" if signal in outcome.rung else "context",
            says=fill(proof.says, outcome.bindings),
        )
        for signal, proof in ordered[:MAX_EVIDENCE]
    ]


def _when(proof: Proof) -> tuple[bool, float]:
    return proof.timestamp is None, proof.timestamp.timestamp() if proof.timestamp else 0.0
