"""Keeping the records that matter, in bounded memory, each message once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from arclogs.case.records.kept import KeptRecords
from arclogs.case.records.templates import template_of
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from datetime import datetime

    from arclogs.ingest.interface import Elided

KEPT_PER_TEMPLATE = 200
"""Records of one template kept from one member. All are counted."""

BATCH = 2048
"""Records tested at once."""

TURN = 4096
"""Records after which those that passed the test are kept; errors are kept at once, so before them."""

_OF_JOBS = frozenset({Source.JOB, Source.HOOK})

Wanted: TypeAlias = Callable[[Sequence[Record]], Sequence[bool]]
"""Tells of each record of a batch whether some rule could match it."""


class Repeats(Struct, frozen=True):
    """Records that were counted and not kept."""

    member: str
    source: Source
    template: str
    count: int


class RecordStore:
    """Collects records, keeps the wanted and the alarming ones, counts the rest."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._batch: list[Record] = []
        self._passed: list[Record] = []
        self._waiting: Counter[tuple[str, Source, str]] = Counter()
        """How many passed, also of those of which enough wait to be kept."""
        self._tested = 0
        """How many were, since the last that passed were kept."""
        self._kept = KeptRecords()
        self._seen: Counter[tuple[str, Source, str]] = Counter()
        self._elided: dict[tuple[str, Source, str, int], tuple[Record, int]] = {}
        self.total = 0
        self.sources: dict[Source, set[str | None]] = defaultdict(set)
        """Which programs' logs the bundle holds, and of which pods: proof that a line is absent."""
        self.first: datetime | None = None
        self.last: datetime | None = None

    def copy(self) -> RecordStore:
        """Return a store with what was collected so far, that goes its own way from here."""
        other = RecordStore(self._wanted)
        other._batch, other._kept = [*self._batch], self._kept.copy()
        other._passed, other._tested = [*self._passed], self._tested
        other._waiting = self._waiting.copy()
        other._seen, other._elided = self._seen.copy(), self._elided.copy()
        other.total, other.first, other.last = self.total, self.first, self.last
        other.sources.update({source: {*pods} for source, pods in self.sources.items()})
        return other

    def add(self, record: Record) -> None:
        """Take in one record."""
        self.total += 1
        self.sources[record.source].add(record.fields.get("pod"))
        self._stretch(record.timestamp)
        if record.level is not None and record.level >= Level.ERROR:
            self._keep(record)
            return
        self._batch.append(record)
        if len(self._batch) >= BATCH:
            self._test()
        if self._tested >= TURN:
            self._flush()

    def elide(self, item: Elided) -> None:
        """Take in dull records that were counted."""
        self.total += item.count
        self.sources[item.like.source].add(item.like.fields.get("pod"))
        for stamp in item.stamps:
            self._stretch(stamp)
        for record, count in item.repeats:
            key = _kind(record)
            known, before = self._elided.get((*key, record.line), (record, 0))
            self._elided[(*key, record.line)] = known, before + count

    def _settle(self) -> None:
        """Test what is left, and count what was elided like what was kept of the same text."""
        self._flush()
        elided, self._elided = self._elided, {}
        wanted = self._wanted([record for record, _ in elided.values()]) if elided else ()
        for (member, source, template, _), (_, count), keep in zip(elided, elided.values(), wanted):
            if keep:
                self._seen[member, source, template] += count

    def _test(self) -> None:
        batch, self._batch = self._batch, []
        self._tested += len(batch)
        for record, passes in zip(batch, self._wanted(batch)):
            if passes:
                key = _kind(record)
                self._waiting[key] += 1
                if self._waiting[key] <= KEPT_PER_TEMPLATE:
                    self._passed.append(record)

    def _flush(self) -> None:
        self._test()
        for record in self._passed:
            self._keep(record)
        for key, count in self._waiting.items():
            self._seen[key] += max(0, count - KEPT_PER_TEMPLATE)
        self._passed, self._waiting, self._tested = [], Counter(), 0

    def _keep(self, record: Record) -> None:
        key = _kind(record)
        self._seen[key] += 1
        if self._seen[key] <= KEPT_PER_TEMPLATE:
            self._kept.add(record)

    def _stretch(self, stamp: datetime | None) -> None:
        if stamp is None:
            return
        if self.first is None or stamp < self.first:
            self.first = stamp
        if self.last is None or stamp > self.last:
            self.last = stamp

    def kept(self) -> tuple[Record, ...]:
        """Return the kept records by time and place, the same message of two copies once."""
        self._settle()
        ordered = _without_excerpts(sorted(self._kept, key=_order))
        owner: dict[tuple[object, ...], str] = {}
        once: list[Record] = []
        for record in ordered:
            key = _identity(record)
            if key is None or owner.setdefault(key, record.member) == record.member:
                once.append(record)
        return tuple(once)

    def repeats(self) -> tuple[Repeats, ...]:
        """Return what was counted beyond the kept records."""
        self._settle()
        return tuple(
            Repeats(member, source, template, count - KEPT_PER_TEMPLATE)
            for (member, source, template), count in sorted(self._seen.items())
            if count > KEPT_PER_TEMPLATE
        )

    def notes(self) -> list[Note]:
        """Return one note for each flood that was cut."""
        return [
            Note(r.member, Code.LIMIT_MATCHES, f"{r.count} more lines like {r.template!r}, counted")
            for r in self.repeats()
        ]


def _kind(record: Record) -> tuple[str, Source, str]:
    return record.member, record.source, template_of(record.text)


def _without_excerpts(records: Sequence[Record]) -> list[Record]:
    """Leave out what a job's log says that does not name its runner, where one that does says the same.

    GitHub's archive of a run has each job in one file, and again each step in one of its own.
    """
    told = {
        (record.timestamp, record.text): record.member
        for record in records
        if record.source in _OF_JOBS and "pod" in record.fields
    }

    def is_excerpt(record: Record) -> bool:
        timed = record.timestamp is not None
        if record.source not in _OF_JOBS or "pod" in record.fields or not timed:
            return False
        whole = told.get((record.timestamp, record.text))
        return whole is not None and whole != record.member

    return [record for record in records if not is_excerpt(record)]


def _identity(record: Record) -> tuple[object, ...] | None:
    """Return what two copies of a message have in common, None where nothing tells copies apart.

    Without a time it is the same line of the same log: the file was collected twice.
    """
    pod = record.fields.get("pod")
    if record.timestamp is not None:
        return record.timestamp, record.source, pod, record.text
    if pod is None:
        return None
    log = record.fields.get("container"), record.fields.get("previous")
    return record.line, record.source, pod, record.text, log


def _order(record: Record) -> tuple[bool, float, str, int]:
    stamp = record.timestamp
    return stamp is None, stamp.timestamp() if stamp else 0.0, record.member, record.line
