"""The same scenario gives the same findings, whoever collected it and however it was packed.

Where a layout cannot hold what decides, the answer is less sure and what is missing is named.
"""

from __future__ import annotations

import io
from functools import cache

import pytest

from arclogs.analyze import investigate
from arclogs.rules import load_rules
from arclogs.rules.findings.report import findings_of
from arclogs.rules.judging.coverage import coverage
from tests.layouts import CONTAINERS, LAYOUTS, scenario, tarred

CASES = {
    "founding-with-accounts": "sa-token-rejected",
    "account-lacks-role": "sa-missing-permissions",
}
WHOLE = [
    "script_old",
    "flat",
    "support_bundle",
    "must_gather",
    "job_archive",
    "ticket",
    "transcript",
]
"""Layouts that hold accounts and roles where these were collected, beside `script`."""
# One file an object: nothing proves that there is no other role. It is as good for any other case.
LESS_SURE = {("must_gather", "account-lacks-role"): "likely"}
rules = cache(load_rules)


def judged(data, name="bundle.tar"):
    """Return the findings and the coverage of a bundle."""
    source = io.BytesIO(data)
    source.name = name
    found = investigate(rules(), [source])
    return findings_of(found.verdict), coverage(found.gathered, found.verdict, found.case)


@cache
def of_layout(layout, sample):
    return judged(tarred(LAYOUTS[layout](scenario(sample))))


def shown(findings):
    return [(f.rule, f.kind, f.confidence, f.count, f.explained_by) for f in findings]


@pytest.mark.parametrize("sample", CASES)
@pytest.mark.parametrize("layout", WHOLE)
def test_a_layout_that_holds_the_evidence_gives_the_same_findings(layout, sample):
    findings, covered = of_layout(layout, sample)
    sure = LESS_SURE.get((layout, sample), "confirmed")
    assert (findings[0].rule, findings[0].confidence) == (CASES[sample], sure)
    if sure == "confirmed":
        assert shown(findings) == shown(of_layout("script", sample)[0])
    assert covered.complete


def test_a_layout_without_accounts_is_less_sure_and_says_so():
    findings, covered = of_layout("cluster_dump", "founding-with-accounts")
    assert (findings[0].rule, findings[0].confidence) == ("sa-token-rejected", "possible")
    missing = {item.what: item.command for item in covered.missing}
    assert "get sa,role,rolebinding" in missing["service accounts, roles and role bindings"]
    assert findings[0].collect


@pytest.mark.parametrize("container", CONTAINERS)
def test_how_files_are_packed_changes_nothing(container):
    files = LAYOUTS["script"](scenario("founding-with-accounts"))
    findings, covered = judged(CONTAINERS[container](files), container)
    assert shown(findings) == shown(of_layout("script", "founding-with-accounts")[0])
    assert covered.complete


@pytest.mark.parametrize("layout", ["support_bundle", "must_gather", "cluster_dump", "ticket"])
def test_a_layout_with_nothing_wrong_stays_silent(layout):
    assert of_layout(layout, "healthy")[0] == ()
