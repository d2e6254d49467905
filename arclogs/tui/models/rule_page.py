"""The source of a rule, each signal and rung marked by what it came to on this bundle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.errors import RuleError
from arclogs.lazy_regex import lazy_compile
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import parse_source
from arclogs.tui.models.block import BLANK, AtLine, Block, Item, Part, Tone, heading, line
from arclogs.tui.models.match_tree import MARKS, TONES
from arclogs.tui.models.rule_list import title_of
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.authoring.trace import OutcomeTrace, SignalTrace, Trace
    from arclogs.rules.files.source import RuleSource
    from arclogs.tui.models.block import Target
    from arclogs.tui.session.events import RuleCard

_KEY: Final = lazy_compile(r"(\s*(?:- )?)([\w.-]+:)(.*)", re.DOTALL)
_URL: Final = lazy_compile(r"https://[^\s'\"}]+")
_LONGEST: Final = 300


def rule_page(rule: RuleCard, trace: Trace | str | None) -> list[Block]:
    """Return the page; `trace` may be why there is none, or None while it is made."""
    try:
        text = rule.path.read_text(encoding="utf-8")
        source = parse_source(text, rule.path)
    except (OSError, UnicodeDecodeError, RuleError) as error:
        return [title_of(rule), BLANK, line(str(error), Tone.FAILED)]
    notes = _Notes(source, trace if trace and not isinstance(trace, str) else None)
    return [*_head(rule, trace), BLANK, *_source(text, notes), *_bound(trace)]


def _head(rule: RuleCard, trace: Trace | str | None) -> Iterator[Block]:
    yield title_of(rule)
    yield line(_place(rule), Tone.DIM)
    if trace is None:
        yield line("…", Tone.DIM)
    elif isinstance(trace, str):
        yield line(trace, Tone.FAILED)
    else:
        yield Block((Part("On this bundle: "), Part(trace.shown, Tone.STRONG)))
        if (total := len(trace.outcomes) + trace.more) > 1:
            yield line(f"marked is the best of {total} outcomes, one for each set of entities")
        yield line("✔ held   ✖ failed   ∅ not collected", Tone.DIM)


def _place(rule: RuleCard) -> str:
    pack = pack_directory()
    if rule.path.is_relative_to(pack):
        return f"{rule.path.relative_to(pack).as_posix()} of the rules that ship with arclogs"
    return str(rule.path)


def _bound(trace: Trace | str | None) -> Iterator[Block]:
    if trace is None or isinstance(trace, str):
        return
    for outcome in trace.outcomes[:1]:
        if outcome.bindings:
            yield from (BLANK, heading("Variables of this outcome"))
        for name, value in outcome.bindings.items():
            lead = (Part(f"{name} = ", Tone.COMMAND),)
            yield Block((Part(value[:_LONGEST]),), 2, lead, Item(f"variable {name}"), value)


class _Notes:
    """What is to be said beside and below which line of the source."""

    def __init__(self, source: RuleSource, trace: Trace | None) -> None:
        self.marks: dict[int, Part] = {}
        self.signals: dict[int, SignalTrace] = {}
        for outcome in trace.outcomes[:1] if trace else ():
            self._take(source, outcome)

    def _take(self, source: RuleSource, outcome: OutcomeTrace) -> None:
        for signal in outcome.signals:
            number = source.position(("signals", signal.name))[0]
            self.signals[number] = signal
            self.marks[number] = Part(MARKS[signal.came_to], TONES[signal.came_to])
        for rung in outcome.rungs:
            number = source.position(("confidence", rung.confidence))[0]
            came_to = "held" if rung.holds else "failed"
            self.marks[number] = Part(MARKS[came_to], TONES[came_to])


def _source(text: str, notes: _Notes) -> Iterator[Block]:
    lines = text.rstrip("\n").split("\n")
    width = len(str(len(lines)))
    for number, source in enumerate(lines, 1):
        mark = notes.marks.get(number, Part(" "))
        lead = (mark, Part(f" {number:>{width}}  ", Tone.DIM))
        signal = notes.signals.get(number)
        yield Block(_colored(source), 0, lead, _target(source, number, signal), _copies(source))
        if signal is not None:
            yield from (line(said, Tone.UNKNOWN if signal.came_to != "held" else Tone.HELD, width + 8)
                        for said in _said(signal))  # fmt: skip


def _target(source: str, number: int, signal: SignalTrace | None) -> Target | None:
    if signal is not None:
        place = next((x for x in signal.lines if x.line), signal.nearest)
        return AtLine(place.member, place.line) if place and place.line else Item(f"line {number}")
    return Item(f"line {number}") if _URL.search(source) else None


def _copies(source: str) -> str:
    url = _URL.search(source)
    return url[0] if url else source


def _said(signal: SignalTrace) -> Iterator[str]:
    if signal.why:
        yield f"↳ {signal.came_to}: {signal.why}"
    for shown in signal.lines[:1]:
        yield f"↳ {words.place(shown.member, shown.line)}: {shown.text.strip()[:_LONGEST]}"
    if near := signal.nearest:
        yield f"↳ nearest: {words.place(near.member, near.line)}: {near.text.strip()[:_LONGEST]}"
        yield f"  {near.lacks}"


def _colored(source: str) -> tuple[Part, ...]:
    if source.lstrip().startswith("#"):
        return (Part(source, Tone.DIM),)
    found = _KEY.fullmatch(source)
    if found is None:
        return (Part(source),)
    return (Part(found[1]), Part(found[2], Tone.COMMAND), Part(found[3]))
