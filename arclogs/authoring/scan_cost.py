"""What each log signal costs when large logs are scanned: how it is searched, how often in vain.

Patterns are searched all at once, so that one more costs next to nothing; lines that it finds are read
in full, which costs a hundred times as much as a line that nothing finds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from arclogs.authoring.lint.patterns import harmless_lines
from arclogs.model.record import Source
from arclogs.rules.language.signals import LogSignal
from arclogs.rules.watch import probe_of
from arclogs.scan.engines.interface import Unscannable
from arclogs.scan.engines.polars_engine import PolarsEngine
from arclogs.scan.scanner import best_engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.rules.language.schema import Rule
    from arclogs.scan.probes import Probe


class SearchedBy(StrEnum):
    """What of a signal is looked for in raw lines."""

    PATTERN = "pattern"
    WORDS = "words"
    LOOSENED = "loosened pattern"
    NOTHING = "nothing: line by line"


class ScanCost(NamedTuple):
    """The cost of one signal."""

    rule: str
    signal: str
    by: SearchedBy
    found: int
    of: int
    """Lines of healthy installations in which it finds something, and how many were tried."""


def scan_costs(rules: Iterable[Rule]) -> list[ScanCost]:
    """Return the cost of every log signal, the dearest first."""
    costs = [
        cost
        for rule in rules
        for name, signal in rule.signals.items()
        if isinstance(signal, LogSignal)
        for cost in _cost(rule.id, name, signal)
    ]
    return sorted(costs, key=lambda c: (c.by is not SearchedBy.NOTHING, -c.found, c.rule, c.signal))


def searched_by(probe: Probe) -> SearchedBy:
    """Tell what of a probe the fastest engine here looks for."""
    if best_engine() == "polars":
        try:
            PolarsEngine([probe])
        except Unscannable:
            return SearchedBy.NOTHING
        return SearchedBy.WORDS if probe.literals else SearchedBy.PATTERN
    from arclogs.scan.engines import hyperscan_engine

    chosen = hyperscan_engine.searched_by(probe)
    try:
        if not hyperscan_engine.compiles(chosen):
            chosen = hyperscan_engine.searched_by(probe, refused=True)
    except Unscannable:
        return SearchedBy.NOTHING
    if chosen[0].pattern != probe.pattern.encode():
        return SearchedBy.WORDS
    return SearchedBy.LOOSENED if chosen[0].loose else SearchedBy.PATTERN


def _cost(rule: str, name: str, signal: LogSignal) -> Iterator[ScanCost]:
    probe = probe_of(signal)
    by = searched_by(probe)
    sources = {*(s.value for s in signal.log), Source.UNKNOWN.value}
    lines = [line.text for line in harmless_lines() if line.source in sources]
    found = len(lines) if by is SearchedBy.NOTHING else sum(PolarsEngine([probe]).finds(lines))
    yield ScanCost(rule, name, by, found, len(lines))
