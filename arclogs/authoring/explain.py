"""From bundles to the match tree of one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from arclogs.analyze import Options, investigate
from arclogs.authoring.nearest import NearestLines
from arclogs.authoring.selection import rule_named
from arclogs.authoring.trace import Trace, trace_rule
from arclogs.errors import UsageError
from arclogs.redact import redact_model
from arclogs.rules import load_rules
from arclogs.rules.judging.coverage import coverage
from arclogs.rules.judging.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from arclogs.analyze import Investigation
    from arclogs.model.report import Coverage
    from arclogs.rules.language.schema import Rule


class Explanation(Struct, frozen=True):
    """A match tree and how far the bundle that it is of was covered."""

    trace: Trace
    coverage: Coverage


def explain(wanted: str, sources: Sequence[Path | BinaryIO], options: Options) -> Explanation:
    """Say why a rule, or the rule behind finding number `wanted` of the report, came to what it did.

    Raise UsageError for a rule or finding that is not there, and whatever `analyze` raises.
    """
    rules = load_rules(options.rule_dirs, options.cache)
    rule = None if wanted.isdecimal() else rule_named(rules, wanted)
    nearest = NearestLines(rule.signals if rule else {})
    found = investigate(rules, sources, replace(options, on_records=nearest.observe))
    if rule is None:
        rule = _of_finding(int(wanted), found)
        nearest = NearestLines(rule.signals)
    trace = trace_rule(rule, rules, found.case, found.verdict, nearest)
    covered = coverage(found.gathered, found.verdict, found.case)
    if not options.redact:
        return Explanation(trace, covered)
    return Explanation(redact_model(trace), redact_model(covered))


def _of_finding(number: int, found: Investigation) -> Rule:
    findings = resolve(found.verdict)
    if not 1 <= number <= len(findings):
        there = f"there are {len(findings)}" if findings else "there is none"
        raise UsageError(f"the report has no finding {number}: {there}")
    return findings[number - 1].rule
