"""What must not change a verdict, and what must: over every rule's own firing tests.

The bundles are those of the rules' tests, so a new rule is held to all of this as soon as it has one.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from arclogs.model.report import CONFIDENCES
from arclogs.rules import load_rules
from arclogs.rules.files.load import RuleSet
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import bundle_of, judge_files

RULES = load_rules()
BY_ID = {rule.id: rule for rule in RULES.rules}
FIXTURES = pack_directory() / "fixtures"
FIRING = [(rule, test) for rule in RULES.rules for test in rule.tests if test.expect.fires]
WORK = '2026-11-20T10:{0:02d}:{0:02d}Z\tINFO\tworker\titem {1} done\t{{"n": {1}}}'
VISIT = '10.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 612 "-" "curl/8.5.0"'
NOISE = {
    "noise/app.log": "\n".join(WORK.format(i % 60, i) for i in range(300)),
    "noise/nginx.log": "\n".join([VISIT] * 50),
    "noise/pods.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web-0, namespace: shop, uid: 1f-2}\n"
    "spec: {serviceAccountName: web}\nstatus: {phase: Running}\n",
}  # fmt: skip


def closure(rule):
    """Return the rule with all that it refers to: enough to judge it, and quick."""
    wanted, found = [rule.id], {}
    while wanted:
        current = BY_ID[wanted.pop()]
        if current.id not in found:
            found[current.id] = current
            wanted += [*current.rules_used()]
    return RuleSet(tuple(r for r in RULES.rules if r.id in found), "")


def verdict(rule, files):
    """Return the rule's confidence, or None where it does not fire."""
    found = finding(rule, files)
    return found and found.confidence


@cache
def unchanged(rule_id, name):
    """Return the bundle of a firing test and the rule's finding on it, each judged once."""
    rule = BY_ID[rule_id]
    files = bundle_of(rule, next(t for t in rule.tests if t.name == name), FIXTURES)
    return files, finding(rule, files)


def each_firing_test(function):
    ids = [f"{rule.id}: {test.name}" for rule, test in FIRING]
    return pytest.mark.parametrize(("rule", "test"), FIRING, ids=ids)(function)


@each_firing_test
def test_noise_line_ends_and_file_names_do_not_matter(rule, test):
    files, found = unchanged(rule.id, test.name)
    changed = {f"deeper/{name}": text.replace("\n", "\r\n") for name, text in files.items()}
    assert verdict(rule, {**NOISE, **changed}) == found.confidence


@each_firing_test
def test_names_of_namespace_and_pods_do_not_matter(rule, test):
    files, found = unchanged(rule.id, test.name)
    renamed = {
        name: re.sub(r"\barc-runners\b", "ci-team-a", text).replace(
            "7hx2q-runner-w", "9kl4c-runner-z"
        )
        for name, text in files.items()
    }
    assert verdict(rule, renamed) == found.confidence


@each_firing_test
def test_taking_a_file_away_never_makes_a_claim_confirmed(rule, test):
    # it may become likelier where the file spoke against it, but proof cannot come from knowing less
    files, found = unchanged(rule.id, test.name)
    before = found.confidence
    if any(outcome.doubted_by for outcome in judge_files(files, closure(rule)).outcomes[rule.id]):
        before = "confirmed"  # it would be, but for a file that may not even speak of it
    for gone in files if len(files) > 1 else ():
        after = verdict(rule, {name: text for name, text in files.items() if name != gone})
        assert after != "confirmed" or before == "confirmed", f"without {gone}"


ELSEWHERE = """\
2026-11-20T09:04:10.0010000Z Runner name: '{0}'
2026-11-20T09:04:10.3000000Z Complete job name: build
2026-11-20T09:04:11.0000000Z ##[group]Run '/home/runner/k8s/index.js'
2026-11-20T09:04:11.0010000Z shell: /home/runner/externals/node20/bin/node {{0}}
2026-11-20T09:04:11.0020000Z ##[endgroup]
2026-11-20T09:04:12.0000000Z ##[error]{1}
2026-11-20T09:04:12.0010000Z ##[error]Process completed with exit code 1.
"""
HIDDEN = (
    "HttpError: HTTP request failed",
    "Error: failed to create job pod: HttpError: HTTP request failed",
    "Error: pod failed to come online with error: Error: Pod {0}-workflow is unhealthy with phase "
    "status Pending",
)
"""What the hook says where many causes are possible."""


