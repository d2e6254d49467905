"""Reports are put together without validating: here they are validated, without any leniency."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arclogs.analyze import investigate, redacted, report_of
from arclogs.model.report import Collect, Report, Step
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
    assert Collect(**given) == Collect.model_validate(given)
    assert Step(title="look").model_dump() == Step.model_validate({"title": "look"}).model_dump()


def test_the_published_schema_is_that_of_the_model():
    published = ROOT / "arclogs" / "model" / "report.schema.json"
    assert json.loads(published.read_text()) == Report.model_json_schema(mode="serialization")
