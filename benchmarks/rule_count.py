"""How the number of rules counts: in judging one case, in growing cases, and in whole runs over a bundle.

    python benchmarks/rule_count.py

Rules are variants of the shipped ones that cannot match. Prints medians of five and ratios; of whole
runs, which scan 100 MB for what the rules ask, medians of three that were taken in turn.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from generate import generate
from msgspec.structs import replace

from arclogs.analyze import Options, investigate
from arclogs.cache import Cache
from arclogs.case.case import Evidence, build_case
from arclogs.case.records.store import RecordStore
from arclogs.model.record import Level, Record, Source
from arclogs.rules import load_rules
from arclogs.rules.files.load import RuleSet
from arclogs.rules.judging.engine import judge
from arclogs.rules.language.schema import Rule  # noqa: TC001 - a script
from arclogs.rules.language.signals import EventSignal, LogSignal

ROUNDS = 5
NOW = datetime(2026, 9, 17, 10, 4, tzinfo=UTC)
LINE = Record("a.log", 1, Source.CONTROLLER, "", ("",), NOW, Level.ERROR)


def many(rules: RuleSet, wanted: int) -> RuleSet:
    """Return the shipped rules and as many variants that match nothing as are wanted."""
    shipped = list(rules.rules)
    made: list[Rule] = []
    while len(shipped) + len(made) < wanted:
        rule = shipped[len(made) % len(shipped)]
        number = len(made)
        signals = {name: varied(signal, number) for name, signal in rule.signals.items()}
        made.append(rule.model_copy(update={"id": f"variant-{number}", "signals": signals}))
    return RuleSet((*shipped, *made)[:wanted], "")


def varied(signal, number: int):  # noqa: ANN001, ANN201 - a script
    """Return a signal of the same kind that nothing matches."""
    if isinstance(signal, LogSignal):
        contains = f"{signal.contains or ''} variant {number}"
        match = f"{signal.match} variant {number}" if signal.match else None
        return signal.model_copy(update={"contains": contains, "match": match})
    if isinstance(signal, EventSignal):
        event = signal.event.model_copy(update={"reason": [f"Variant{number}"]})
        return signal.model_copy(update={"event": event})
    return signal.model_copy({})


def case_of(records: int):  # noqa: ANN201 - a script
    store = RecordStore(lambda batch: [True] * len(batch))
    for number in range(records):
        text = f"reconcile of runner {number:x} failed: conflict in worker {number % 977}"
        store.add(replace(LINE, member=f"{number // 400}.log", line=number, text=text, raw=(text,)))
    return build_case(Evidence(store, [], [], [], []))


def median(rules: RuleSet, case) -> float:  # noqa: ANN001 - a script
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        judge(rules, case)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def runs(shipped: RuleSet, bundle: Path, cache: Cache) -> dict[int, float]:
    """Return the seconds of whole runs by number of rules; a first one each fills the cache."""
    sets = {number: many(shipped, number) for number in (300, 1000)}
    taken: dict[int, list[float]] = {number: [] for number in sets}
    for turn in range(4):
        for number, rules in sets.items():
            start = time.perf_counter()
            investigate(rules, [bundle], Options(cache=cache))
            if turn:
                taken[number].append(time.perf_counter() - start)
    return {number: statistics.median(times) for number, times in taken.items()}


def main() -> None:
    shipped = load_rules()
    case = case_of(20_000)
    print(f"shipped rules: {len(shipped.rules)}; case of {len(case.records)} records\n")
    print("| rules | ms | to 300 rules |\n|---|---|---|")
    taken = {n: median(many(shipped, n), case) for n in (100, 300, 1000)}
    for number, seconds in taken.items():
        print(f"| {number} | {seconds * 1000:.0f} | {seconds / taken[300]:.2f} |")
    print("\n| records | ms | ms per 1,000 |\n|---|---|---|")
    for size in (2_000, 20_000, 100_000):
        case = case_of(size)
        seconds = median(shipped, case)
        print(
            f"| {len(case.records)} | {seconds * 1000:.0f} | {seconds * 1e6 / len(case.records):.1f} |"
        )
    with tempfile.TemporaryDirectory() as place:
        bundle = Path(place, "bundle.tar.gz")
        generate(100, bundle)
        taken = runs(shipped, bundle, Cache(Path(place, "cache")))
    print("\n| rules, 100 MB tar.gz | s | to 300 rules |\n|---|---|---|")
    for number, seconds in taken.items():
        print(f"| {number} | {seconds:.2f} | {seconds / taken[300]:.2f} |")


if __name__ == "__main__":
    main()
