"""Finding rules that fire on the same line: one of them has been written twice."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from arclogs.authoring.lint.patterns import decides_alone
from arclogs.authoring.lint.problem import Fault, Subject
from arclogs.authoring.pattern_tree import parse_pattern, sample_branch
from arclogs.rules.language.patience import search
from arclogs.rules.language.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.rules.language.schema import Rule


class _Line(NamedTuple):
    """What a signal that decides alone looks for."""

    key: tuple[str, str]
    sources: frozenset[str]
    """Logs, or reasons of events."""
    pattern: str | None
    contains: str | None
    unless: str | None
    sure: bool
    """It makes the rule more than possible."""


def overlap(subject: Subject) -> Iterator[Fault]:
    """A line that is enough for the rule is enough for another, and neither refers to the other."""
    mine = _lines_of(subject.rule)
    for name, line in mine:
        for other in subject.rules.values():
            if _related(subject.rule, other):
                continue
            both = subject.rule.kind == other.kind == "cause"
            # causes that a line makes only possible are rivals, which is what they are for
            others = [
                theirs for _, theirs in _lines_of(other) if not both or (line.sure and theirs.sure)
            ]
            if any(_covers(theirs, line) for theirs in others):
                mend = f"use it, {name}: {{rule: {other.id}}}, or name more of the message"
                said = f"the rule {other.id!r} fires on the same line"
                yield Fault(("signals", name), said, mend)
                break


def _lines_of(rule: Rule) -> list[tuple[str, _Line]]:
    found = []
    for name, signal in rule.signals.items():
        if getattr(signal, "where", None) or getattr(signal, "count", None):
            continue
        if isinstance(signal, LogSignal):
            key, sources = ("log", ""), frozenset(s.value for s in signal.log)
            line = _Line(key, sources, signal.match, signal.contains, signal.unless, sure=False)
        elif isinstance(signal, EventSignal) and signal.event.message:
            wanted = signal.event
            key = ("event", wanted.kind or "")
            line = _Line(
                key, frozenset(wanted.reason or ()), wanted.message, None, None, sure=False
            )
        else:
            continue
        if decides_alone(name, rule):
            found.append((name, line._replace(sure=decides_alone(name, rule, surely=True))))
    return found


def _related(rule: Rule, other: Rule) -> bool:
    if rule.id == other.id:
        return True
    ours, theirs = _knows(rule), _knows(other)
    return rule.id in theirs or other.id in ours or bool(ours & theirs)


def _knows(rule: Rule) -> frozenset[str]:
    return rule.rules_used() | {*rule.explains, *([rule.parent] if rule.parent else [])}


def _covers(theirs: _Line, ours: _Line) -> bool:
    """Tell whether every text that one signal was made for fits another, too."""
    if theirs.key != ours.key or not (ours.sources & theirs.sources or not theirs.sources):
        return False
    texts = _samples(ours.pattern) if ours.pattern else (ours.contains or "",)
    return bool(texts) and all(_fits(ours, t) and _fits(theirs, t) for t in texts)


@lru_cache(maxsize=2048)
def _samples(pattern: str) -> tuple[str, ...]:
    try:
        return tuple("".join(sample_branch(branch)) for branch in parse_pattern(pattern))
    except ValueError:
        return ()


def _fits(line: _Line, text: str) -> bool:
    if line.contains and line.contains not in text:
        return False
    if line.pattern and search(line.pattern, text) is None:
        return False
    return not (line.unless and search(line.unless, text))
