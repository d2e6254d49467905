"""The engine, case by case: `cases/*.yaml` hold rules, the files of a bundle and what must come out.

A case gives `rules` (fragments: id, kind, signals, confidence …, the rest is filled in), `files`, and
`expect`: per rule either null (no finding) or confidence, signals (name: held, failed, not collected),
count, entities, explained_by, fix (text that some command must hold).
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from arclogs.rules.files.load import RuleSet, _ordered, load_rule
from arclogs.rules.files.source import RuleSource
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import investigate_files

CASES = sorted(
    (path.stem, case["name"], case)
    for path in (Path(__file__).parent / "cases").glob("*.yaml")
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
)
DEFAULTS = {"title": "t", "area": "rbac", "severity": "high", "explain": "e"}


def rule_set(fragments):
    rules = {}
    for fragment in fragments:
        source = RuleSource(
            Path(f"{fragment['id']}.yaml"), {**DEFAULTS, "kind": "cause", **fragment}
        )
        rules[fragment["id"]] = load_rule(source)
    return RuleSet(_ordered(rules), "")


@pytest.mark.parametrize("case", [c for *_, c in CASES], ids=[f"{f}: {n}" for f, n, _ in CASES])
def test_case(case):
    verdict = investigate_files(case.get("files", {}), rule_set(case["rules"]))[1]
    found = {f.rule: f for f in reversed(findings_of(verdict))}  # the surest of each rule
    for rule_id, expected in case["expect"].items():
        if expected is None:
            assert rule_id not in found
            continue
        outcome = max(verdict.outcomes[rule_id], key=lambda o: len(o.held))
        for name, truth in expected.get("signals", {}).items():
            result = outcome.results[name]
            assert result.truth.value == truth, f"{name}: {result.why}"
        for name, why in expected.get("why", {}).items():
            assert why in outcome.results[name].why
        if "confidence" not in expected:
            continue
        if expected["confidence"] is None:
            assert rule_id not in found
            continue
        finding = found[rule_id]
        assert finding.confidence == expected["confidence"]
        assert finding.explained_by == expected.get("explained_by")
        assert expected.get("count", finding.count) == finding.count
        assert expected.get("last_seen", finding.last_seen) == finding.last_seen
        assert expected.get("entities", {}).items() <= finding.entities.items()
        for text in expected.get("commands", []):
            assert text in [step.command for step in finding.fix]


def test_there_are_cases():
    assert len(CASES) > 15
