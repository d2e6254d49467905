"""The sentence: bundle → members → records → case → rules → findings → report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import arclogs
from arclogs.bundle import Bundle, Limits
from arclogs.case.case import Case, build_case
from arclogs.case.environment import environment
from arclogs.case.gather import Gathered, gather
from arclogs.errors import NothingToAnalyze
from arclogs.model.report import BundleInfo, Report, RulePack, Tool
from arclogs.redact import redact_report
from arclogs.rules import load_rules
from arclogs.rules.compose import stamp
from arclogs.rules.coverage import coverage
from arclogs.rules.engine import judge
from arclogs.rules.report import findings_of, near_misses_of
from arclogs.rules.unexplained import unexplained
from arclogs.rules.watch import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from arclogs.rules import RuleSet


@dataclass(frozen=True)
class Options:
    """How to analyze. None of it changes while a run goes on."""

    rule_dirs: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    redact: bool = True
    on_bytes: Callable[[int, int | None], None] | None = None
    """Called with input bytes consumed and the total, where that is known: for a progress bar."""


def analyze(sources: Sequence[Path | BinaryIO], options: Options = Options()) -> Report:
    """Analyze bundles and return the report.

    Raise UsageError for a source that is not there, RuleError for a rule file that cannot be used,
    NothingToAnalyze where the input holds nothing readable.
    """
    rules = load_rules(options.rule_dirs)
    bundle = Bundle(sources, options.limits, options.on_bytes)
    gathered = gather(bundle, watch(rules))
    case = build_case(gathered.evidence)
    if not _anything(gathered):
        raise NothingToAnalyze(_why_nothing(gathered))
    verdict = judge(rules, case)
    report = Report(
        arclogs=_tool(rules),
        bundle=_bundle_info(bundle, gathered, case),
        environment=environment(case),
        findings=findings_of(verdict),
        unexplained=tuple(unexplained(case, verdict)),
        near_misses=near_misses_of(verdict),
        coverage=coverage(gathered, verdict, case),
    )
    return redact_report(report) if options.redact else report


def _tool(rules: RuleSet) -> Tool:
    packs = tuple(RulePack(name=p.name, version=p.version) for p in rules.packs)
    return Tool(
        version=arclogs.__version__, rules=len(rules.rules), rules_hash=rules.hash, packs=packs
    )


def _bundle_info(bundle: Bundle, gathered: Gathered, case: Case) -> BundleInfo:
    times = [t for e in case.events for t in (e.first, e.last) if t]
    times += [t for t in (gathered.evidence.store.first, gathered.evidence.store.last) if t]
    return BundleInfo(
        name=bundle.name,
        sha256=bundle.sha256,
        bytes=bundle.bytes_read,
        members=bundle.member_count,
        records=sum(m.records for m in gathered.members),
        first_timestamp=stamp(min(times, default=None)),
        last_timestamp=stamp(max(times, default=None)),
    )


def _anything(gathered: Gathered) -> bool:
    return any(m.records for m in gathered.members)


def _why_nothing(gathered: Gathered) -> str:
    reasons = [f"{n.member}: {n.code.value}: {n.detail}" for n in gathered.notes]
    reasons += [f"{m.member}: {m.skipped}" for m in gathered.members if m.skipped]
    return "; ".join(reasons[:5]) or "the input holds no log, object or event"
