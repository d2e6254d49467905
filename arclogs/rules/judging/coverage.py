"""How far the input was covered, judging included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.case.coverage.coverage import coverage as covered

if TYPE_CHECKING:
    from arclogs.case.case import Case
    from arclogs.case.gather import Gathered
    from arclogs.model.report import Coverage
    from arclogs.rules.judging.engine import Verdict


def coverage(gathered: Gathered, verdict: Verdict, case: Case) -> Coverage:
    """Return what reading, gathering and judging say of how far the input was covered."""
    return covered(gathered, case, verdict.notes)
