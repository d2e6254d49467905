"""What a report says, in order: the one source of the text and the plain view.

An outline is a list of labelled entries. Both views print every entry, each in its own manner, so
that nothing can stand in one and not in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views.outline import answer, remainder
from arclogs.views.outline.entry import Entry, Role

if TYPE_CHECKING:
    from arclogs.model.report import Report

__all__ = ["Entry", "Role", "outline"]


def outline(
    report: Report, *, partial_allowed: bool = False, bundles: tuple[str, ...] = ()
) -> list[Entry]:
    """Return the sections of a report: the answer first, what is missing last.

    `bundles` is the input as the reader named it; without it no command that reads it is shown.
    """
    found = report.answer
    sections = [
        remainder.bundle(report),
        remainder.environment(report),
        answer.verdict(report),
        *(
            (answer.happened(found), answer.fix(report, found), answer.verify(found))
            if found
            else ()
        ),
        *((answer.rivals(found),) if found else ()),
        remainder.also_seen(report),
        *(() if found else (remainder.near_misses(report),)),
        remainder.unexplained(report, bundles),
        remainder.missing(report, bundles),
        remainder.doubts(report),
        *((answer.references(found),) if found else ()),
        remainder.not_fully_read(report),
        remainder.summary(report, partial_allowed=partial_allowed),
    ]
    return [section for section in sections if section.below]
