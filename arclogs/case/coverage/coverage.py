"""How far the input was covered, as the report shows it: members, sources, doubts, what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from arclogs.case.coverage.missing import missing
from arclogs.case.coverage.shortcomings import shortcomings
from arclogs.case.coverage.spread import Spread
from arclogs.case.coverage.survey import EVENTS, Survey
from arclogs.case.events import placed
from arclogs.model.report import (
    Coverage,
    CoverageMember,
    CoverageNote,
    CoverageSource,
    Silence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from arclogs.case.case import Case
    from arclogs.case.gather import Gathered
    from arclogs.model.coverage import MemberCoverage, Note

MOST_GAPS: Final = 20
"""Of one member or source: the longest."""


def coverage(gathered: Gathered, case: Case, notes: Iterable[Note] = ()) -> Coverage:
    """Join what reading noted, `notes` of later stages and what the survey saw.

    Complete is what lost no evidence.
    """
    noted = sorted({*gathered.notes, *notes})
    spreads = _spreads(gathered, case)
    reach: dict[str, Spread] = defaultdict(Spread)
    for by_source in spreads.values():
        for source, spread in by_source.items():
            reach[source].merge(spread)
    return Coverage(
        complete=not any(note.code.loses_evidence for note in noted),
        notes=tuple(
            CoverageNote(member=n.member, code=n.code.value, detail=n.detail) for n in noted
        ),
        members=tuple(_member(m, spreads.get(m.member, {})) for m in gathered.members),
        missing=tuple(missing(case)),
        sources=tuple(_sources(gathered.survey, reach)),
        shortcomings=tuple(shortcomings(gathered.survey, reach, case)),
    )


def _spreads(gathered: Gathered, case: Case) -> dict[str, dict[str, Spread]]:
    """Return how each log of each member is spread, events that state an age placed in time."""
    spreads = {
        member: {source: log.spread for source, log in logs.items() if source != EVENTS}
        for member, logs in gathered.survey.logs.items()
    }
    for event in gathered.evidence.events:
        at = placed(event, case.collected_at).last
        if at is not None:
            spreads[event.location.member].setdefault(EVENTS, Spread()).add(at)
    return spreads


def _member(read: MemberCoverage, logs: Mapping[str, Spread]) -> CoverageMember:
    spread = Spread()
    for log in logs.values():
        spread.merge(log)
    return CoverageMember(
        member=read.member,
        parser=read.parser,
        records=read.records,
        unparsed=read.unparsed,
        skipped=read.skipped,
        first_timestamp=stamp(spread.first),
        last_timestamp=stamp(spread.last),
        gaps=silences(spread),
    )


def _sources(survey: Survey, reach: Mapping[str, Spread]) -> Iterator[CoverageSource]:
    members, records = Counter[str](), Counter[str]()
    for _, source, log in survey.each():
        members[source] += 1
        records[source] += log.records
    for source in sorted(members, key=lambda name: (name == EVENTS, name)):
        spread = reach.get(source, Spread())
        yield CoverageSource(
            source=source,
            members=members[source],
            records=records[source],
            first_timestamp=stamp(spread.first),
            last_timestamp=stamp(spread.last),
            gaps=silences(spread),
        )


def silences(spread: Spread) -> tuple[Silence, ...]:
    """Return the gaps of a spread as the report shows them, in order of time."""
    longest = sorted(spread.gaps(), key=lambda gap: (-gap.length, gap.first))[:MOST_GAPS]
    return tuple(
        Silence(
            first=stamp(gap.first) or "",
            last=stamp(gap.last) or "",
            seconds=int(gap.length.total_seconds()),
        )
        for gap in sorted(longest)
    )


def stamp(moment: datetime | None) -> str | None:
    """Return a time as the report writes it: RFC 3339, UTC, milliseconds."""
    if moment is None:
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
