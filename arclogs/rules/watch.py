"""What the reading stage must keep so that no rule misses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from arclogs.rules.prefilter import linear, needed
from arclogs.rules.signals import LogSignal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arclogs.case.records import Wanted
    from arclogs.model.record import Record
    from arclogs.rules.load import RuleSet


def watch(rules: RuleSet, on_records: Callable[[Sequence[Record]], None] | None = None) -> Wanted:
    """Return a test for batches of records: could some rule's log signal match them?

    `on_records` is shown every batch, too, and decides nothing.
    """
    signals = [s for r in rules.rules for s in r.signals.values() if isinstance(s, LogSignal)]
    literals = sorted(frozenset().union(*(needed(s) or () for s in signals)))
    others = [s.match for s in signals if needed(s) is None and s.match and linear(s.match)]
    text = pl.col("text")
    tests = [text.str.contains(f"(?m){pattern}", literal=False) for pattern in others]
    if literals:
        tests.append(text.str.contains_any(literals))
    expression = pl.any_horizontal(tests) if tests else pl.lit(value=False)

    def wanted(records: Sequence[Record]) -> Sequence[bool]:
        if on_records is not None:
            on_records(records)
        if not records:
            return []
        frame = pl.DataFrame({"text": [r.text for r in records]}, schema={"text": pl.String})
        return frame.select(expression.alias("wanted"))["wanted"].to_list()

    return wanted
