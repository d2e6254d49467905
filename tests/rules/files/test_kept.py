"""What is kept of rules is what was read; what is not what was kept is not taken over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arclogs.cache import Cache
from arclogs.model.frozen import Frozen
from arclogs.rules import load_rules
from arclogs.rules.files import kept_models
from arclogs.rules.files.kept_models import Unkept, from_text, to_text
from arclogs.rules.files.load import _shipped
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.language.signals import Near

RULES = load_rules()


def models_in(value):
    """Yield every model in a value."""
    if isinstance(value, Frozen):
        yield value
        value = [item for _, item in value]
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from models_in(item)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_comes_back_as_it_was(rule):
    added = {"path": rule.path, "shipped": rule.shipped}
    again = from_text(to_text(rule)).model_copy(added)
    assert again == rule
    assert again.model_dump() == rule.model_dump()
    types = [type(model) for model in models_in(rule)]
    assert [type(model) for model in models_in(again)] == types
    for mine, other in zip(models_in(again), models_in(rule)):
        assert {n: type(value) for n, value in mine} == {n: type(value) for n, value in other}


def test_known_issues_and_packs_come_back_as_they_were():
    kept = [*RULES.known_issues, *RULES.packs]
    assert from_text(to_text(kept)) == kept


def test_every_model_of_the_rules_is_known():
    found = {type(m) for m in models_in([*RULES.rules, *RULES.known_issues, *RULES.packs])}
    assert found <= set(kept_models._MODELS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"\\u0000": "os.system"}',
        '{"\\u0000": ["Rule"]}',
        '{"\\u0000": "LogSignal"}',
        '{"\\u0000": "LogSignal", "log": ["nobody"]}',
        "[" * 100_000,
    ],
)
def test_other_text_is_refused(text):
    with pytest.raises(Unkept):
        from_text(text)


@pytest.mark.parametrize("value", [{"\0": "Rule"}, Path("x"), (1, 2), {1: object()}])
def test_other_values_are_refused(value):
    with pytest.raises(Unkept):
        to_text(value)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"1", b'{"files": 1}', b'{"files": {}, "literals": 1}', b'{"literals": {"a": 1}}'],
)
def test_whatever_stands_in_the_cache_the_rules_are_the_same(tmp_path, monkeypatch, content):
    kept = Cache(tmp_path)
    load_rules((), kept)
    _shipped.cache_clear()
    monkeypatch.setattr(Cache, "get", lambda *_: content)
    assert load_rules((), kept).rules == RULES.rules


def test_a_kept_rule_is_not_taken_for_another_kind_of_file(tmp_path):
    """A manifest with the text of a rule is the fault that it is."""
    kept = Cache(tmp_path / "cache")
    mine = tmp_path / "mine"
    mine.mkdir()
    shipped = next(
        p for p in sorted(pack_directory().rglob("*.yaml")) if p.stem == "runner-oomkilled"
    )
    (mine / shipped.name).write_bytes(shipped.read_bytes())
    assert load_rules((mine,), kept).get(shipped.stem)
    (mine / shipped.name).rename(mine / "pack.yaml")
    with pytest.raises(Exception, match="pack") as without:
        load_rules((mine,))
    with pytest.raises(type(without.value)) as with_kept:
        load_rules((mine,), kept)
    assert str(with_kept.value) == str(without.value)


def test_json_holds_what_is_not_as_usual_and_where_no_file_lies():
    rule = RULES.rules[0]
    stated = json.loads(to_text(rule))
    assert stated["id"] == rule.id
    assert not stated.keys() & {"path", "shipped", "parent"}
    assert rule.parent is None
    assert json.loads(to_text(Near(signal="x"))) == {"\0": "Near", "signal": "x"}
