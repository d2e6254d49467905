from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.objects.yaml.text import Refusal, load_yaml, salvage_yaml
from arclogs.model.coverage import Code


def refused(text: str) -> Code | None:
    result = load_yaml(text)
    return result.code if isinstance(result, Refusal) else None


def test_stamps_words_and_quoted_numbers_stay_text():
    text = 'at: 2026-03-02T07:44:10Z\nanswer: no\nid: "4"\ncount: 4\nnone: null\nhash: 52481e0994\n'
    assert load_yaml(text) == {
        "at": "2026-03-02T07:44:10Z",
        "answer": "no",
        "id": "4",
        "count": 4,
        "none": None,
        "hash": "52481e0994",
    }


def test_an_alias_bomb_is_refused_at_once():
    laughs = "a0: &a0 [x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
    )
    assert refused(laughs) is Code.YAML_ALIAS_LIMIT


def test_many_aliases_of_one_large_node_are_refused():
    big = "a: &a\n" + "- x\n" * 50_000 + "".join(f"k{i}: *a\n" for i in range(101))
    started = time.monotonic()
    assert refused(big) is Code.YAML_ALIAS_LIMIT
    assert time.monotonic() - started < 5


def test_a_few_aliases_are_resolved():
    assert load_yaml("a: &a [1]\nb: *a\n") == {"a": [1], "b": [1]}


@pytest.mark.parametrize("lead", ["[&a [x], ", "{k: &a [x], l: ", "{k: !!seq &a [x], l: "])
def test_anchors_are_seen_wherever_they_stand(lead):
    closing = "]" if lead.startswith("[") else "}"
    text = f"a: {lead}[{', '.join(['*a'] * 101)}]{closing}\n"
    assert refused(text) is Code.YAML_ALIAS_LIMIT


def test_merge_keys_that_double_thirty_times_are_refused():
    text = "a0: &a0 {x: 1}\n" + "".join(
        f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n" for i in range(1, 31)
    )
    assert refused(text) is Code.YAML_ALIAS_LIMIT


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_of_a_hundred_thousand_levels_is_refused_in_no_time(opening):
    started = time.monotonic()
    assert refused("a:\n  " + opening * 100_000) is Code.YAML_TOO_DEEP
    assert time.monotonic() - started < 5


def test_brackets_in_a_block_scalar_are_no_nesting():
    script = "".join(f"    {{[({{[ line {i}\n" for i in range(1000))
    value: Any = load_yaml(f"data:\n  script: |\n{script}")
    assert "line 999" in value["data"]["script"]


def test_bullets_and_emphasis_in_a_block_scalar_are_no_aliases():
    text = "".join(f"    see *this{i} & that\n" for i in range(300))
    value: Any = load_yaml(f"data:\n  readme: |\n{text}")
    assert "*this299" in value["data"]["readme"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: [1\n",
        "a: 'open\n",
        "a:\n\tb: 1\n",
        "a: \x07\n",
        "a: &x [*x]\n",
        "a: {{ template }}\n",
        "a: 99999999999999999999999\n",
    ],
)
def test_what_is_no_clean_yaml_is_a_syntax_note_and_no_exception(text):
    assert refused(text) is Code.YAML_SYNTAX


def test_tags_run_nothing():
    value = load_yaml('a: !!python/object/apply:os.system ["echo"]\nb: !!python/name:os.system x\n')
    assert isinstance(value, dict)
    assert value["a"] == ["echo"]


def test_a_note_names_the_line_of_the_text_and_no_place_of_its_own():
    result = load_yaml("a: 1\nb:\n  c: [1, 2\nd: 3\n")
    assert isinstance(result, Refusal)
    assert "line" not in result.detail
    assert 0 < result.line <= 3


def test_what_stands_before_the_break_can_be_saved():
    text = "kind: Pod\nmetadata:\n  name: x\n  labels: {a: b\nspec:\n"
    bad = load_yaml(text)
    assert isinstance(bad, Refusal)
    assert salvage_yaml(text, bad) == {"kind": "Pod", "metadata": {"name": "x"}}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:- \n\t{}[]&*!|>'\"#?%@\\\u0085\u2028\ufeff\ud800x1")))
def test_any_text_is_read_or_refused(text):
    result = load_yaml(text)
    if isinstance(result, Refusal):
        salvage_yaml(text, result)
        assert result.line >= 0
