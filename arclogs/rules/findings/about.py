"""What was analyzed and by what: the head of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import arclogs
from arclogs.model.coverage import Code
from arclogs.model.report import BundleInfo, RulePack, Tool
from arclogs.rules.findings.compose import stamp

if TYPE_CHECKING:
    from arclogs.bundle import Bundle
    from arclogs.case.case import Case
    from arclogs.case.gather import Gathered
    from arclogs.rules.files.load import RuleSet


def about_tool(rules: RuleSet) -> Tool:
    """Return the program, its rules and their packs."""
    packs = tuple(RulePack(name=p.name, version=p.version) for p in rules.packs)
    return Tool(
        version=arclogs.__version__,
        rules=len(rules.rules),
        rules_hash=rules.hash,
        packs=packs,
    )


def about_bundle(bundle: Bundle, gathered: Gathered, case: Case) -> BundleInfo:
    """Return name, size and span of time of a bundle that has been read to its end."""
    times = [t for e in case.events for t in (e.first, e.last) if t]
    times += [t for t in (gathered.evidence.store.first, gathered.evidence.store.last) if t]
    stopped = any(note.code is Code.READ_STOPPED for note in gathered.notes)
    return BundleInfo(
        name=bundle.name,
        sha256="unknown: reading was stopped" if stopped else bundle.sha256,
        bytes=bundle.bytes_read,
        members=bundle.member_count,
        records=sum(m.records for m in gathered.members),
        first_timestamp=stamp(min(times, default=None)),
        last_timestamp=stamp(max(times, default=None)),
    )


def why_nothing(gathered: Gathered) -> str | None:
    """Return why nothing could be understood, or None where something was."""
    if any(m.records for m in gathered.members):
        return None
    reasons = [f"{n.member}: {n.code.value}: {n.detail}" for n in gathered.notes]
    reasons += [f"{m.member}: {m.skipped}" for m in gathered.members if m.skipped]
    return "; ".join(reasons[:5]) or "the input holds no log, object or event"
