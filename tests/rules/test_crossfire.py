"""Every rule on every other rule's bundles: who else speaks up is agreed in `crossfire.yaml`.

A cause that answers another cause's test as confirmed or likely is either a relative, and then it stands
in the file for a reason, or a false alarm. `ARCLOGS_UPDATE_CROSSFIRE=1` writes the file anew; read the
difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from arclogs.rules import load_rules
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import bundle_of, investigate_files

RULES = load_rules()
FIXTURES = pack_directory() / "fixtures"
AGREED = Path(__file__).parent / "crossfire.yaml"
CAUSES = [rule for rule in RULES.rules if rule.kind == "cause" and rule.tests]


def verdict_on(files):
    return findings_of(investigate_files(files, RULES, thorough=False)[1])


def others(rule):
    """Return the other causes that claim a bundle on which the rule fires, with their confidence."""
    seen: dict[str, str] = {}
    for test in rule.tests:
        if test.expect.fires:
            for finding in verdict_on(bundle_of(rule, test, FIXTURES)):
                firm = finding.kind == "cause" and finding.confidence != "possible"
                if firm and finding.rule != rule.id and not finding.explained_by:
                    seen[finding.rule] = min(finding.confidence, seen.get(finding.rule, "z"))
    return dict(sorted(seen.items()))


def agreed():
    return (yaml.safe_load(AGREED.read_text(encoding="utf-8")) or {}) if AGREED.exists() else {}


if os.environ.get("ARCLOGS_UPDATE_CROSSFIRE") == "1":
    found = {
        rule.id: spoke for rule in sorted(CAUSES, key=lambda r: r.id) if (spoke := others(rule))
    }
    AGREED.write_text(yaml.safe_dump(found), encoding="utf-8")


@pytest.mark.parametrize("rule", CAUSES, ids=lambda r: r.id)
def test_only_agreed_causes_answer_too(rule):
    assert others(rule) == agreed().get(rule.id, {})


def test_the_file_names_only_rules_that_exist():
    known = {rule.id for rule in RULES.rules}
    assert {name for rule, found in agreed().items() for name in (rule, *found)} <= known
