"""Loading rules: each file in `broken/` names in its first line the error that it must give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from arclogs.errors import RuleError, UsageError
from arclogs.rules import load_rules

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.stem)
def test_broken_rule_says_what_and_where(path, tmp_path):
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    shutil.copy(path, tmp_path)
    with pytest.raises(RuleError) as raised:
        load_rules([tmp_path])
    assert expected in str(raised.value)
    assert str(tmp_path / path.name) in str(raised.value)


def test_deep_nesting_is_refused_before_the_parser_sees_it(tmp_path):
    (tmp_path / "deep.yaml").write_text("id: " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(RuleError, match="nested too deeply"):
        load_rules([tmp_path])


def test_large_file_is_refused(tmp_path):
    (tmp_path / "large.yaml").write_text("# " + "x" * 600_000, encoding="utf-8")
    with pytest.raises(RuleError, match="larger than"):
        load_rules([tmp_path])


def test_missing_folder_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no rule folder"):
        load_rules([tmp_path / "nowhere"])


SYMPTOM = """
id: {id}
kind: symptom
title: mine
area: hook
severity: high
signals: {{a: {{log: job, contains: x}}}}
confidence: {{confirmed: [a]}}
"""


def test_a_folder_adds_rules_and_changes_the_hash(tmp_path):
    (tmp_path / "mine.yaml").write_text(SYMPTOM.format(id="mine"), encoding="utf-8")
    both = load_rules([tmp_path])
    assert [r.title for r in both.rules if r.id == "mine"] == ["mine"]
    assert both.get("sa-token-rejected")
    assert both.hash != load_rules().hash


def test_a_rule_of_the_same_id_replaces_the_shipped_one(tmp_path):
    path = tmp_path / "hook-process-exited.yaml"
    path.write_text(SYMPTOM.format(id="hook-process-exited"), encoding="utf-8")
    titles = {r.id: r.title for r in load_rules([tmp_path]).rules}
    assert titles["hook-process-exited"] == "mine"


def test_two_rules_of_one_id_in_a_folder_are_an_error(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.yaml").write_text(SYMPTOM.format(id="mine"), encoding="utf-8")
    with pytest.raises(RuleError, match="is also that of"):
        load_rules([tmp_path])


def test_links_out_of_the_pack_are_only_files_that_fail_to_be_rules(tmp_path):
    (tmp_path / "outside.yaml").symlink_to(Path(__file__))
    with pytest.raises(RuleError):
        load_rules([tmp_path])


def test_order_and_hash_do_not_depend_on_the_file_system(tmp_path):
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.yaml").write_text(SYMPTOM.format(id=name), encoding="utf-8")
    again = tmp_path / "again"
    again.mkdir()
    for name in ("c", "a", "b"):
        shutil.copy(tmp_path / f"{name}.yaml", again)
        (tmp_path / f"{name}.yaml").unlink()
        shutil.move(again / f"{name}.yaml", tmp_path)
    first = load_rules([tmp_path])
    assert [r.id for r in first.rules] == [r.id for r in load_rules([tmp_path]).rules]
    assert load_rules([tmp_path]).hash == first.hash


def test_did_you_mean():
    assert load_rules().suggest("sa-token-rejectd") == "sa-token-rejected"


def test_a_pack_may_ask_for_a_newer_arclogs(tmp_path):
    (tmp_path / "pack.yaml").write_text("name: mine\nrequires: '99.0'\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"pack.yaml:2:1: the pack needs arclogs 99.0 or newer"):
        load_rules([tmp_path])


def test_packs_are_named_with_their_versions(tmp_path):
    (tmp_path / "pack.yaml").write_text("name: mine\nversion: '3'\n", encoding="utf-8")
    assert [(p.name, p.version) for p in load_rules([tmp_path]).packs][1:] == [("mine", "3")]


def test_a_wrong_manifest_names_its_place(tmp_path):
    (tmp_path / "pack.yaml").write_text("name: ../up\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"pack.yaml:1:1: name: "):
        load_rules([tmp_path])
