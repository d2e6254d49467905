"""Reports are put together without validating: here they are validated, without any leniency."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.analyze import investigate, redacted, report_of
from arclogs.model.report import Collect, Report, made
from arclogs.rules import load_rules

RULES = load_rules()
ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
CASES = sorted((ROOT.parent / "shared" / "corpus" / "cases").glob("*/input"))


@pytest.mark.parametrize("bundle", [*SAMPLES, *CASES], ids=lambda p: p.parent.name + "-" + p.name)
def test_a_report_is_of_the_types_that_its_fields_have(bundle):
    found = investigate(RULES, [bundle])
    plain = report_of(found)
    for report in (plain, redacted(plain, found)):
        assert Report.model_validate(report.model_dump(), strict=True) == report
        assert Report.model_validate_json(report.model_dump_json()) == report


def test_fields_that_are_not_given_are_as_if_validated():
    given = {"why": "it decides", "command": "kubectl get pods"}
    put = made(Collect, **given)
    assert put == Collect(**given)
    assert put.model_dump_json() == Collect(**given).model_dump_json()
