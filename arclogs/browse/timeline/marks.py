"""The moments that matter, on their lanes: evidence of findings, and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.browse.timeline.lanes import EVENTS, OBJECTS, Draft, Key, key_of
from arclogs.browse.timeline.objects import Dumps
from arclogs.case.coverage.coverage import stamp
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.model.timeline import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from arclogs.browse.timeline.slices import Window
    from arclogs.browse.timeline.tally import Origin, Tally
    from arclogs.case.case import Case
    from arclogs.model.event import Event
    from arclogs.model.report import Evidence, Example, Finding, Report
    from arclogs.model.timeline import LanesBy

MOST_FINDINGS: Final = 50


def evidence_times(report: Report) -> Iterator[datetime]:
    """Yield when what the findings rest on happened."""
    for found in report.findings[:MOST_FINDINGS]:
        for item in found.evidence:
            moment = parse_timestamp(item.timestamp) if item.timestamp else None
            if moment is not None:
                yield moment


def numbered(found: Finding) -> list[tuple[int, Evidence]]:
    """Return evidence with the numbers that every view gives it: by time, then what has none."""
    ordered = sorted(found.evidence, key=lambda e: (e.timestamp is None, e.timestamp or ""))
    return list(enumerate(ordered, 1))


class Marks:
    """Puts marks on lanes, and makes a lane where a mark has none."""

    def __init__(
        self, drafts: dict[Key, Draft], case: Case, tally: Tally, window: Window, by: LanesBy
    ) -> None:
        self._drafts, self._case, self._window, self._by = drafts, case, window, by
        self._dumps = Dumps(case.live)
        self._origins: dict[str, list[Origin]] = {}
        for origin in tally.streams:
            self._origins.setdefault(origin.member, []).append(origin)
        self._tally = tally
        self._joined: dict[tuple[Key, int, bool, str], int] = {}

    def put(self, report: Report) -> None:
        """Put all marks of a bundle."""
        for found in report.findings[:MOST_FINDINGS]:
            for number, item in numbered(found):
                self._put_evidence(found, number, item)
        for group in report.unexplained:
            for example in group.examples:
                self._put_unexplained(example)
        for event in self._case.events:
            self._put_event(event)

    def _put_evidence(self, found: Finding, number: int, item: Evidence) -> None:
        placed = self._placed(item)
        if placed is None or item.role == "refutes":
            return
        moment, at = placed
        self._put(
            self._lane_of(item, moment, found.entities),
            moment,
            Mark(
                at=at,
                time=item.timestamp or "",
                kind="evidence",
                text=item.says or item.text.strip(),
                member=item.member,
                line=item.line,
                rank=found.rank,
                number=number,
                severity=found.severity,
            ),
        )

    def _put_unexplained(self, item: Example) -> None:
        placed = self._placed(item)
        if placed is not None:
            moment, at = placed
            mark = Mark(at=at, time=item.timestamp or "", kind="unexplained", text=item.text.strip(),
                        member=item.member, line=item.line)  # fmt: skip
            self._put(self._lane_of(item, moment, {}), moment, mark)

    def _placed(self, item: Evidence | Example) -> tuple[datetime, int] | None:
        """Return when it was and in which slice, None outside of the window."""
        moment = parse_timestamp(item.timestamp) if item.timestamp else None
        at = self._window.place(moment) if moment is not None else None
        return None if moment is None or at is None else (moment, at)

    def _put(self, key: Key, moment: datetime, mark: Mark) -> None:
        draft = self._draft(key)
        draft.starts(moment)
        draft.marks.append(mark)

    def _lane_of(self, item: Evidence | Example, moment: datetime, about: Mapping[str, str]) -> Key:
        if self._by == "file":
            return Key("file", item.member)
        origins = self._origins.get(item.member, [])
        keys = list(dict.fromkeys(key_of(origin, self._by) for origin in origins))
        if len(keys) > 1:
            named = [key for key in keys if key.name in about.values()]
            lively = [key_of(o, self._by) for o in origins if self._alive(o, moment)]
            keys = named or lively or keys
        if keys:
            return keys[0]
        owner = self._dumps.owner(item.member, item.line)
        pod = about.get("pod") if owner is None else owner[1]
        if self._by == "pod" and pod and (owner is None or owner[0] == "Pod"):
            return Key("pod", pod)
        return EVENTS if owner is None else OBJECTS

    def _alive(self, origin: Origin, moment: datetime) -> bool:
        stream = self._tally.streams[origin]
        return stream.first is not None and stream.first <= moment <= (stream.last or moment)

    def _put_event(self, event: Event) -> None:
        moment = event.last
        at = self._window.place(moment) if moment is not None else None
        if moment is None or at is None:
            return
        own = Key("pod", event.name or "")
        warns = event.type == "Warning"
        about = self._by == "pod" and event.kind == "Pod" and warns and own in self._drafts
        key = Key("file", event.location.member) if self._by == "file" else own if about else EVENTS
        draft = self._draft(key)
        draft.starts(moment)
        self._join(draft, at, moment, event)

    def _join(self, draft: Draft, at: int, moment: datetime, event: Event) -> None:
        warns = event.type == "Warning"
        draft.records += event.count if draft.key == EVENTS else 0
        same = draft.key, at, warns, event.reason
        if same in self._joined:
            place = self._joined[same]
            known = draft.marks[place]
            draft.marks[place] = known.model_copy(update={"count": known.count + event.count})
            return
        self._joined[same] = len(draft.marks)
        draft.marks.append(
            Mark(
                at=at,
                time=stamp(moment) or "",
                kind="event",
                text=f"{event.reason}: {event.message}",
                member=event.location.member,
                line=event.location.line,
                warning=warns,
                count=event.count,
            )
        )

    def _draft(self, key: Key) -> Draft:
        return self._drafts.setdefault(key, Draft(key))
