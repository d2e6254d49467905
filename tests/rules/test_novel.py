"""What nobody has seen yet must surface, and must not be called what it is not (`novel.yaml`)."""

from __future__ import annotations

import pytest

from arclogs.rules import load_rules
from arclogs.rules.findings.report import findings_of
from arclogs.rules.findings.unexplained import unexplained
from arclogs.rules.proving import investigate_files
from tests.rules.novel import CASES, files_of

RULES = load_rules()
FIRST_FIVE = 5
"""As many as every view shows."""


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_it_is_among_the_first_five_and_no_cause_is_firm(case):
    found, verdict = investigate_files(files_of(case), RULES, thorough=False)
    shown = unexplained(found, verdict)[:FIRST_FIVE]
    assert case["shows"] in "\n".join(e.text for g in shown for e in g.examples), shown
    firm = [
        f.rule for f in findings_of(verdict) if f.kind == "cause" and f.confidence != "possible"
    ]
    assert firm == []
