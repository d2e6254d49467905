from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from arclogs.ingest.objects.documents import Entry, Feed, ListEnd, Problem
from arclogs.ingest.objects.json.documents import read_json
from arclogs.ingest.objects.manifest import read_documents
from arclogs.model.coverage import Code

DATA = Path(__file__).parents[2] / "data/objects"
LIST = (DATA / "rbac-list.json").read_text("utf-8")
COMPACT = (DATA / "rbac-compact.json").read_text("utf-8")


def parts(text: str) -> list[object]:
    return list(read_documents(Feed(text.split("\n"), 1)))


def entries(text: str) -> list[Entry]:
    return [part for part in parts(text) if isinstance(part, Entry)]


def ends(text: str) -> list[ListEnd]:
    return [part for part in parts(text) if isinstance(part, ListEnd)]


def codes(text: str) -> list[Code]:
    return [part.code for part in parts(text) if isinstance(part, Problem)]


@pytest.mark.parametrize("text", [LIST, COMPACT], ids=["pretty", "compact"])
def test_a_list_is_read_item_by_item(text):
    found = entries(text)
    assert [entry.value for entry in found] == json.loads(LIST)["items"]
    (end,) = ends(text)
    assert (end.complete, end.line, end.envelope["kind"]) == (True, 1, "List")


def test_items_know_their_lines():
    lines = LIST.split("\n")
    for entry in entries(LIST):
        assert lines[entry.text.first_line - 1] == "        {"
        found = entry.text.find(("metadata", "name"))
        assert found is not None
        assert lines[found[0] - 1] == found[1]
        assert '"name": "builders-gha-rs-kube-mode"' in found[1]


def test_a_bare_array_is_a_list_without_an_envelope():
    text = (DATA / "rbac-array.json").read_text("utf-8")
    assert len(entries(text)) == 3
    assert (ends(text)[0].envelope, ends(text)[0].complete) == ({}, True)
    assert [end.complete for end in ends(text[:900])] == [False]


@pytest.mark.parametrize("text", [LIST.rstrip(), COMPACT.rstrip()], ids=["pretty", "compact"])
def test_a_list_cut_anywhere_keeps_its_whole_items(text):
    items = json.loads(LIST)["items"]
    counts = set()
    for cut in range(1, len(text), 7):
        found = [entry.value for entry in entries(text[:cut]) if entry.listed]
        assert found == items[: len(found)]
        assert codes(text[:cut]) == [Code.JSON_TRUNCATED]
        assert not any(end.complete for end in ends(text[:cut]))
        assert len(ends(text[:cut])) == len(re.findall(r'"items": ?\[', text[:cut]))
        counts.add(len(found))
    assert counts == {0, 1, 2, 3}


def test_a_bad_item_costs_itself_and_the_proof():
    text = LIST.replace('"roleRef": {', '"roleRef": {,', 1)
    bad_last = entries(text)
    assert [entry.value["kind"] for entry in bad_last] == ["ServiceAccount", "Role"]
    text = LIST.replace('"rules": [', '"rules": [oops', 1)
    assert [entry.value["kind"] for entry in entries(text)] == ["ServiceAccount", "RoleBinding"]
    assert codes(text) == [Code.JSON_SYNTAX]
    assert not ends(text)[0].complete


def test_documents_back_to_back_and_line_by_line():
    one = '{"kind": "Pod", "n": 1}'
    assert [entry.value["n"] for entry in entries(f"{one}\n{one}{one}\n\n{one}\n")] == [1, 1, 1, 1]
    pretty = json.dumps({"kind": "Pod", "n": 2}, indent=4)
    assert [entry.value["n"] for entry in entries(f"{pretty}\n{pretty}\n{one}\n")] == [2, 2, 1]


def test_an_empty_list_is_a_list():
    for items in ("[]", "null"):
        (end,) = ends(f'{{"kind": "PodList", "items": {items}}}')
        assert (end.envelope, end.complete) == ({"kind": "PodList"}, True)


def test_a_bad_line_costs_itself():
    text = '{"n": 1}\n{"n": oops}\n{"n": 3}\n'
    assert [entry.value["n"] for entry in entries(text)] == [1, 3]
    assert codes(text) == [Code.JSON_SYNTAX]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, Code.JSON_TOO_DEEP),
        ('{"a":' * 100_000, Code.JSON_TOO_DEEP),
        ('{"a":' + "[" * 300 + "]" * 300 + "}", Code.JSON_TOO_DEEP),
        ('{"a": ' + "9" * 5000 + "}", Code.JSON_SYNTAX),
        ('{"a": 1 "b": 2}', Code.JSON_SYNTAX),
        ('{"a": tru', Code.JSON_TRUNCATED),
        ('{"a": "x', Code.JSON_TRUNCATED),
        ("{1: 2}", Code.JSON_SYNTAX),
    ],
    ids=["depth of arrays", "depth of objects", "300 levels", "digits", "comma", "cut word",
         "cut text", "key"],
)  # fmt: skip
def test_hostile_text_is_noted_with_its_code(text, code):
    found = [part for part in read_json(Feed(text.split("\n"), 1)) if isinstance(part, Problem)]
    assert [problem.code for problem in found] == [code]


def test_odd_numbers_and_escapes_do_no_harm():
    (entry,) = entries('{"nan": NaN, "big": 1e999, "half": "a\\ud800b", "whole": "\\ud83d\\ude00"}')
    assert entry.value["nan"] == "NaN"
    assert entry.value["half"] == "a\ufffdb"
    assert entry.value["whole"] == "\U0001f600"
    assert str(entry.value).encode()


def test_a_hundred_levels_are_enough_for_any_object():
    (entry,) = entries('{"a":' + "[" * 90 + "]" * 90 + "}")
    assert entry.whole
