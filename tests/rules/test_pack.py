"""Every rule of the pack proves itself: its own tests, inside its own file."""

from __future__ import annotations

import pytest

from arclogs.rules import load_rules
from arclogs.rules.files.load import load_rule, rule_files
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import read_source
from arclogs.rules.language.template import slots
from arclogs.rules.proving import prove

RULES = load_rules()
FIXTURES = pack_directory() / "fixtures"
BY_ID = {rule.id: rule for rule in RULES.rules}
CAUSES = [rule for rule in RULES.rules if rule.kind == "cause"]


def test_every_file_is_valid_with_its_patterns_compiled():
    """A start of arclogs takes the shipped patterns as proven: this is where they are proven."""
    for path in rule_files(pack_directory()):
        load_rule(read_source(path), proven=False)


@pytest.mark.parametrize("rule", [r for r in RULES.rules if r.tests], ids=lambda r: r.id)
def test_rule_passes_its_own_tests(rule):
    failed = [p for p in prove(rule, RULES, FIXTURES) if p.faults]
    assert not failed, "\n".join(f"{p.test}: {'; '.join(p.faults)}: {p.tree}" for p in failed)


@pytest.mark.parametrize("rule", CAUSES, ids=lambda r: r.id)
def test_cause_has_a_firing_test_and_a_silent_twin(rule):
    assert any(t.expect.fires for t in rule.tests)
    assert any(not t.expect.fires or t.expect.confidence == "possible" for t in rule.tests)


@pytest.mark.parametrize("rule", CAUSES, ids=lambda r: r.id)
def test_cause_says_what_to_do_and_how_to_verify_it(rule):
    assert rule.fix
    assert rule.verify
    assert rule.collect
    assert rule.references


@pytest.mark.parametrize("rule", CAUSES, ids=lambda r: r.id)
def test_commands_that_change_something_say_so(rule):
    changing = (
        "delete",
        "patch",
        "edit",
        "uninstall",
        "upgrade",
        "install",
        "label",
        "create",
        "set ",
    )
    for step in (*rule.fix, *rule.verify):
        verbs = (step.command or "").split("--")[0]
        if any(f" {verb}" in f" {verbs}" for verb in changing) and "auth can-i" not in verbs:
            assert step.risk != "read-only" or "--dry-run" in (step.command or ""), step.command


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda r: r.id)
def test_signals_say_what_they_mean(rule):
    assert all(signal.says for signal in rule.signals.values())


@pytest.mark.parametrize("rule", CAUSES, ids=lambda r: r.id)
def test_template_variables_can_be_bound(rule):
    known = {"ns", "pod", "t", "job", "step", "runner", "container", "hook", "object", "message"}
    for signal in rule.signals.values():
        known |= set(getattr(signal, "capture", {}))
        known |= {
            str(v).lstrip("$") for v in getattr(signal, "where", {}).values() if str(v)[:1] == "$"
        }
        for text in (
            getattr(signal, "match", None),
            getattr(getattr(signal, "event", None), "message", None),
        ):
            known |= {part.split(">")[0] for part in (text or "").split("(?<")[1:]}
        for other in getattr(signal, "rule", ()):
            for inner in BY_ID[other].signals.values():
                known |= {
                    p.split(">")[0] for p in (getattr(inner, "match", "") or "").split("(?<")[1:]
                }
    texts = [
        rule.explain,
        rule.impact,
        *(s.title for s in rule.fix),
        *(s.command or "" for s in rule.fix),
    ]
    unbound = {name for text in texts for name in slots(text)} - known
    assert not unbound