@each_firing_test
def test_what_another_runner_met_hides_nothing(rule, test):
    files, found = unchanged(rule.id, test.name)
    name = "aaa-00000-runner-00000"
    others = {
        f"other/{at}.log": ELSEWHERE.format(name, error.format(name))
        for at, error in enumerate(HIDDEN)
    }
    after = verdict(rule, {**others, **files})
    assert after in CONFIDENCES[: CONFIDENCES.index(found.confidence) + 1]


NEIGHBOURS = ("sa-token-rejected", "workflow-pod-unschedulable")
"""Rules whose first bundles stand for other scale sets that are broken otherwise."""
OTHER_NAMES = {"arc-runners": "team-b", "arc-systems": "team-b-systems", "7hx2q": "9kl4c",
               "w9k4d": "zq2lf", "linux-": "gpu-"}  # fmt: skip
EITHERS = {
    "node-clock-skew": "a log that names no pod may be of either",
    "resource-quota-exceeded": "a log that names no pod is of where runners are known to be",
    "workflow-pod-name-collision": "pods are listed for the other namespace, which may be this one",
    "dind-daemon-not-ready": "the container mode is known of the other only",
    "workflow-image-pull-failed": "events that show no namespace may be of this one",
    "workflow-pod-unschedulable": "events that show no namespace may be of this one",
    "workflow-pod-node-out-of-resources": "events that show no namespace may be of this one",
    "listener-on-unsuitable-node": "it may be either of two pods that no node takes",
}
"""Rules that may be less sure then, and why that is right."""


@cache
def neighbour(rule_id):
    files, _ = unchanged(rule_id, next(t.name for r, t in FIRING if r.id == rule_id))
    renamed = {}
    for name, text in files.items():
        for old, new in OTHER_NAMES.items():
            text = text.replace(old, new)
        renamed[f"team-b/{name}"] = text
    return renamed


@each_firing_test
def test_another_scale_set_that_is_broken_too_hides_nothing(rule, test):
    files, found = unchanged(rule.id, test.name)
    for other in NEIGHBOURS:
        if other != rule.id and rule.id not in EITHERS:
            after = verdict(rule, {**files, **neighbour(other)})
            assert after in CONFIDENCES[: CONFIDENCES.index(found.confidence) + 1], other


@each_firing_test
def test_an_empty_bundle_is_silent(rule, test):
    assert verdict(rule, dict.fromkeys(bundle_of(rule, test, FIXTURES), "")) is None


def finding(rule, files):
    """Return what the rule finds, or None where it does not fire."""
    outcomes = judge_files(files, closure(rule))
    return next((f for f in findings_of(outcomes) if f.rule == rule.id), None)


def without_cited_lines(files, found):
    lines = {name: text.split("\n") for name, text in files.items()}
    for evidence in found.evidence:
        if evidence.role == "supports" and not evidence.text.startswith("("):
            lines[evidence.member][evidence.line - 1] = ""
    return {name: "\n".join(rest) for name, rest in lines.items()}


@each_firing_test
def test_taking_the_cited_lines_away_moves_the_verdict(rule, test):
    files, found = unchanged(rule.id, test.name)
    before = found.confidence
    for _ in range(8):  # a line that stands in the log again proves the same: take that too
        files = without_cited_lines(files, found)
        found = finding(rule, files)
        if found is None or found.confidence != before:
            return
    pytest.fail(f"still {before}")


@each_firing_test
def test_every_finding_cites_a_line(rule, test):
    _, found = unchanged(rule.id, test.name)
    assert any(evidence.role == "supports" for evidence in found.evidence)
