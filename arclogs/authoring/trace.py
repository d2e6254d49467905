"""Why a rule fired on a bundle, or why it did not: its match tree, in a form to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import field

from arclogs.authoring.ladder import blockers, stated
from arclogs.authoring.selection import with_what_it_uses
from arclogs.model.frozen import Frozen
from arclogs.model.report import CONFIDENCES, Collect, Confidence, Kind
from arclogs.rules.findings.compose import stamp
from arclogs.rules.judging.conditions import evaluate
from arclogs.rules.judging.engine import judge
from arclogs.rules.judging.resolve import resolve
from arclogs.rules.language.template import fill, fill_command
from arclogs.rules.matching.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arclogs.authoring.nearest import Near, NearestLines
    from arclogs.case.case import Case
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.judging.engine import Verdict
    from arclogs.rules.judging.outcome import Outcome
    from arclogs.rules.language.schema import Rule
    from arclogs.rules.matching.truth import Proof

MOST_OUTCOMES: Final = 50
MOST_LINES: Final = 4

CameTo: TypeAlias = Literal["held", "failed", "not collected"]


class Line(Frozen, frozen=True, kw_only=True):
    """A line of the bundle."""

    member: str
    line: int
    text: str
    timestamp: str | None = None


class NearestLine(Line, frozen=True, kw_only=True):
    """The line that came nearest to what a signal looks for."""

    lacks: str
    """Why it is no match, as a clause about the line."""


class SignalTrace(Frozen, frozen=True, kw_only=True):
    """What one signal came to."""

    name: str
    says: str
    came_to: CameTo
    why: str = ""
    """For a signal that did not hold: what was found."""
    lines: tuple[Line, ...] = ()
    """What shows that it held, or contradicts it."""
    binds: dict[str, str] = field(default_factory=dict)
    nearest: NearestLine | None = None


class RungTrace(Frozen, frozen=True, kw_only=True):
    """One rung of the ladder."""

    confidence: Confidence
    holds: bool
    wants: str
    missing: tuple[str, ...] = ()


class OutcomeTrace(Frozen, frozen=True, kw_only=True):
    """One evaluation of the rule, for one set of entities."""

    confidence: Confidence | None
    bindings: dict[str, str]
    signals: tuple[SignalTrace, ...]
    rungs: tuple[RungTrace, ...]
    refuted_by: tuple[str, ...] = ()
    remark: str = ""

    @property
    def nearest_rung(self) -> RungTrace:
        """Return the rung that holds, or the one that lacks the least."""
        return min(self.rungs, key=lambda r: (not r.holds, len(r.missing)))


class Trace(Frozen, frozen=True, kw_only=True):
    """All that a rule came to on a bundle."""

    rule: str
    title: str
    kind: Kind
    shown: str
    """How the report shows the rule, or why it does not."""
    outcomes: tuple[OutcomeTrace, ...] = ()
    more: int = 0
    """Outcomes that are not listed."""
    collect: tuple[Collect, ...] = ()


def trace_rule(
    rule: Rule, rules: RuleSet, case: Case, verdict: Verdict, nearest: NearestLines
) -> Trace:
    """Evaluate a rule signal by signal, the best outcomes first; `verdict` is that on all rules."""
    nearest.observe(case.records)
    nearest.observe_events(case.events)
    outcomes = judge(with_what_it_uses(rules, [rule]), case, thorough=True).outcomes[rule.id]
    traced = sorted((_outcome(o, nearest) for o in outcomes), key=_best_first)
    known = traced[0].bindings if traced else {}
    return Trace(
        rule=rule.id,
        title=rule.title,
        kind=rule.kind,
        shown=_shown(rule, verdict) if traced else _does_not_apply(rule, case),
        outcomes=tuple(traced[:MOST_OUTCOMES]),
        more=max(0, len(traced) - MOST_OUTCOMES),
        collect=tuple(
            Collect(why=fill(c.why, known), command=fill_command(c.command, known))
            for c in rule.collect
        ),
    )


def _outcome(outcome: Outcome, nearest: NearestLines) -> OutcomeTrace:
    rule = outcome.rule
    rungs = tuple(
        RungTrace(
            confidence=name,
            holds=evaluate(rung, outcome.results) is Truth.HELD,
            wants=stated(rung),
            missing=tuple(blockers(rung, outcome.results)),
        )
        for name, rung in rule.confidence.rungs()
    )
    reached = next((r.confidence for r in rungs if r.holds), None)
    remark = ""
    if outcome.confidence and outcome.confidence != reached:
        remark = f"the rung {reached} holds, but not all that it rests on is certain"
    return OutcomeTrace(
        confidence=outcome.confidence,
        bindings=dict(sorted(outcome.bindings.items())),
        signals=tuple(_signal(name, outcome, nearest) for name in outcome.results),
        rungs=rungs,
        refuted_by=outcome.refuted_by,
        remark=remark,
    )


def _signal(name: str, outcome: Outcome, nearest: NearestLines) -> SignalTrace:
    result, match = outcome.results[name], outcome.matches.get(name)
    return SignalTrace(
        name=name,
        says=fill(outcome.rule.signals[name].says, outcome.bindings),
        came_to=result.truth.value,
        why=result.why if match is None else "",
        lines=_lines(match.proofs if match else result.proofs),
        binds=dict(sorted(match.bindings.items())) if match else {},
        nearest=None if match else _nearest(nearest.of(name)),
    )


def _nearest(near: Near | None) -> NearestLine | None:
    if near is None:
        return None
    place = near.location
    return NearestLine(member=place.member, line=place.line, text=near.text, lacks=near.lacks)


def _lines(proofs: Sequence[Proof]) -> tuple[Line, ...]:
    shown = {(p.location, p.text): p for p in proofs}
    return tuple(
        Line(
            member=p.location.member,
            line=p.location.line,
            text=p.text,
            timestamp=stamp(p.timestamp),
        )
        for p in list(shown.values())[:MOST_LINES]
    )


def _best_first(outcome: OutcomeTrace) -> tuple[int, bool, int, int, str]:
    sure = CONFIDENCES.index(outcome.confidence) if outcome.confidence else len(CONFIDENCES)
    held = sum(s.came_to == "held" for s in outcome.signals)
    missing = len(outcome.nearest_rung.missing)
    return sure, bool(outcome.refuted_by), missing, -held, repr(outcome.bindings)


def _shown(rule: Rule, verdict: Verdict) -> str:
    findings = resolve(verdict)
    for rank, finding in enumerate(findings, 1):
        if finding.rule.id == rule.id:
            follows = f", folded under {finding.explained_by}" if finding.explained_by else ""
            return f"fires: {finding.confidence}, finding {rank} of the report{follows}"
    if any(o.confidence for o in verdict.outcomes.get(rule.id, ())):
        sure = [f.rule.id for f in findings if f.confidence == "confirmed"]
        return f"would fire as possible, but another cause is confirmed: {', '.join(sure)}"
    return "does not fire"


def _does_not_apply(rule: Rule, case: Case) -> str:
    facts: Mapping[str, Sequence[str]] = rule.applies_to
    for fact, allowed in facts.items():
        known = case.facts.all(fact)
        if known and not set(known) & set(allowed):
            told = f"{fact} is {' and '.join(known)}, the rule is for {' or '.join(allowed)}"
            return f"does not apply to this bundle: {told}"
    return "does not fire"
