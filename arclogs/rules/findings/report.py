"""The verdict as the findings of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.rules.findings.compose import compose_finding
from arclogs.rules.judging.resolve import resolve
from arclogs.rules.judging.rivals import Rivals, near_misses

if TYPE_CHECKING:
    from arclogs.model.report import Finding, NearMiss
    from arclogs.rules.judging.engine import Verdict


def findings_of(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the ranked findings."""
    resolved = resolve(verdict)
    rivals = Rivals(resolved, verdict)
    return tuple(
        compose_finding(rank, found, rivals.of(found)) for rank, found in enumerate(resolved, 1)
    )


def near_misses_of(verdict: Verdict) -> tuple[NearMiss, ...]:
    """Return the rules that held in part."""
    return tuple(near_misses(verdict))
