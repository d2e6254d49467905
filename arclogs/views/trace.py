"""The match tree of a rule as text.

    ✓ refused       the first API call of the hook was refused
                    job-log.txt:18: ##[error]HttpError: HTTP request failed
    ✗ unauthorized  the API server answered 401 Unauthorized
                    no such line in the hook or job or runner log
    ? newer         the service account was created after the runner pod

Every mark has its word in the JSON; nothing is cut but lines of the bundle that are very long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.authoring.trace import OutcomeTrace, SignalTrace, Trace
    from arclogs.authoring.trials import Trial

MOST_OUTCOMES: Final = 3
LONGEST_LINE: Final = 500
LONGEST_VALUE: Final = 80
_MARKS: Final = {"held": "✓", "failed": "✗", "not collected": "?"}
_ASCII_MARKS: Final = {"held": "+", "failed": "x", "not collected": "?"}


def render_trace(trace: Trace, *, ascii_only: bool = False) -> str:
    """Return the match trees of a rule, the best outcome first."""
    return "".join(f"{line}\n" for line in _trace(trace, ascii_only=ascii_only))


def render_trial(trial: Trial, *, ascii_only: bool = False) -> str:
    """Return one line for a test that passed, and for one that failed its faults and match tree."""
    marks = _ASCII_MARKS if ascii_only else _MARKS
    mark = marks["failed" if trial.faults else "held"]
    lines = [sanitize(f"{mark} {trial.rule.id}: {trial.test}")]
    lines += [sanitize(f"    {fault}") for fault in trial.faults]
    if trial.trace:
        lines += [f"  {line}" for o in trial.trace.outcomes[:1] for line in _outcome(o, marks)]
        if not trial.trace.outcomes:
            lines.append(sanitize(f"    the rule {trial.trace.shown}"))
    return "".join(f"{line}\n" for line in lines)


def _trace(trace: Trace, *, ascii_only: bool) -> Iterator[str]:
    yield sanitize(f"{trace.rule}: {trace.title}")
    yield sanitize(f"{trace.kind} · {trace.shown}" if not ascii_only else trace.shown)
    total = len(trace.outcomes) + trace.more
    for number, outcome in enumerate(trace.outcomes[:MOST_OUTCOMES], 1):
        yield ""
        if total > 1:
            yield f"Outcome {number} of {total}: {outcome.confidence or 'does not fire'}"
        yield from _outcome(outcome, _ASCII_MARKS if ascii_only else _MARKS)
    if total > MOST_OUTCOMES:
        yield ""
        more = words.amount(total - MOST_OUTCOMES, "more outcome")
        yield f"{more} for other entities: --format json"
    settled = bool(trace.outcomes) and trace.outcomes[0].confidence == "confirmed"
    if trace.collect and not settled:
        yield ""
        yield "What would settle it"
        for item in trace.collect:
            yield f"  {sanitize(item.why)}"
            yield from (f"    {sanitize(line)}" for line in item.command.splitlines())


def _outcome(outcome: OutcomeTrace, marks: dict[str, str]) -> Iterator[str]:
    if outcome.bindings:
        yield "  " + ", ".join(f"{k}={_value(v)}" for k, v in outcome.bindings.items())
    width = max(len(signal.name) for signal in outcome.signals)
    for signal in outcome.signals:
        yield from _signal(signal, marks, width)
    yield from _ladder(outcome)


def _value(value: str) -> str:
    shown = sanitize(value)
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:LONGEST_VALUE]}…"


def _signal(signal: SignalTrace, marks: dict[str, str], width: int) -> Iterator[str]:
    margin = " " * (width + 6)
    yield sanitize(f"  {marks[signal.came_to]} {signal.name:{width}}  {signal.says}").rstrip()
    if signal.why:
        known = "" if signal.came_to == "failed" else f"{signal.came_to}: "
        yield sanitize(f"{margin}{known}{signal.why}")
    for line in signal.lines:
        yield sanitize(f"{margin}{words.place(line.member, line.line)}: {_cut(line.text)}")
    if near := signal.nearest:
        yield sanitize(f"{margin}nearest: {words.place(near.member, near.line)}: {_cut(near.text)}")
        yield sanitize(f"{margin}         {near.lacks}")


def _ladder(outcome: OutcomeTrace) -> Iterator[str]:
    rung = outcome.nearest_rung
    if outcome.refuted_by:
        yield f"  Ruled out by: {', '.join(outcome.refuted_by)}"
    if rung.holds:
        yield f"  Reached: {rung.confidence}, which wants {rung.wants}"
    else:
        yield f"  Nearest rung: {rung.confidence}, which wants {rung.wants}"
        yield from (f"  Missing: {missing}" for missing in rung.missing)
    for other in outcome.rungs:
        if other is rung:
            break
        yield from (f"  For {other.confidence} it lacks: {missing}" for missing in other.missing)
    if outcome.remark:
        yield f"  Note: {outcome.remark}"


def _cut(line: str) -> str:
    text = line.strip()
    left = len(text) - LONGEST_LINE
    return text if left <= 0 else f"{text[:LONGEST_LINE]} ({left:,} more characters)"
