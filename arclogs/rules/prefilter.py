"""Which records and events a text signal may match, for all signals in one pass over the frames.

The filter runs in polars on Rust's regex engine: linear time whatever the pattern, all cores. It may let
too much through and never too little; a pattern that needs look-around is filtered by the plain text
that its author must give beside it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from arclogs.model.record import Level, Source
from arclogs.rules.signals import EventSignal, LogSignal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arclogs.rules.signals import AnySignal


@lru_cache(maxsize=8192)
def linear(pattern: str) -> bool:
    """Tell whether Rust's engine takes a pattern (no look-around, no backreference)."""
    try:
        pl.Series([""]).str.contains(f"(?m){pattern}", literal=False)
    except pl.exceptions.ComputeError:
        return False
    return True


def text_filter(column: str, pattern: str | None, contains: str | None) -> pl.Expr:
    """Return the test of a text column that a pattern and a plain text imply."""
    tests = []
    if contains:
        tests.append(pl.col(column).str.contains(contains, literal=True))
    if pattern and linear(pattern):
        tests.append(pl.col(column).str.contains(f"(?m){pattern}", literal=False))
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


def candidate_rows(
    signals: Sequence[AnySignal], records: pl.DataFrame, events: pl.DataFrame
) -> Mapping[int, Sequence[int]]:
    """Return for each log and event signal, by its identity, the rows that it may match."""
    logs = {id(s): _log_filter(s) for s in signals if isinstance(s, LogSignal)}
    happenings = {id(s): _event_filter(s) for s in signals if isinstance(s, EventSignal)}
    return _rows(records, logs) | _rows(events, happenings)


def _rows(frame: pl.DataFrame, tests: Mapping[int, pl.Expr]) -> dict[int, Sequence[int]]:
    if frame.is_empty() or not tests:
        return {}
    held = frame.select(test.alias(str(key)) for key, test in tests.items())
    return {key: held[str(key)].fill_null(value=False).arg_true().to_list() for key in tests}
