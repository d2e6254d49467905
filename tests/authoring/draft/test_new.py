"""A drafted rule loads, finds again what it was drafted from, and fails until its author has spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.analyze import Options, analyze
from arclogs.authoring import draft
from arclogs.authoring.lint import lint
from arclogs.errors import UsageError
from arclogs.rules import load_rules
from arclogs.rules.files.load import RuleSet, load_rule
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import parse_source
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import faults_of, investigate_files, prove
from tests.rules.novel import CASES, files_of

RULES = load_rules()
FIXTURES = pack_directory() / "fixtures"


def write(folder, files):
    for name, text in files.items():
        path = folder / "bundle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "bundle"


def loaded(text, rule_id="my-rule"):
    return load_rule(parse_source(text, Path(f"{rule_id}.yaml")))


def alone(*rules):
    """Return a rule set of these rules only: nothing explains the line away."""
    return RuleSet(tuple(rules), "")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_novel_failure_becomes_a_rule_that_finds_it_again(case, tmp_path):
    bundle = write(tmp_path, files_of(case))
    group, example = next(
        (g, e)
        for g in analyze([bundle], Options()).unexplained
        for e in g.examples
        if case["shows"] in e.text
    )
    place = f"{example.member}:{example.line}"
    rule = loaded(draft.rule_from_line("my-rule", "cause", draft.text_at(place, [bundle])))
    _, verdict = investigate_files(files_of(case), alone(rule))
    assert [f.rule for f in findings_of(verdict)] == ["my-rule"], group.template
    fires, twin = prove(rule, alone(rule), FIXTURES)
    assert fires.faults == ("it is possible, not confirmed",)
    assert twin.faults == ("it fires as possible",)


def test_all_that_is_left_to_do_is_said_by_the_linter(tmp_path):
    log = tmp_path / "job.log"
    log.write_text("2026-11-20T10:04:11.0000000Z ##[error]lattice volume 7 denied\n")
    path = tmp_path / "my-rule.yaml"
    text = draft.rule_from_line("my-rule", "cause", draft.text_at(f"{log}:1", []))
    path.write_text(text, encoding="utf-8")
    problems = lint([path]).problems
    assert {p.check for p in problems} == {"unfinished"}
    todo = [
        n for n, line in enumerate(text.split("\n"), 1) if "TODO" in line and "#" not in line[:1]
    ]
    assert len(problems) == len(todo)


def test_a_symptom_is_drafted_from_a_line(tmp_path):
    log = tmp_path / "job.log"
    log.write_text("2026-11-20T10:04:11.0000000Z ##[error]lattice volume 7 denied\n")
    rule = loaded(draft.rule_from_line("my-rule", "symptom", draft.text_at(f"{log}:1", [])))
    assert rule.kind == "symptom"
    assert prove(rule, alone(rule), FIXTURES)[0].faults == ()


def test_a_cause_behind_a_symptom_is_drafted_from_a_finding():
    bundle = FIXTURES / "founding"
    finding, texts = draft.evidence_of("hook-api-request-failed", [bundle], Options())
    rule = loaded(draft.rule_from_finding("my-rule", "cause", finding, texts))
    assert rule.explains == ["hook-api-request-failed"]
    assert rule.rules_used() == {"hook-api-request-failed"}
    symptom = RULES.get("hook-api-request-failed")
    faults = prove(rule, alone(symptom, rule), FIXTURES)[0].faults
    assert faults == ("it is possible, not confirmed",)


def test_secrets_of_the_line_do_not_get_into_the_rule(tmp_path):
    token = "ghp_" + "a1B2" * 9
    log = tmp_path / "job.log"
    log.write_text(f"2026-11-20T10:04:11.0000000Z ##[error]lattice denied token {token}\n")
    assert token not in draft.rule_from_line("my-rule", "cause", draft.text_at(f"{log}:1", []))


@pytest.mark.parametrize(
    "line",
    ['"quoted" \\ and \' and \u202e', "${{ evil }} {{ x }}", "- [a]: {b} # c", "%TAG !", "\tTab"],
)
def test_hostile_text_stays_text(line, tmp_path):
    log = tmp_path / "job.log"
    log.write_text(f"2026-11-20T10:04:11.0000000Z ##[error]lattice {line} end\n", encoding="utf-8")
    rule = loaded(draft.rule_from_line("my-rule", "cause", draft.text_at(f"{log}:1", [])))
    faults = faults_of(rule, rule.tests[0], investigate_files(rule.tests[0].files, alone(rule))[1])
    assert faults == ["it is possible, not confirmed"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("job.log", "write FILE:LINE"),
        ("job.log:9", "job.log has 2 lines, there is no line 9"),
        ("job.log:0", "there is no line 0"),
        ("job.log:2", "is blank"),
        ("jb.log:1", "did you mean 'job.log'"),
    ],
)
def test_a_place_that_is_none_says_what_to_write(place, says, tmp_path):
    bundle = write(tmp_path, {"job.log": "error: x\n\n"})
    with pytest.raises(UsageError, match=says):
        draft.rule_from_line("my-rule", "cause", draft.text_at(place, [bundle]))


@pytest.mark.parametrize("rule_id", ["My-Rule", "a b", "../up", "", "-a", "a" * 81])
def test_what_is_no_id_is_refused(rule_id):
    with pytest.raises(UsageError, match="no rule id"):
        draft.check_id(rule_id)
