"""What the reading stage must keep so that no rule misses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from arclogs.rules.prefilter import linear
from arclogs.rules.signals import LogSignal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.case.records import Wanted
    from arclogs.model.record import Record
    from arclogs.rules.load import RuleSet


def watch(rules: RuleSet) -> Wanted:
    """Return a test for batches of records: could some rule's log signal match them?"""
    signals = [s for r in rules.rules for s in r.signals.values() if isinstance(s, LogSignal)]
    tests = [_could_match(signal) for signal in signals]
    expression = pl.any_horizontal(tests) if tests else pl.lit(value=False)

    def wanted(records: Sequence[Record]) -> Sequence[bool]:
        if not records:
            return []
        frame = pl.DataFrame({"text": [r.text for r in records]}, schema={"text": pl.String})
        return frame.select(expression.alias("wanted"))["wanted"].to_list()

    return wanted


def _could_match(signal: LogSignal) -> pl.Expr:
    text = pl.col("text")
    if signal.match and linear(signal.match):
        return text.str.contains(f"(?m){signal.match}", literal=False)
    return text.str.contains(signal.contains or "", literal=True)
