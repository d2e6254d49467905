"""What the reading stage must keep, and look for, so that no rule misses anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from arclogs.model.record import Source
from arclogs.rules.filtering.few_filter import needed
from arclogs.rules.filtering.prefilter import Prefilter
from arclogs.rules.language.signals import LogSignal
from arclogs.rules.matching.match_text import fields_fit
from arclogs.scan.probes import Probe, Role, unanchored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from arclogs.case.records.store import Wanted
    from arclogs.model.record import Record
    from arclogs.rules.files.load import RuleSet

# What a parser knows of a record without reading it in the record's own line.
_CONTEXT = frozenset(
    {"container", "hook", "hook_command", "job", "namespace", "pod", "previous", "runner", "step"}
)


def watch(rules: RuleSet, on_records: Callable[[Sequence[Record]], None] | None = None) -> Wanted:
    """Return a test for batches of records: could some rule's log signal match them?

    `on_records` is shown every batch, too, and decides nothing.
    """
    signals = _log_signals(rules)
    prefilter = Prefilter(rules, reading=True)

    def wanted(records: Sequence[Record]) -> Sequence[bool]:
        if on_records is not None:
            on_records(records)
        if not records:
            return []
        found = prefilter.records(records)
        fitting = {
            row
            for signal in signals
            for row in found.get(id(signal), ())
            if not signal.where or fields_fit(records[row], _fixed(signal.where), {})
        }
        return [row in fitting or _names_hook(record) for row, record in enumerate(records)]

    return wanted


def probes(rules: RuleSet, sources: frozenset[Source]) -> list[Probe]:
    """Return what to look for in raw lines of these programs so that no wanted record is missed."""
    signals = [s for s in _log_signals(rules) if sources.intersection(s.log)]
    return list(dict.fromkeys(map(probe_of, signals)))


def probe_of(signal: LogSignal) -> Probe:
    """Return what to look for in raw lines so that no record is missed which a signal may match."""
    role = Role.FIELDS if signal.where else Role.HOT
    told = next(filter(None, (_told(signal, *item) for item in signal.where.items())), None)
    if told is not None:
        return told
    literals = needed(signal)
    if signal.match is None:
        text = signal.contains or ""
        plain = "".join(f"\\x{byte:02x}" for byte in text.encode())
        return Probe(role, plain, literals, "" if text.isascii() else re.escape(text))
    pattern, whole = unanchored(signal.match), unanchored(signal.match, whole=True)
    return Probe(role, pattern, literals, "" if whole == pattern else whole)


def _told(signal: LogSignal, key: str, wanted: object) -> Probe | None:
    """Return a probe for what a field's condition asks of the line, where that tells more."""
    name, _, modifier = key.partition("|")
    if name in _CONTEXT or not name.isalnum():
        return None
    if (
        modifier in ("", "contains", "startswith", "endswith")
        and isinstance(wanted, str)
        and wanted.isalnum()
    ):
        return Probe(Role.FIELDS, wanted, frozenset({wanted}))
    if signal.log != [Source.CONTROLLER]:
        return None
    if not modifier and type(wanted) is int:
        return Probe(Role.FIELDS, f'"{name}": ?"?{wanted}')
    if modifier == "exists" and wanted is True:  # the kind of an object is a key in small letters
        return Probe(Role.FIELDS, f'(?i:"{name}":)')
    if modifier == "gt" and wanted == 0:
        return Probe(Role.FIELDS, f'"{name}": ?(?:[^0 ]|0[^,}}])')
    return None


def _fixed(where: Mapping[str, Any]) -> dict[str, Any]:
    """Return the conditions that ask for no variable."""
    return {key: wanted for key, wanted in where.items() if "$" not in str(wanted)}


def _names_hook(record: Record) -> bool:
    """Tell whether a record is one from which the container mode follows (`case.facts`)."""
    return record.source is Source.HOOK and record.text.startswith("Run '")


def _log_signals(rules: RuleSet) -> list[LogSignal]:
    return [s for r in rules.rules for s in r.signals.values() if isinstance(s, LogSignal)]
