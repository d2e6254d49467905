"""The match tree of a rule: what each signal came to, and the rung of confidence that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.tui.models.block import BLANK, AtLine, Block, Part, Tone, heading, line
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.authoring.trace import OutcomeTrace, SignalTrace, Trace

MARKS: Final = {"held": "✔", "failed": "✖", "not collected": "∅"}
TONES: Final = {"held": Tone.HELD, "failed": Tone.FAILED, "not collected": Tone.UNKNOWN}
MOST_OUTCOMES: Final = 3
_LONGEST_LINE: Final = 300


def match_tree(trace: Trace | str | None) -> Iterator[Block]:
    """Yield why a rule fired or not; `trace` may be why that cannot be told, or None: not yet."""
    yield from (BLANK, heading("Why"))
    if trace is None:
        yield line("…", Tone.DIM, 2)
    elif isinstance(trace, str):
        yield line(trace, Tone.FAILED, 2)
    else:
        yield line(trace.shown, indent=2)
        total = len(trace.outcomes) + trace.more
        for number, outcome in enumerate(trace.outcomes[:MOST_OUTCOMES], 1):
            if total > 1:
                sure = outcome.confidence or "does not fire"
                yield line(f"Outcome {number} of {total}: {sure}", Tone.STRONG, 2)
            yield from _outcome(outcome)
        if total > MOST_OUTCOMES:
            yield line(f"and {words.amount(total - MOST_OUTCOMES, 'more outcome')}", Tone.DIM, 2)


def _outcome(outcome: OutcomeTrace) -> Iterator[Block]:
    for signal in outcome.signals:
        yield from _signal(signal)
    rung = outcome.nearest_rung
    if outcome.refuted_by:
        yield line(f"Ruled out by: {', '.join(outcome.refuted_by)}", indent=2)
    reached = "Reached" if rung.holds else "Nearest rung"
    yield line(f"{reached}: {rung.confidence}, which wants {rung.wants}", indent=2)
    if not rung.holds:
        yield from (line(f"Missing: {missing}", indent=4) for missing in rung.missing)
    for other in outcome.rungs:
        if other is rung:
            break
        lacks = (f"For {other.confidence} it lacks: {missing}" for missing in other.missing)
        yield from (line(text, Tone.DIM, 4) for text in lacks)
    if outcome.remark:
        yield line(f"Note: {outcome.remark}", indent=2)


def _signal(signal: SignalTrace) -> Iterator[Block]:
    lead = (Part(f"{MARKS[signal.came_to]} ", TONES[signal.came_to]),)
    place = next((AtLine(x.member, x.line) for x in signal.lines if x.line), None)
    near = signal.nearest
    if place is None and near is not None and near.line:
        place = AtLine(near.member, near.line)
    parts = (Part(f"{signal.name}  ", Tone.STRONG), Part(signal.says))
    yield Block(parts, 2, lead, place, signal.lines[0].text if signal.lines else "")
    if signal.why:
        known = "" if signal.came_to == "failed" else f"{signal.came_to}: "
        yield line(f"{known}{signal.why}", Tone.DIM, 6)
    for shown in signal.lines[:1]:
        yield line(f"{words.place(shown.member, shown.line)}: {_cut(shown.text)}", Tone.DIM, 6)
    if near is not None:
        yield line(
            f"nearest: {words.place(near.member, near.line)}: {_cut(near.text)}", Tone.DIM, 6
        )
        yield line(near.lacks, Tone.DIM, 6)


def _cut(text: str) -> str:
    shown = text.strip()
    return shown if len(shown) <= _LONGEST_LINE else f"{shown[:_LONGEST_LINE]}…"
