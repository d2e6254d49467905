"""Every check there is: its name, how bad what it finds is, and the function that finds it."""

from __future__ import annotations

from typing import Final

from arclogs.authoring.lint import commands, names, overlap, pack, patterns, proofs, scans, texts
from arclogs.authoring.lint.problem import Check, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CHECKS: Final[tuple[Check, ...]] = (
    Check("unused-signal", _WARNING, names.unused_signal),
    Check("deciding-context", _WARNING, names.deciding_context),
    Check("unbound-variable", _ERROR, names.unbound_variable),
    Check("unknown-slot", _ERROR, names.unknown_slot),
    Check("out-of-order", _ERROR, names.out_of_order),
    Check("unused-capture", _WARNING, names.unused_capture),
    Check("needs-contains", _ERROR, patterns.needs_contains),
    Check("catastrophic-pattern", _ERROR, patterns.catastrophic),
    Check("over-broad", _ERROR, patterns.over_broad),
    Check("slow-scan", _WARNING, scans.slow_scan),
    Check("risk-too-low", _ERROR, commands.risk_too_low),
    Check("risk-understated", _WARNING, commands.risk_understated),
    Check("risk-too-high", _ERROR, commands.risk_too_high),
    Check("changing-collect", _ERROR, commands.changing_collect),
    Check("bare-step", _WARNING, commands.bare_step),
    Check("info-with-risk", _WARNING, commands.info_with_risk),
    Check("missing-says", _ERROR, texts.missing_says),
    Check("long-title", _WARNING, texts.long_title),
    Check("missing-fix", _ERROR, texts.missing_fix),
    Check("missing-verify", _ERROR, texts.missing_verify),
    Check("missing-collect", _ERROR, texts.missing_collect),
    Check("missing-references", _ERROR, texts.missing_references),
    Check("unfinished", _ERROR, texts.unfinished),
    Check("no-firing-test", _ERROR, proofs.no_firing_test),
    Check("no-silent-twin", _ERROR, proofs.no_silent_twin),
    Check("unproven-symptom", _WARNING, proofs.unproven_symptom),
    Check("far-twin", _WARNING, proofs.far_twin),
    Check("duplicate-test-name", _ERROR, proofs.duplicate_test_name),
    Check("broken-test", _ERROR, proofs.broken_test),
    Check("vague-test", _WARNING, proofs.vague_test),
    Check("unknown-rule", _ERROR, pack.unknown_rule),
    Check("rule-circle", _ERROR, pack.rule_circle),
    Check("parent-circle", _ERROR, pack.parent_circle),
    Check("explains-circle", _ERROR, pack.explains_circle),
    Check("parent-is-symptom", _ERROR, pack.parent_is_symptom),
    Check("same-signals", _ERROR, pack.same_signals),
    Check("overlap", _WARNING, overlap.overlap),
)

OF_FILES: Final = {
    "syntax": "The file is not YAML that rules may use.",
    "schema": "A key is unknown, missing, or has a value that it cannot have.",
    "file-name": "The file is not named after the rule's id.",
    "duplicate-id": "Another file has a rule of the same id.",
    "manifest": "pack.yaml does not fit.",
    "known-issues": "known-issues.yaml does not fit, or names a rule that does not exist.",
}
"""Checks that run before a rule is a rule; all of them are errors."""
