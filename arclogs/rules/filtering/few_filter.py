"""The filter for few records and events: plain texts in one pass, then `regex` where one stands.

What it lets through is what `frame_filter` lets through. It raises TimeoutError for a text on which
a pattern does not end soon.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import ahocorasick_rs

from arclogs.model.record import Level, Source
from arclogs.rules.language.literals import folded, folded_literals, required_literals
from arclogs.rules.language.patience import TIMEOUT, compiled
from arclogs.rules.language.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from arclogs.model.event import Event
    from arclogs.model.record import Record
    from arclogs.rules.language.signals import AnySignal

_S = TypeVar("_S")
_MULTILINE: Final = 8
_SHORT: Final = 1000
_TEXTS: Final = 4096
"""Texts up to such a length, and so many, for which what they may match is remembered."""
LOOKS: Final = ("(?=", "(?!", "(?<=", "(?<!")
"""What Rust's engine does not take: a pattern with it does not filter, there as here."""


class FewFilter:
    """Knows the log and event signals of some rules by the plain texts that they need."""

    def __init__(self, signals: Sequence[AnySignal]) -> None:
        self._signals = signals
        self._known: dict[tuple[str, Source, Level | None], tuple[LogSignal, ...]] = {}
        self.judged = 0
        """Records whose text was new."""

    @cached_property
    def _logs(self) -> _ByText[LogSignal]:
        logs = [s for s in self._signals if isinstance(s, LogSignal)]
        return _ByText([(s, needed(s), s.match) for s in logs])

    @cached_property
    def _events(self) -> _ByText[EventSignal]:
        events = [s for s in self._signals if isinstance(s, EventSignal)]
        return _ByText([(s, needed_of_event(s), s.event.message) for s in events])

    def records(self, records: Sequence[Record]) -> Mapping[int, Sequence[int]]:
        """Return for each log signal, by its identity, the indexes of the records it may match."""
        rows: dict[int, list[int]] = defaultdict(list)
        for row, record in enumerate(records):
            for signal in self._of(record):
                rows[id(signal)].append(row)
        return rows

    def _of(self, record: Record) -> Sequence[LogSignal]:
        """Return the log signals that a record may match; large logs say the same again and again."""
        key = (record.text, record.source, record.level)
        known = self._known.get(key)
        if known is None:
            self.judged += 1
            possible = self._logs.possible(record.text)
            known = tuple(signal for signal in possible if _log_fits(signal, record))
            if len(record.text) < _SHORT and len(self._known) < _TEXTS:
                self._known[key] = known
        return known

    def events(self, events: Sequence[Event]) -> Mapping[int, Sequence[int]]:
        """Return for each event signal, by its identity, the indexes of the events it may match."""
        rows: dict[int, list[int]] = defaultdict(list)
        for row, event in enumerate(events):
            for signal in self._events.possible(event.message):
                if _event_fits(signal, event):
                    rows[id(signal)].append(row)
        return rows


class _ByText(Generic[_S]):
    """Signals by the texts one of which they need: as they are, or whatever their case."""

    def __init__(self, signals: Sequence[tuple[_S, frozenset[str] | None, str | None]]) -> None:
        """Take each signal with the texts that it needs and its pattern."""
        plain: dict[str, list[_S]] = defaultdict(list)
        anycase: dict[str, list[_S]] = defaultdict(list)
        self._always: list[_S] = []
        for signal, texts, pattern in signals:
            small = folded_literals(pattern) if texts is None and pattern else None
            if texts is None and small is None:
                self._always.append(signal)
            for text in sorted(texts or ()):
                plain[text].append(signal)
            for text in sorted(small or ()):
                anycase[text].append(signal)
        self._plain = _Owners(plain)
        self._folded = _Owners(anycase)

    def possible(self, text: str) -> Sequence[_S]:
        """Return the signals whose texts stand in a text, and those that need none."""
        found = [*self._plain.of(text), *self._folded.of(folded(text))]
        return [*self._always, *{id(s): s for s in found}.values()] if found else self._always


class _Owners(Generic[_S]):
    def __init__(self, owners: Mapping[str, list[_S]]) -> None:
        self._owners = list(owners.values())
        self._texts = ahocorasick_rs.AhoCorasick(list(owners)) if owners else None

    def of(self, text: str) -> Iterator[_S]:
        if self._texts is not None:
            found = self._texts.find_matches_as_indexes(text, overlapping=True)
            for number in dict.fromkeys(match[0] for match in found):
                yield from self._owners[number]


def _log_fits(signal: LogSignal, record: Record) -> bool:
    return (
        (record.source in signal.log or record.source is Source.UNKNOWN)
        and (signal.level is None or (record.level or 0) >= Level[signal.level.upper()])
        and (not signal.contains or signal.contains in record.text)
        and _found(signal.match, record.text)
    )


def _event_fits(signal: EventSignal, event: Event) -> bool:
    wanted = signal.event
    return (
        (wanted.type is None or event.type == wanted.type)
        and (wanted.reason is None or event.reason in wanted.reason)
        and (wanted.kind is None or (event.kind or "").lower() == wanted.kind.lower())
        and _found(wanted.message, event.message)
    )


def _found(pattern: str | None, text: str) -> bool:
    if not pattern or not linear(pattern):
        return True
    return compiled(pattern, _MULTILINE).search(text, timeout=TIMEOUT) is not None


@lru_cache(maxsize=8192)
def linear(pattern: str) -> bool:
    """Tell whether a pattern of the shipped pack needs no look-around."""
    return not any(look in pattern for look in LOOKS)


def needed(signal: LogSignal) -> frozenset[str] | None:
    """Return texts one of which every match of a log signal holds, or None where none can be told."""
    if signal.contains:
        return frozenset({signal.contains})
    return required_literals(signal.match) if signal.match else None


def needed_of_event(signal: EventSignal) -> frozenset[str] | None:
    """Return texts one of which every match of an event signal holds, or None."""
    return required_literals(signal.event.message) if signal.event.message else None
