"""Log and event signals: which records and events fit, whatever the bindings.

The candidates come from `prefilter`. `regex` confirms them under a timeout, takes the captures and
serves the patterns that need look-around.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.case.named import runner_meant
from arclogs.case.objects.objects import Found, Lookup, Presence
from arclogs.ingest.objects.kinds import CLUSTER_SCOPED
from arclogs.model.observation import Trust
from arclogs.model.record import Source
from arclogs.rules.filtering.prefilter import Prefilter
from arclogs.rules.language.bindings import JOINS, resolve
from arclogs.rules.language.patience import search
from arclogs.rules.matching.compare import compare
from arclogs.rules.matching.truth import Match, Proof, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import regex

    from arclogs.case.case import Case
    from arclogs.model.event import Event
    from arclogs.model.location import Location
    from arclogs.model.record import Record
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.language.schema import Rule
    from arclogs.rules.language.signals import EventSignal, LogSignal

_LONGEST_TEXT = 64 * 1024
_OF_RUNNERS = frozenset({Source.RUNNER, Source.HOOK, Source.JOB, Source.DIND})
_RUNNER_STEPS = frozenset(
    {"Set up job", "Set up runner", "Initialize containers", "Stop containers", "Complete runner",
     "Complete job"}
)  # fmt: skip
"""Steps of the runner itself; no command of a user prints there."""


class TextMatcher:
    """Finds what fits a signal's text."""

    def __init__(self, case: Case, rules: RuleSet) -> None:
        self._case = case
        prefilter = Prefilter(rules)
        self._rows = {**prefilter.records(case.records), **prefilter.events(case.events)}
        self.matched: dict[str, set[Location]] = {}
        """By rule: the first line of each record, and the line of each event, that fitted a signal."""

    def possible(self, signal: LogSignal | EventSignal) -> bool:
        """Tell whether any record or event may match a signal."""
        return bool(self._rows.get(id(signal)))

    def left_for(self, rule: Rule) -> int:
        """Return how many records and events the filter left for a rule's signals to look at."""
        return sum(len(self._rows.get(id(signal), ())) for signal in rule.signals.values())

    def logs(self, rule_id: str, signal: LogSignal) -> list[Match]:
        """Return every kept record that fits a log signal, by time and place."""
        return [
            match
            for row in self._rows.get(id(signal), ())
            for match in self._log_match(rule_id, signal, self._case.records[row])
        ]

    def _log_match(self, rule_id: str, signal: LogSignal, record: Record) -> Iterator[Match]:
        text = record.text[:_LONGEST_TEXT]
        found = search(signal.match, text) if signal.match else None
        if signal.match and found is None:
            return
        if signal.unless and search(signal.unless, text):
            return
        own = _groups(found) | _captured(record, signal.capture)
        if not fields_fit(record, signal.where, own):
            return
        if not signal.takes_prints and _printed_by_user(record):
            return
        offset = found.start() if found else text.find(signal.contains or "")
        bindings = _record_bindings(self._case.entities(record), record.timestamp)
        if signal.elsewhere:
            bindings = {k: v for k, v in bindings.items() if k not in JOINS}
        bindings |= own
        says = signal.says
        if record.source is Source.UNKNOWN:
            says = f"{says} (text of unknown origin)".strip()
        proofs = tuple(_record_proofs(record, offset, says))
        self.matched.setdefault(rule_id, set()).add(record.at(0)[0])
        anonymous = record.source in _OF_RUNNERS and not signal.elsewhere and "pod" not in bindings
        yield Match(bindings, proofs, record.timestamp, record.timestamp, anonymous=anonymous)

    def events(self, rule_id: str, signal: EventSignal) -> list[Match]:
        """Return every event that fits an event signal, `where` not yet looked at."""
        wanted = signal.event
        matches = []
        for row in self._rows.get(id(signal), ()):
            event = self._case.events[row]
            found = search(wanted.message, event.message) if wanted.message else None
            if wanted.message and found is None:
                continue
            proof = Proof(event.location, event.raw, event.last, signal.says)
            self.matched.setdefault(rule_id, set()).add(event.location)
            bindings = _event_bindings(event) | _groups(found)
            matches.append(Match(bindings, (proof,), event.first or event.last, event.last))
        return matches


def _captured(record: Record, capture: Mapping[str, str]) -> dict[str, str]:
    return {name: record.fields[field] for name, field in capture.items() if field in record.fields}


def _printed_by_user(record: Record) -> bool:
    """Tell what the command of a step prints from what runner and hook say: they mark their lines."""
    step = record.fields.get("step", "")
    in_job = record.source is Source.JOB or record.source is Source.HOOK
    return in_job and record.level is None and step != "" and step not in _RUNNER_STEPS


def fields_fit(record: Record, where: Mapping[str, Any], own: Mapping[str, str]) -> bool:
    """Tell whether a record's fields are as wanted; a field that it does not have is absent.

    `$name` is what the line itself has captured; where it has not, nothing fits.
    """
    for key, stated in where.items():
        wanted = resolve(stated, own)
        if wanted is None:
            return False
        name, _, modifier = key.partition("|")
        value = record.fields.get(name)
        found = (Found(value, Trust.LIVE, record.at(0)),) if value else ()
        lookup = Lookup(Presence.PRESENT if found else Presence.ABSENT, found)
        if compare(lookup, modifier, wanted)[0] is not Truth.HELD:
            return False
    return True


def _groups(found: regex.Match[str] | None) -> dict[str, str]:
    return {k: v for k, v in found.groupdict().items() if v is not None} if found else {}


def _record_bindings(about: dict[str, str], stamp: datetime | None) -> dict[str, str]:
    names = {"namespace": "ns", "pod": "pod", "container": "container", "job": "job",
             "step": "step", "runner": "runner", "hook": "hook"}  # fmt: skip
    bindings = {names[key]: value for key, value in about.items() if key in names and value}
    if stamp:
        bindings["t"] = stamp.isoformat(timespec="seconds").replace("+00:00", "Z")
    return bindings


def _event_bindings(event: Event) -> dict[str, str]:
    # Events of nodes are kept in the namespace `default`, which says nothing about who is meant.
    namespace = None if event.kind in CLUSTER_SCOPED else event.namespace
    bindings = {"ns": namespace, "pod": runner_meant(event), "object": event.name, "kind": event.kind,
                "reason": event.reason, "message": event.message}  # fmt: skip
    known = {key: value for key, value in bindings.items() if value}
    if event.last:
        known["t"] = event.last.isoformat(timespec="seconds").replace("+00:00", "Z")
    return known


def _record_proofs(record: Record, offset: int, says: str) -> Iterator[Proof]:
    """Cite the line that matched and, where that is a continuation, the line that opens the record."""
    location, raw = record.at(offset)
    if location.line != record.line:
        opening, first = record.at(0)
        yield Proof(opening, first, record.timestamp, "")
    yield Proof(location, raw, record.timestamp, says)
