"""How far the input was covered, as the report shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.case.missing import missing
from arclogs.model.report import Coverage, CoverageMember, CoverageNote

if TYPE_CHECKING:
    from arclogs.case.case import Case
    from arclogs.case.gather import Gathered
    from arclogs.rules.engine import Verdict


def coverage(gathered: Gathered, verdict: Verdict, case: Case) -> Coverage:
    """Join the notes of reading and judging. Complete is what lost no evidence."""
    notes = sorted({*gathered.notes, *verdict.notes})
    return Coverage(
        complete=not any(note.code.loses_evidence for note in notes),
        notes=tuple(
            CoverageNote(member=n.member, code=n.code.value, detail=n.detail) for n in notes
        ),
        members=tuple(
            CoverageMember(
                member=m.member,
                parser=m.parser,
                records=m.records,
                unparsed=m.unparsed,
                skipped=m.skipped,
            )
            for m in gathered.members
        ),
        missing=tuple(missing(case)),
    )
