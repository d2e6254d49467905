"""Checks on patterns: the fast engine takes them, they end in time, and they say something."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.authoring.lint.explosion import explosive
from arclogs.authoring.lint.problem import Fault, Subject
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Source
from arclogs.rules.language.literals import written_out
from arclogs.rules.language.patience import search
from arclogs.rules.language.signals import NAMED_GROUP, EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.rules.files.source import KeyPath
    from arclogs.rules.language.schema import Condition, Rule

_SMALL: Final = 200
_SURE: Final = lazy_compile(
    r"""(?:
      [^\\()\[\]{}*+?]                                     # a character, dot, edge or bar
      | \\(?:[dDwWsSbBnt]|[^\w\s<>])                       # \d, \.
      | \((?:\?:|\?P?<[a-z_][a-z0-9_]*>|(?!\?)) | \)       # (?<name>
      | (?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})\??(?![*+?{])    # +, {2,}?
      | \[\^?(?:                                           # [^a-z\d]
          [^\\\[\]&~-] | (?<![\[^&~-])-(?![&~-]) | \\(?:[dDwWsSnt]|[^\w\s<>])
        )+\]
    )*""",
    re.VERBOSE,
)
MOST_HARMLESS: Final = 2
"""Harmless lines that a signal may match: it may look for one, not for whatever comes."""


class Harmless(NamedTuple):
    """A line as a healthy installation writes it."""

    source: str
    level: str
    text: str


@lru_cache(maxsize=1)
def harmless_lines() -> tuple[Harmless, ...]:
    """Return lines that healthy runners, hooks, controllers, listeners and clusters write."""
    text = resources.files(__package__).joinpath("harmless.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Harmless(*line.split("|", 2)) for line in lines)


def needs_contains(subject: Subject) -> Iterator[Fault]:
    """A log pattern needs look-around, which the fast engine lacks, and has no plain text beside it."""
    for name, signal in subject.rule.signals.items():
        if not isinstance(signal, LogSignal) or not signal.match or signal.contains:
            continue
        if not _surely_linear(signal.match) and not _linear(signal.match):
            yield Fault(
                ("signals", name, "match"),
                "the pattern uses look-around or a backreference, and has nothing to filter by",
                "add 'contains:' with plain text that every match holds",
            )


def _surely_linear(pattern: str) -> bool:
    """Tell whether a pattern holds only what the fast engine takes; most patterns do."""
    names = NAMED_GROUP.findall(pattern)
    small = written_out(pattern) <= _SMALL and len(set(names)) == len(names)
    return small and _SURE.fullmatch(pattern) is not None


def _linear(pattern: str) -> bool:
    from arclogs.rules.filtering.frame_filter import linear  # 0.1 s: polars

    return linear(pattern)


def catastrophic(subject: Subject) -> Iterator[Fault]:
    """A pattern takes more than quadratic time on a line made for it; bundles are hostile input."""
    for at, pattern in _patterns(subject):
        piece = explosive(pattern)
        if piece is not None:
            yield Fault(
                at,
                f"time explodes at {piece.source!r}: a hostile line would stop the rule",
                "make what repeats begin with a character that its inside cannot match",
            )


def over_broad(subject: Subject) -> Iterator[Fault]:
    """A signal matches lines that every healthy installation writes."""
    for name, signal in subject.rule.signals.items():
        if isinstance(signal, LogSignal):
            matched = [h.text for h in harmless_lines() if _fits(signal, h)]
            at: KeyPath = ("signals", name, "match" if signal.match else "contains")
        elif isinstance(signal, EventSignal) and not signal.event.reason:
            pattern = signal.event.message or ""
            events = (h.text for h in harmless_lines() if h.source == "event")
            matched = [text for text in events if _search(pattern, text)]
            at = ("signals", name, "event")
        else:
            continue
        alone = decides_alone(name, subject.rule) and subject.rule.severity != "info"
        if len(matched) > (0 if alone else MOST_HARMLESS):
            more = f" and {len(matched) - 1} more" if len(matched) > 1 else ""
            yield Fault(
                at,
                f"it matches what healthy installations write: {matched[0]!r}{more}",
                "name more of the message",
            )


def _patterns(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    for name, signal in subject.rule.signals.items():
        at: KeyPath = ("signals", name)
        if isinstance(signal, LogSignal):
            for key, pattern in (("match", signal.match), ("unless", signal.unless)):
                if pattern:
                    yield (*at, key), pattern
        elif isinstance(signal, EventSignal) and signal.event.message:
            yield (*at, "event", "message"), signal.event.message
        for key, wanted in getattr(signal, "where", {}).items():
            if key.endswith("|matches"):
                values = wanted if isinstance(wanted, list) else [wanted]
                yield from (((*at, "where", key), str(value)) for value in values)


def _search(pattern: str, text: str) -> bool:
    return search(pattern, text) is not None


def _fits(signal: LogSignal, line: Harmless) -> bool:
    if line.source not in [s.value for s in (*signal.log, Source.UNKNOWN)] or signal.where:
        return False
    if signal.level and Level[line.level.upper()] < Level[signal.level.upper()]:
        return False
    if signal.contains and signal.contains not in line.text:
        return False
    if signal.match and not _search(signal.match, line.text):
        return False
    return not (signal.unless and _search(signal.unless, line.text))


def decides_alone(name: str, rule: Rule, *, surely: bool = False) -> bool:
    """Tell whether a rung holds as soon as one signal does; `surely` one above possible."""
    return any(
        _enough(rung, name)
        for sure, rung in rule.confidence.rungs()
        if not (surely and sure == "possible")
    )


def _enough(condition: Condition, name: str) -> bool:
    if condition.none or condition.unless or condition.unknown:
        return False
    if condition.all:
        rest = not condition.any or name in condition.any
        return rest and all(_is(part, name) for part in condition.all)
    return any(_is(part, name) for part in condition.any)


def _is(part: str | Condition, name: str) -> bool:
    return part == name if isinstance(part, str) else _enough(part, name)
