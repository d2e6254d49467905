"""The filter for many records and events: one pass over a frame for all signals.

It runs in polars on Rust's regex engine: linear time whatever the pattern, all cores. A pattern that
needs look-around is filtered by the plain text that its author must give beside it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import polars as pl

from arclogs.case.records.frames import event_frame, record_frame
from arclogs.model.record import Level, Source
from arclogs.rules.filtering.few_filter import LOOKS, needed, needed_of_event
from arclogs.rules.language.literals import required_literals
from arclogs.rules.language.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from arclogs.model.event import Event
    from arclogs.model.record import Record


_S = TypeVar("_S", LogSignal, EventSignal)


@lru_cache(maxsize=8192)
def linear(pattern: str) -> bool:
    """Tell whether Rust's engine takes a pattern (no look-around, no backreference)."""
    try:
        pl.Series([""]).str.contains(f"(?m){pattern}", literal=False)
    except pl.exceptions.ComputeError:
        return False
    return True


@lru_cache(maxsize=8)
def all_linear(patterns: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell of each of many patterns whether Rust's engine takes it, at little more than one's cost."""
    sure = [p for p in patterns if not any(look in p for look in LOOKS)]
    column = pl.col("text")
    tests = [
        column.str.contains(f"(?m){p}", literal=False).alias(str(i)) for i, p in enumerate(sure)
    ]
    try:
        pl.DataFrame({"text": [""]}).select(tests)
    except pl.exceptions.ComputeError:
        return tuple(linear(p) for p in patterns)
    return tuple(p in sure or linear(p) for p in patterns)


def text_filter(column: str, pattern: str | None, contains: str | None) -> pl.Expr:
    """Return the test of a text column that a pattern and a plain text imply."""
    tests = []
    if contains:
        tests.append(pl.col(column).str.contains(contains, literal=True))
    if pattern and linear(pattern):
        tests.append(pl.col(column).str.contains(f"(?m){pattern}", literal=False))
    elif pattern and not contains and (literals := required_literals(pattern)):
        tests.append(pl.col(column).str.contains_any(sorted(literals)))
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def _log_filter(signal: LogSignal) -> pl.Expr:
    sources = [*(s.value for s in signal.log), Source.UNKNOWN.value]
    test = pl.col("source").is_in(sources)
    if signal.level:
        test &= pl.col("level") >= Level[signal.level.upper()]
    return test & text_filter("text", signal.match, signal.contains)


def _event_filter(signal: EventSignal) -> pl.Expr:
    wanted = signal.event
    test = text_filter("message", wanted.message, None)
    if wanted.type:
        test &= pl.col("type") == wanted.type
    if wanted.reason:
        test &= pl.col("reason").is_in(wanted.reason)
    if wanted.kind:
        test &= pl.col("kind").str.to_lowercase() == wanted.kind.lower()
    return test


def rows_of_records(
    signals: Sequence[LogSignal], records: Sequence[Record]
) -> Mapping[int, Sequence[int]]:
    """Return for each signal, by its identity, the indexes of the records that it may match."""
    return _rows(record_frame(records), "text", signals, needed, _log_filter)


def rows_of_events(
    signals: Sequence[EventSignal], events: Sequence[Event]
) -> Mapping[int, Sequence[int]]:
    """Return for each signal, by its identity, the indexes of the events that it may match."""
    return _rows(event_frame(events), "message", signals, needed_of_event, _event_filter)


class Sieve:
    """Leaves out, in one query, the records that no log signal matches: most of a large log."""

    def __init__(self, signals: Sequence[LogSignal]) -> None:
        self._signals = signals
        literals = sorted(frozenset().union(*(needed(s) or () for s in signals)))
        others = sorted({s.match for s in signals if needed(s) is None and s.match})
        takes = all_linear(tuple(others))
        text = pl.col("text")
        tests = [
            text.str.contains(f"(?m){pattern}", literal=False)
            for pattern, taken in zip(others, takes)
            if taken
        ]
        if literals:
            tests.append(text.str.contains_any(literals))
        self._test = pl.any_horizontal(tests) if tests else pl.lit(value=False)

    def rows(self, records: Sequence[Record]) -> Mapping[int, Sequence[int]]:
        """Return for each signal, by its identity, the indexes of the records that it may match."""
        held = record_frame(records).filter(self._test)
        places = held["row"].to_list()
        found = _rows(held, "text", self._signals, needed, _log_filter)
        return {signal: [places[row] for row in rows] for signal, rows in found.items()}


def _literals_in(texts: pl.Series, literals: frozenset[str]) -> frozenset[str]:
    """Return which of the literals stand somewhere in the texts: one Aho-Corasick pass."""
    if not literals:
        return frozenset()
    found = texts.str.extract_many(sorted(literals), overlapping=True).explode().drop_nulls()
    return frozenset(found.unique().to_list())


def _rows(
    frame: pl.DataFrame,
    column: str,
    signals: Sequence[_S],
    needs: Callable[[_S], frozenset[str] | None],
    test: Callable[[_S], pl.Expr],
) -> dict[int, Sequence[int]]:
    if frame.is_empty():
        return {}
    wanted = {id(signal): needs(signal) for signal in signals}
    seen = _literals_in(frame[column], frozenset().union(*(w for w in wanted.values() if w)))
    # what needs a text that stands nowhere is not looked for: rules that cannot match cost nothing
    live = [s for s in signals if (need := wanted[id(s)]) is None or need & seen]
    if not live:
        return {}
    # all in one query: two small ones for each signal cost more than the search
    held = frame.select(
        pl.arg_where(test(signal).fill_null(value=False)).implode().alias(str(id(signal)))
        for signal in live
    )
    return {id(signal): held[str(id(signal))][0].to_list() for signal in live}
