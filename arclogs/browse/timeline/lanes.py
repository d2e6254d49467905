"""Which lane a record belongs in, and lanes while they are being filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from arclogs.browse.timeline.tally import ERROR, OTHER, WARNING
from arclogs.model.timeline import Bucket, Lane

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from arclogs.browse.timeline.tally import Origin
    from arclogs.model.timeline import LaneKind, LanesBy, Mark, Span

MOST_LANES: Final = 40
MOST_MARKS: Final = 200
"""Of one lane. Evidence comes first, then warnings."""
_PROGRAMS: Final = ("controller", "listener")


class Key(NamedTuple):
    """What tells one lane from another."""

    kind: LaneKind
    name: str


EVENTS: Final = Key("events", "events")
OBJECTS: Final = Key("objects", "objects")


def key_of(origin: Origin, by: LanesBy) -> Key:
    """Return the lane of records of one origin.

    Controller and listener have lanes of their own: they run in pods, too, but nobody looks for them
    under the pods' names.
    """
    if by == "file":
        return Key("file", origin.member or f"other files ({origin.source})")
    if origin.source in _PROGRAMS:
        return Key("program", origin.source)
    if by == "job" and origin.job:
        return Key("job", origin.job)
    if by == "pod" and origin.pod:
        return Key("pod", origin.pod)
    return Key("program", f"{origin.source} log" if origin.source != "unknown" else "other logs")


class Draft(Struct):
    """A lane that is being filled."""

    key: Key
    records: int = 0
    first: datetime | None = None
    cells: dict[int, list[int]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    note: str = ""
    collected: bool = True

    def count(self, at: int, grade: int, n: int) -> None:
        """Add records to a slice."""
        self.cells.setdefault(at, [0, 0, 0])[grade] += n

    def take(self, other: Draft) -> None:
        """Add the records of another lane. Its marks and spans would tell no longer what of."""
        self.records += other.records
        for at, counted in other.cells.items():
            for grade, n in enumerate(counted):
                self.count(at, grade, n)

    def starts(self, moment: datetime | None) -> None:
        """Take in when something of the lane happened; lanes stand in order of their first."""
        if moment is not None and (self.first is None or moment < self.first):
            self.first = moment

    @property
    def weight(self) -> tuple[int, ...]:
        """Return how much the lane tells, where not all can be shown."""
        grades = [sum(cell[grade] for cell in self.cells.values()) for grade in (ERROR, WARNING)]
        evidence = sum(m.kind == "evidence" for m in self.marks)
        return evidence, len(self.marks), *grades, self.records

    def finished(self) -> Lane:
        """Return the lane."""
        marks = sorted(self.marks, key=_worth)[:MOST_MARKS]
        left = len(self.marks) - len(marks)
        note = "; ".join(part for part in (self.note, f"{left} more marks" if left else "") if part)
        return Lane(
            kind=self.key.kind,
            name=self.key.name,
            collected=self.collected,
            note=note,
            records=self.records,
            buckets=buckets(self.cells),
            marks=tuple(sorted(marks, key=lambda m: (m.time, m.rank, m.number, m.text))),
            spans=tuple(sorted(self.spans, key=lambda s: (s.at, s.until, s.label))),
        )


def _worth(mark: Mark) -> tuple[int, bool, int, str]:
    kind = ("evidence", "unexplained", "event").index(mark.kind)
    return kind, not mark.warning, mark.rank, mark.time


def buckets(cells: Mapping[int, list[int]]) -> tuple[Bucket, ...]:
    """Return counts by slice, in order."""
    return tuple(
        Bucket(at=at, error=cells[at][ERROR], warning=cells[at][WARNING], other=cells[at][OTHER])
        for at in sorted(cells)
    )


_ORDER: Final = ("program", "job", "pod", "file", "rest", "events", "objects")


def in_order(drafts: Iterable[Draft]) -> list[Lane]:
    """Return lanes from top to bottom: programs, then by first sight; the least telling as one."""
    drafts = list(drafts)
    shown = sorted(drafts, key=lambda d: (*(-n for n in d.weight), d.key))[:MOST_LANES]
    left = [d for d in drafts if d not in shown]
    if left:
        rest = Draft(Key("rest", f"{len(left)} other lanes"), note="the least telling, added up")
        for draft in left:
            rest.take(draft)
        shown.append(rest)
    return [draft.finished() for draft in sorted(shown, key=_place)]


def _place(draft: Draft) -> tuple[int, bool, bool, float, Key]:
    first = draft.first
    since = first.timestamp() if first is not None else 0.0
    return _ORDER.index(draft.key.kind), not draft.collected, first is None, since, draft.key
