"""Which records and events the text signals of rules may match, for all signals at once.

A filter may let too much through and never too little. There are two, which let the same through:

- `frame_filter` runs in polars on Rust's regex engine: linear time whatever the pattern, all cores.
- `few_filter` needs no frames: a small bundle is judged before polars would be imported. It tries
  patterns of the shipped pack only, which are known to end soon, and is left at the first text on
  which one does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from arclogs.rules.language.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.model.event import Event
    from arclogs.model.record import Record
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.filtering.frame_filter import Sieve
    from arclogs.rules.language.signals import AnySignal

_T = TypeVar("_T")
Rows: TypeAlias = Mapping[int, Sequence[int]]
"""For each signal, by its identity, the indexes of what it may match."""

FEW_TEXTS: Final = 8192
"""Different texts of records above which the import of polars pays."""
FEW_EVENTS: Final = 8192
"""Events above which it does."""
_LONG: Final = 64 * 1024


class Prefilter:
    """Filters records and events for the text signals of some rules."""

    def __init__(self, rules: RuleSet, *, reading: bool = False) -> None:
        """Take the signals of rules. `reading`: what they say is kept, so that a bundle fits in memory.

        Then a pattern that needs look-around and names no plain text finds nothing.
        """
        self._few = rules.few_filter
        others = [s for r in rules.rules if not r.shipped for s in r.signals.values()]
        self._others = _Framed(others, reading=reading)
        every = [s for r in rules.rules for s in r.signals.values()]
        self._all = _Framed(every, reading=reading)
        self._patient = True
        """No text was seen on which a pattern does not end soon."""
        self._events_left = FEW_EVENTS

    def records(self, records: Sequence[Record]) -> Rows:
        """Return which records each log signal may match."""
        few = self._patient and self._few.judged < FEW_TEXTS
        few = few and all(len(r.text) < _LONG for r in records)
        rows = self._soon(self._few.records, records) if few else None
        if rows is None:
            return self._all.records(records)
        return {**rows, **self._others.records(records)}

    def events(self, events: Sequence[Event]) -> Rows:
        """Return which events each event signal may match, its `where` not looked at."""
        self._events_left -= len(events)
        few = self._patient and self._events_left >= 0
        few = few and all(len(e.message) < _LONG for e in events)
        rows = self._soon(self._few.events, events) if few else None
        if rows is None:
            return self._all.events(events)
        return {**rows, **self._others.events(events)}

    def _soon(self, find: Callable[[Sequence[_T]], Rows], items: Sequence[_T]) -> Rows | None:
        try:
            return find(items)
        except TimeoutError:
            self._patient = False
            return None


class _Framed:
    """Filters in frames; polars is imported once something is to be looked for."""

    def __init__(self, signals: Sequence[AnySignal], *, reading: bool) -> None:
        self._logs = [s for s in signals if isinstance(s, LogSignal)]
        self._events = [s for s in signals if isinstance(s, EventSignal)]
        self._reading = reading

    @cached_property
    def _sieve(self) -> Sieve:
        from arclogs.rules.filtering.frame_filter import Sieve

        return Sieve(self._logs)

    def records(self, records: Sequence[Record]) -> Rows:
        if not self._logs or not records:
            return {}
        if self._reading:
            return self._sieve.rows(records)
        from arclogs.rules.filtering.frame_filter import rows_of_records

        return rows_of_records(self._logs, records)

    def events(self, events: Sequence[Event]) -> Rows:
        if not self._events or not events:
            return {}
        from arclogs.rules.filtering.frame_filter import rows_of_events

        return rows_of_events(self._events, events)
