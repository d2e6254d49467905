"""A rule pack may come from anybody: it can neither run code, nor read files, nor hang the run."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from arclogs.analyze import Options, analyze
from arclogs.errors import RuleError
from arclogs.rules import load_rules
from arclogs.rules.files.load import RuleSet, load_rule
from arclogs.rules.files.source import parse_source, read_source
from arclogs.rules.language import patience
from arclogs.rules.proving import investigate_files

CASES = yaml.safe_load((Path(__file__).parent / "hostile_packs.yaml").read_text(encoding="utf-8"))
TEXTS = 150
LINES = "".join(
    f"2026-11-20T10:{i // 60:02d}:{i % 60:02d}.0000000Z ##[error]x{'a' * 40}! {i}\n"
    for i in range(TEXTS)
)
PODS = "\n---\n".join(
    "apiVersion: v1\nkind: Pod\n"
    f"metadata: {{name: p{i}, namespace: n, annotations: {{long: {'a' * 40}!}}}}"
    for i in range(TEXTS)
)
FILES = {"job.log": "2026-11-20T09:04:10.0000000Z ##[group]Run x\n" + LINES, "pods.yaml": PODS}


def rule_text(case):
    if "text" in case:
        return case["text"]
    rule = {
        "id": "hostile",
        "kind": "symptom",
        "title": "t",
        "area": "hook",
        "severity": "low",
        "signals": {"a": case.get("signal", {"log": "job", "contains": "aaa"})},
        "confidence": {"confirmed": ["a"]},
        "explain": case.get("explain", ""),
        "tests": case.get("tests", []),
    }
    return yaml.safe_dump(rule, sort_keys=False, width=10_000)


@pytest.mark.parametrize("case", [c for c in CASES if "load" in c], ids=lambda c: c["name"])
def test_it_is_refused_with_its_place(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "hostile.yaml"
    path.write_text(rule_text(case), encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_rule(read_source(path))
    assert case["load"] in str(raised.value)
    assert str(raised.value).startswith(f"{path}:")
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def timeouts(monkeypatch):
    """Return the list of the timeouts that patterns ran into."""
    told = []
    monkeypatch.setattr(patience, "TIMEOUT", 0.05)
    monkeypatch.setattr(patience, "SHORT_TIMEOUT", 0.002)
    tell = patience.Patience._tell

    def tell_and_count(self, timeout):
        told.append(timeout)
        tell(self, timeout)

    monkeypatch.setattr(patience.Patience, "_tell", tell_and_count)
    return told


@pytest.mark.parametrize("case", [c for c in CASES if "note" in c], ids=lambda c: c["name"])
def test_it_is_given_up_and_says_what_was_not_searched(case, timeouts):
    rule = load_rule(parse_source(rule_text(case), Path("hostile.yaml")))
    _, verdict = investigate_files(FILES, RuleSet((rule,), ""))
    assert [n.detail for n in verdict.notes if case["note"] in n.detail]
    assert timeouts == [0.05] * patience.STRIKES


def test_many_patterns_that_take_long_share_one_patience(timeouts):
    shared = patience.Patience()
    for number in range(30):
        for _ in range(4):
            shared.search(f"^(?:a|aa)+$|^{number}$", "a" * 40 + "!", 0)
    assert timeouts == [0.05] * patience.MOST_TIMEOUTS + [0.002] * (
        30 - patience.MOST_TIMEOUTS // 2
    )


def test_a_slow_pattern_does_not_silence_the_rules_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "TIMEOUT", 0.05)
    case = next(c for c in CASES if "note" in c)
    (tmp_path / "hostile.yaml").write_text(rule_text(case), encoding="utf-8")
    fine = {
        **yaml.safe_load(rule_text({"signal": {"log": "job", "contains": "aaa"}})),
        "id": "fine",
    }
    (tmp_path / "fine.yaml").write_text(yaml.safe_dump(fine), encoding="utf-8")
    bundle = tmp_path / "job.log"
    bundle.write_text(FILES["job.log"], encoding="utf-8")
    report = analyze([bundle], Options((tmp_path,)))
    assert "fine" in [f.rule for f in report.findings]
    assert [n.member for n in report.coverage.notes if n.code == "rule.timeout"] == ["rule hostile"]


def test_a_link_to_a_large_file_is_not_read_to_its_end(tmp_path):
    large = tmp_path / "large"
    with large.open("wb") as stream:
        stream.truncate(1 << 40)
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.yaml").symlink_to(large)
    with pytest.raises(RuleError, match="larger than 512 KiB"):
        load_rules([pack])
