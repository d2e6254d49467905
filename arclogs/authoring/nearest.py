"""The line that came nearest to a log or event signal which did not hold, and what it lacks.

Lines below error level are gone once a bundle is read, so they are looked at while it is: `observe`
takes the batches that `Options.on_records` hands out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import ahocorasick_rs
from msgspec import Struct

from arclogs.authoring.fit import Fit, fit_pattern, fit_words, words_of
from arclogs.model.record import Level, Record, Source
from arclogs.rules.language.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arclogs.model.event import Event
    from arclogs.model.location import Location

LEAST_FIT: Final = 0.4
"""Share of a pattern's plain text that a line must hold to be worth showing."""
MOST_COMPARED: Final = 2_000
"""Lines compared for one signal: a flood of near misses says nothing that the first do not."""

_Text: TypeAlias = LogSignal | EventSignal


class Near(Struct, frozen=True):
    """A line and why it is not what the signal wants."""

    location: Location
    text: str
    lacks: str
    share: float


class NearestLines:
    """Keeps the nearest line of each signal of one rule."""

    def __init__(self, signals: Mapping[str, object]) -> None:
        self._signals = {n: s for n, s in signals.items() if isinstance(s, LogSignal)}
        self._events = {n: s for n, s in signals.items() if isinstance(s, EventSignal)}
        self._words = {n: _words(s) for n, s in self._signals.items()}
        every = sorted({word for words in self._words.values() for word in words if word})
        self._any_word = ahocorasick_rs.AhoCorasick(every) if every else None
        self._compared = dict.fromkeys(self._signals, 0)
        self._best: dict[str, Near] = {}

    def observe(self, records: Sequence[Record]) -> None:
        """Look at records."""
        if self._any_word is None:
            return
        for record in records:
            if self._any_word.find_matches_as_indexes(record.text):
                for name, signal in self._signals.items():
                    self._compare(name, signal, record)

    def observe_events(self, events: Sequence[Event]) -> None:
        """Look at events."""
        for name, signal in self._events.items():
            for event in events[:MOST_COMPARED]:
                self._offer(name, _near_event(signal, event))

    def of(self, name: str) -> Near | None:
        """Return the nearest line of a signal, or None where nothing resembles it."""
        return self._best.get(name)

    def _compare(self, name: str, signal: LogSignal, record: Record) -> None:
        if self._compared[name] < MOST_COMPARED and any(
            word in record.text for word in self._words[name]
        ):
            self._compared[name] += 1
            self._offer(name, _near_line(signal, record))

    def _offer(self, name: str, near: Near | None) -> None:
        best = self._best.get(name)
        if near and (best is None or (-near.share, near.location) < (-best.share, best.location)):
            self._best[name] = near


def _words(signal: LogSignal) -> tuple[str, ...]:
    return tuple({*words_of(signal.match or ""), *(signal.contains or "").split()})


def _near_line(signal: LogSignal, record: Record) -> Near | None:
    fit = _fit(signal, record.text)
    if fit.share < LEAST_FIT:
        return None
    location, raw = record.at(fit.at)
    lacks = fit.lacks or _despite_text(signal, record)
    return Near(location, raw, lacks, fit.share) if lacks else None


def _fit(signal: LogSignal, text: str) -> Fit:
    plain = fit_words(signal.contains, text) if signal.contains else None
    if signal.match is None:
        return plain or Fit(0.0, 0, "")
    fit = fit_pattern(signal.match, text)
    return plain if plain and plain.lacks and not fit.lacks else fit


def _despite_text(signal: LogSignal, record: Record) -> str:
    """Say why a line whose text fits is no match."""
    if record.source not in (*signal.log, Source.UNKNOWN):
        asked = ", ".join(s.value for s in signal.log)
        return f"its text fits, but it is a line of the {record.source.value} log, not of {asked}"
    if signal.unless and not fit_pattern(signal.unless, record.text).lacks:
        return "its text fits, but so does 'unless'"
    if signal.level and (record.level or 0) < Level[signal.level.upper()]:
        shown = record.level.name.lower() if record.level else "no level"
        return f"its text fits, but its level is {shown}, not {signal.level}"
    if signal.where:
        shown = ", ".join(f"{k}={v}" for k, v in sorted(record.fields.items())) or "none"
        return f"its text fits, but not its fields ({shown})"
    return "its text fits, but it is about another namespace or pod, or not often or near enough"


def _near_event(signal: EventSignal, event: Event) -> Near | None:
    wanted = signal.event
    lacks = []
    if wanted.reason and event.reason not in wanted.reason:
        lacks.append(f"its reason is {event.reason}, not {' or '.join(wanted.reason)}")
    if wanted.type and event.type != wanted.type:
        lacks.append(f"its type is {event.type}, not {wanted.type}")
    if wanted.kind and (event.kind or "").lower() != wanted.kind.lower():
        lacks.append(f"it is about a {event.kind}, not a {wanted.kind}")
    fit = fit_pattern(wanted.message, event.message) if wanted.message else None
    if fit and fit.lacks:
        lacks.append(f"its message {fit.lacks}" if fit.share else "its message does not fit")
    if not lacks:
        lacks.append("it fits, but it is about another object, or not often or near enough")
    asked = sum(map(bool, (wanted.reason, wanted.type, wanted.kind, wanted.message)))
    share = 1 - len(lacks) / (asked + 1)
    if not (fit and fit.share >= LEAST_FIT) and event.reason not in (wanted.reason or ()):
        return None
    return Near(event.location, event.raw, "; ".join(lacks), share)
