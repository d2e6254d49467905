"""Items of a JSON list that are like one before are what decoding each of them gives."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arclogs.ingest.objects.documents import Entry, ListEnd, Problem
from arclogs.ingest.objects.json import text as json_text
from arclogs.ingest.objects.json.alike import Alike
from arclogs.ingest.objects.object_text import FilledText
from arclogs.ingest.objects.shapes import Flat
from arclogs.model.coverage import Code
from tests.ingest.objects.shown import parts_of, shown

VALUES = (
    st.sampled_from(
        ["a", "", "a b", 'say "x"', "a\nb", "\\", "a\\", '",', "<b> & 'c'", "\u2028",
         "\u00e9", "\x01", "/", 0, 1, -1,
         1.5, 1e300, 10**20, True, False, None, [], {}, ["a", 1], {"a": "b"}, "...", "<snip>", "[cut]",
         "# x"]
    )
    | st.text(max_size=5)
    | st.integers()
)  # fmt: skip
FIELDS = st.dictionaries(st.sampled_from(["a", "b", 'c "d"', "..."]), VALUES, max_size=3)
DAMAGE = st.sampled_from(
    [
        "",
        "...",
        "{",
        "}",
        "]",
        '"',
        ",",
        "\\",
        "\n",
        "\n        },\n        {",
        "#",
        "\\ud800",
        "1",
        "\n    ]",
        "\n}",
    ]
)


def parts(text, *, compared=True, pieces=1):
    return parts_of(text, (Alike, "entry"), compared=compared, pieces=pieces)


def as_go_writes(value, indent=4):
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@example(
    [{}], [0, 0, 0], 1, 2, ("\n        },\n        {", 164)
)  # a brace further in than the others
@settings(max_examples=200, deadline=None)
@given(
    st.lists(FIELDS, min_size=1, max_size=3),
    st.lists(st.integers(0, 2), min_size=3, max_size=8),
    st.integers(1, 5),
    st.sampled_from([4, 2]),
    st.tuples(DAMAGE, st.integers(0, 10**6)),
)
def test_whatever_stands_in_items_they_are_what_a_decoder_says(kept, order, pieces, indent, damage):
    items = [
        {"kind": "Pod", "metadata": {"name": f"p{n}", "uid": f"u{n}"}, "spec": kept[n % len(kept)]}
        for n in order
    ]
    text = as_go_writes({"apiVersion": "v1", "items": items, "kind": "List"}, indent)
    at = damage[1] % len(text)
    text = text[:at] + damage[0] + text[at:]
    found = list(map(shown, parts(text, pieces=pieces)))
    assert found == list(map(shown, parts(text, compared=False)))


def pod(number, **other):
    managed = [{"fieldsV1": {f'k:{{"uid":"{number}"}}': {}}, "time": f"2026-09-17T00:00:{number}Z"}]
    metadata = {"managedFields": managed, "name": f"p-{number}", "uid": f"u-{number}"}
    return {
        "kind": "Pod",
        "metadata": metadata,
        "status": {"message": f'say "{number}" <b>', **other},
    }


def listed(items):
    return as_go_writes({"apiVersion": "v1", "items": items, "kind": "List"})


def compared(found):
    return [e for e in found if isinstance(e, Entry) and isinstance(e.text, FilledText)]


def test_objects_alike_are_compared_and_say_the_same_on_the_same_lines():
    text = listed([*map(pod, range(10, 16)), *(pod(n, restarts=n) for n in range(20, 25))])
    found, decoded = parts(text), parts(text, compared=False)
    assert len(compared(found)) == 9  # but for the first of each
    for one, other in zip(found[:-1], decoded[:-1]):
        tree = one.value.tree() if isinstance(one.value, Flat) else one.value
        other.value["metadata"].pop("managedFields")
        tree["metadata"].pop("managedFields", None)
        assert tree == other.value
        for path in (("metadata", "uid"), ("status", "message"), ("status", "restarts"), ("x",)):
            assert one.text.find(path) == other.text.find(path)
    assert found[-1] == decoded[-1]


@pytest.mark.parametrize("damage", ['{"a" 1}', "...", '"a', "[" * 2000])
def test_what_is_passed_over_has_to_be_json(damage):
    text = listed([*map(pod, range(10, 18))])
    at = text.index('"time"', len(text) // 2)
    text = f"{text[:at]}{damage}\n{text[at:]}"
    assert list(map(shown, parts(text))) != list(
        map(shown, parts(listed([*map(pod, range(10, 18))])))
    )
    problems = [part for part in parts(text) if isinstance(part, Problem)]
    assert problems == [part for part in parts(text, compared=False) if isinstance(part, Problem)]
    assert problems


def test_a_list_of_any_size_is_read_to_its_end(monkeypatch):
    text = listed([pod(n, restarts=n) if n % 3 else {"kind": f"K{n}"} for n in range(10, 210)])
    monkeypatch.setattr(json_text, "MAX_CHARS", 4000)
    monkeypatch.setattr(json_text, "_HELD", 500)
    assert len(text) > 50_000
    found = parts(text, pieces=400)
    *entries, end = found
    assert len(entries) == 200
    assert isinstance(end, ListEnd)
    assert end.complete
    lines = text.split("\n")
    for entry in entries:
        assert lines[entry.text.first_line - 1] == "        {"
    (compact,) = parts(json.dumps({"kind": "Pod", "n": "x" * 3000}), pieces=9)
    assert compact.whole


def test_one_value_beyond_the_limit_is_noted_and_what_came_before_is_kept(monkeypatch):
    monkeypatch.setattr(json_text, "MAX_CHARS", 4000)
    monkeypatch.setattr(json_text, "_HELD", 500)
    items = [*map(pod, range(10, 20)), {"kind": "Pod", "much": ["x"] * 1000}, pod(20)]
    found = parts(f"{listed(items)}\n{listed([pod(30)])}", pieces=400)
    names = [e.value["metadata"]["name"] for e in found if isinstance(e, Entry)]
    assert names == [f"p-{n}" for n in (*range(10, 20), 30)]
    codes = [part.code for part in found if isinstance(part, Problem)]
    assert codes == [Code.JSON_TRUNCATED, Code.LIMIT_MEMORY]
    assert [end.complete for end in found if isinstance(end, ListEnd)] == [False, True]
