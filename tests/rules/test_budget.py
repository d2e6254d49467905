"""No rule may cost far more than the others, counted in work and not in time.

Wall time on a shared machine tells little. What a rule costs is what it makes the engine do: characters
that its patterns are searched in, and signals evaluated, one for each combination of entities. Both
are the same on every machine, and the same bundle is judged by all rules: the firing tests of the
whole pack, laid side by side. A pattern that is slow on the same characters is the linter's affair
(`catastrophic-pattern`) and the engine's (a timeout).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

from arclogs.rules import RuleSet, load_rules
from arclogs.rules.files.load import _ordered, load_rule
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import RuleSource
from arclogs.rules.judging.engine import _Engine
from arclogs.rules.judging.evaluate import Evaluator
from arclogs.rules.language import patience
from arclogs.rules.matching import match_text
from arclogs.rules.proving import bundle_of, judge_files

RULES = load_rules()
MOST = 20
"""Times the median; the costliest rule of the pack stands at ten when this was written."""


def whole_pack(rules=RULES.rules):
    """Return the files of the first firing test of every rule, in a folder for each."""
    files: dict[str, str] = {}
    for rule in rules:
        test = next((t for t in rule.tests if t.expect.fires), None)
        if test is not None:
            bundle = bundle_of(rule, test, pack_directory() / "fixtures")
            files |= {f"{rule.id}/{name}": text for name, text in bundle.items()}
    return files


def work_of(rules, files, monkeypatch):
    """Return what each rule makes the engine do: signals evaluated and kilobytes searched."""
    work: Counter[str] = Counter()
    at_work = [""]
    evaluate, match = _Engine.evaluate, Evaluator.match

    def evaluated(self, rule):
        at_work[0] = rule.id
        return evaluate(self, rule)

    def matched(self, *args):
        work[at_work[0]] += 1
        return match(self, *args)

    def searched(pattern, text):
        work[at_work[0]] += 1 + len(text) // 1000
        return patience.search(pattern, text)

    monkeypatch.setattr(_Engine, "evaluate", evaluated)
    monkeypatch.setattr(Evaluator, "match", matched)
    monkeypatch.setattr(match_text, "search", searched)
    judge_files(files, rules)
    return work


def over_budget(work):
    limit = MOST * median(work.values())
    return [f"{rule}: {units} units, allowed are {limit:g}" for rule, units in work.most_common()
            if units > limit]  # fmt: skip


def test_no_rule_is_far_above_the_median(monkeypatch):
    assert over_budget(work_of(RULES, whole_pack(), monkeypatch)) == []


SPENDTHRIFT = {
    "id": "spendthrift", "kind": "cause", "title": "t", "area": "hook", "severity": "low",
    "explain": "e",
    "signals": {
        "anything": {"log": ["controller", "listener", "runner", "job", "hook"], "match": "[a-z]"},
        "more": {"log": ["controller", "listener", "runner", "job", "hook"], "match": "[a-z]+"},
        "object": {"object": "Pod", "capture": {"any_pod": "metadata.name"}},
    },
    "confidence": {"possible": ["anything", "more", "object"]},
}  # fmt: skip


def test_a_rule_that_looks_at_everything_is_named(monkeypatch):
    broad = load_rule(RuleSource(Path("spendthrift.yaml"), SPENDTHRIFT))
    rules = RuleSet(_ordered({r.id: r for r in (*RULES.rules, broad)}), "")
    (named,) = over_budget(work_of(rules, whole_pack(), monkeypatch))
    assert named.startswith("spendthrift: ")
