"""Known issues: `known_issue_cases/` says where a bug is told, and what a broken file says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from arclogs.authoring.lint import lint
from arclogs.case.facts import Facts
from arclogs.errors import RuleError
from arclogs.model.location import Location
from arclogs.model.observation import Statement
from arclogs.model.report import Evidence, Finding
from arclogs.rules import load_rules
from arclogs.rules.files.known_issues import FILE, KnownBug, place_known_issues

CASES = Path(__file__).parent / "known_issue_cases"
PLACED, BROKEN = (
    [
        pytest.param(case, id=case["name"])
        for case in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    ]
    for name in ("placed", "broken")
)
MINE = """
id: mine
kind: symptom
title: mine
area: hook
severity: high
signals: {a: {log: job, contains: x}}
confidence: {confirmed: [a]}
"""


def bug(**said):
    given = {"id": "b", "title": "t", "rules": "struck", "references": [{"url": "u"}], **said}
    return KnownBug.model_validate(given)


def finding(rule, lines=()):
    evidence = [
        Evidence(signal="s", member="m", line=at, timestamp=None, text=line)
        for at, line in enumerate(lines, 1)
    ]
    return Finding(
        rank=1, rule=rule, kind="cause", title="t", area="hook", severity="high",
        confidence="likely", summary="s", evidence=tuple(evidence),
    )  # fmt: skip


@pytest.mark.parametrize("case", PLACED)
def test_where_a_bug_is_told(case):
    stated = {
        name: tuple(Statement(name, v, Location("versions.txt", 3), v) for v in values)
        for name, values in case["versions"].items()
    }
    findings = [finding("struck" if case["fires"] else "another", case.get("lines", ()))]
    (found,), unseen = place_known_issues([bug(**case["bug"])], findings, Facts(stated))
    told = dict(
        [("seen", i.version) for i in found.known_issues] + [("unseen", i.version) for i in unseen]
    )
    assert told == case["expect"]
    for issue in (*found.known_issues, *unseen):
        assert (issue.member, issue.line) == (("versions.txt", 3) if issue.version else (None, 0))


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_says_what_and_where(case, tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / FILE).write_text(case["text"], encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_rules([tmp_path])
    assert case["says"] in str(raised.value)
    assert str(tmp_path / FILE) in str(raised.value)
    (problem,) = [p for p in lint([tmp_path]).problems if p.check == "known-issues"]
    assert case["says"] in str(problem)


def test_a_pack_adds_bugs_and_replaces_shipped_ones_by_id(tmp_path):
    shipped = load_rules()
    text = (
        "- {id: %s, title: mine, component: arc, affected: {to: '9.0'}, rules: [mine],"
        " references: [{url: u}]}\n"
    )
    taken = shipped.known_issues[0].id
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / FILE).write_text(text % taken + text % "another", encoding="utf-8")
    both = load_rules([tmp_path])
    assert [b.id for b in both.known_issues if b.title == "mine"] == [taken, "another"]
    assert len(both.known_issues) == len(shipped.known_issues) + 1


def test_the_bytes_of_the_file_change_the_hash(tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    without = load_rules([tmp_path]).hash
    (tmp_path / FILE).write_text("[]\n", encoding="utf-8")
    assert load_rules([tmp_path]).hash != without


def test_every_bug_of_the_pack_is_linked_to_a_rule_about_it():
    rules = load_rules()
    for known in rules.known_issues:
        assert all(rules.get(r) for r in known.rules)
        assert all(ref.url.startswith("https://github.com/actions/") for ref in known.references)
