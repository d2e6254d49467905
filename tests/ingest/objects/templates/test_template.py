"""Items compared with those before are what parsing each of them gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.objects.paths import walk
from arclogs.ingest.objects.documents import Entry
from arclogs.ingest.objects.object_text import FilledText, ObjectText
from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.objects.templates.learned import Templates
from tests.ingest.objects.shown import parts_of, shown

ODD = [
    *"""
a|b|linux-k8s|0|1|3|-1|007|1e5|1e414c|28a9a021e|0x1f|0xg|0o7|0b1|0b2|1.5|1.5.2|10.4.0.0|1_000|+1
.5|5.|.inf|.nan|nan|NaN|inf|Infinity|1e400|12:30|2026-09-17|2026-09-17T00:00:00Z|1-2|1e-5|1e-5-6
true|True|TRUE|tRue|false|yes|no|on|off|y|n|Y|null|Null|NULL|nUll|~|"a"|"true"|"1"|""|''|'a'
'it''s'|"a\\nb"|"a\\q"|"a|'a|a"b|a'b|a: b|a:b|a :b|a:|: a|a #b|a#b|#a|- a|-a|--- a|a -b|a  b|[]|{}
[a]|{a: b}|[|{|]|}|,|a,b|&a b|*a|!a|!!str a|@a|`a|%a|a%||-|>|a|b|a ||? a|?a|a?|...|…|a...|<snip>
[snip]|(cut)|a (cut)|---|=== cut ===|/a/b|//|a b c|containerd://a/b@c|ä|a\tb|a\u0085b|a\u2028b
\ufeffa|a\u00a0|99999999999999999999999999|18446744073709551616|999999999999999999|0.0|1E5|08|1f
1f32|0_1|1e|1e+|e5|E|infinity|.Inf|<<|=|a=b|http://a:80/|a::b|::1|fe80::1|12e03|12e03a|0e0|00
1:2:3|1 2|1 -2
""".strip().replace("\n", "|").split("|"),
    "a|b", "|", "|-", ">", "a |", "a, b", "lint, docs; x", "a[0]", "a{b}", "a&b", "a*b", "a!b",
]  # fmt: skip
VALUES = st.sampled_from(ODD) | st.from_regex(r"[0-9a-fxo_.:eE+/ -]{1,12}", fullmatch=True)
KEYS = st.sampled_from(["a", "b", "b-c/d.e", "env", '"a"', "null", "1", "k"])
LAYOUTS = st.sampled_from(
    ["    {0}: {1}", "    {0}:\n      - {1}", "    {0}:\n    - {1}\n    - k: {1}",
     "    {0}: x\n      {1}", "    {0}: |\n      k: {1}",
     '    {0}: "x\n      k: {1}\n      "', "    {0}: [x,\n      {1}]",
     "    # {0}: {1}", "    {0}:\n      {1}: {1}", "    {0}: {1} # {1}", "    {0}: {{k: {1}}}"]
)  # fmt: skip
LINES = st.tuples(LAYOUTS, KEYS, st.lists(VALUES, min_size=3, max_size=3))


def parts(text, *, compared=True, pieces=1):
    return parts_of(text, (Templates, "learn"), compared=compared, pieces=pieces)


def items(lines, order):
    for number in order:
        body = [layout.format(key, values[number]) for layout, key, values in lines]
        yield "\n".join(["- kind: Pod", "  metadata:", f"    name: a{number}", *body])


@settings(max_examples=250, deadline=None)
@given(
    st.lists(LINES, max_size=3),
    st.lists(st.integers(0, 2), min_size=4, max_size=8),
    st.integers(1, 4),
)
def test_whatever_stands_in_items_they_are_what_a_parser_says(lines, order, pieces):
    text = "\n".join(["items:", *items(lines, order), "kind: List"])
    found = list(map(shown, parts(text, pieces=pieces)))
    assert found == list(map(shown, parts(text, compared=False)))


POD = """- apiVersion: v1
  kind: Pod
  metadata:
    managedFields:
    - apiVersion: v1
      fieldsV1:
        f:metadata:
          k:{{"uid":"{n}"}}: {{}}
      time: "2026-09-17T00:00:{n}Z"{extra}
    name: pod-{n}
    namespace: arc-runners
    uid: u-{n}
  spec:
    nodeName: node-7
    args:
    - |
      name: {script}
  status:
    ready: {ready}
    restarts: {restarts}"""


def pods(number, **other):
    fields = {"extra": "", "script": "x", "ready": "true", "restarts": "0", **other}
    return [POD.format(n=n, **fields) for n in range(10, 10 + number)]


def dump(*texts):
    return "\n".join(["apiVersion: v1", "items:", *texts, "kind: List", ""])


def compared(found):
    return [e for e in found if isinstance(e, Entry) and isinstance(e.text, FilledText)]


def test_objects_alike_are_compared_and_say_the_same_on_the_same_lines():
    text = dump(*pods(5), *pods(3, ready="false", restarts="3"), *pods(2))
    found, parsed = parts(text), parts(text, compared=False)
    assert len(compared(found)) == 8  # but the first, and the last, which no other follows
    trees = [e.value.tree() if isinstance(e.value, Flat) else e.value for e in found[:-1]]
    assert trees == [e.value for e in parsed[:-1]]
    for one, other in zip(found[:-1], parsed[:-1]):
        for path in (("metadata", "uid"), ("spec", "args", 0), ("status", "restarts"), ("x",)):
            assert one.text.find(path) == other.text.find(path)
    assert compared(found)[-1].value.at("status", "restarts") == 0


def test_what_all_have_in_common_is_kept_once():
    found = compared(parts(dump(*pods(9))))
    assert {len(e.value.row) for e in found[2:]} == {2}
    assert len({id(e.value.shape) for e in found[2:]}) == 1
    values = [e.value.at("spec", "args")[0] for e in found]
    assert set(values) == {"name: x\n"}


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (
            {"script": "y"},
            10,
        ),  # nothing varies within a text of several lines: a template of its own
        ({"extra": "\n      f: ..."}, 8),  # something was left out
        ({"extra": "\n    other: 1"}, 9),  # a field of its own: another skeleton, seen twice
        ({"restarts": "1.5"}, 10),
        ({"restarts": '"1"'}, 10),
        ({"ready": "yes"}, 10),
    ],
)
def test_what_differs_in_more_is_parsed(other, count):
    text = dump(*pods(9), *pods(2, **other), *pods(1))
    assert len(compared(parts(text))) == count
    found = [e.value.tree() if isinstance(e.value, Flat) else e.value for e in parts(text)[:-1]]
    assert found == [e.value for e in parts(text, compared=False)[:-1]]


def test_of_objects_all_unlike_most_are_not_looked_at(monkeypatch):
    asked = []
    monkeypatch.setattr(
        "arclogs.ingest.objects.yaml.skeletons.YamlItems.parted", lambda *a: asked.append(a)
    )
    texts = [f"- kind: Pod\n  key{n}: x" for n in range(2000)]
    parts(dump(*texts))
    assert 400 < len(asked) < 600


def test_a_passage_of_values_is_the_text_it_was(tmp_path):
    text = dump(*[p.replace("    managedFields:", "    labels:") for p in pods(6)])
    for entry in compared(parts(text)):
        lines = text.split("\n")[entry.text.first_line - 1 :]
        assert entry.text.text == "\n".join(lines[: entry.text.text.count("\n") + 1])
        assert isinstance(entry.text, FilledText)
        copy = ObjectText(entry.text.first_line, entry.text.text, (0,))
        for _, place in walk(entry.value, ("metadata", "name")):
            assert entry.text.find(place) == copy.find(place)
