from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.objects.object_text import REDACTED, ObjectText, sealed

ITEM = """\
- apiVersion: v1
  kind: Pod
  metadata:
    name: w9k4d
    labels:
      app.kubernetes.io/name: builders
  spec:
    containers:
    - name: runner
      env:
      - name: A
        value: "1"
    - image: ghcr.io/x
      name: dind"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("metadata",), "  metadata:"),
        (("metadata", "name"), "    name: w9k4d"),
        (
            ("metadata", "labels", "app.kubernetes.io/name"),
            "      app.kubernetes.io/name: builders",
        ),
        (("spec", "containers", 0, "env", 0, "value"), '        value: "1"'),
        (("spec", "containers", 1), "    - image: ghcr.io/x"),
        (("spec", "containers", 1, "name"), "      name: dind"),
    ],
)
def test_a_field_is_found_on_its_line(path, line):
    found = ObjectText(101, ITEM, (0,)).find(path)
    assert found is not None
    assert found[1] == line
    assert ITEM.split("\n")[found[0] - 101] == line


@pytest.mark.parametrize(
    "path",
    [
        ("metadata", "uid"),
        ("metadata", "name", "x"),
        ("spec", "containers", 7),
        ("spec", "containers", "name"),
        ("spec", 0),
    ],
)
def test_what_is_not_there_is_not_found(path):
    assert ObjectText(1, ITEM, (0,)).find(path) is None


def test_json_is_looked_up_like_yaml():
    source = (
        '        {\n            "kind": "Pod",\n            "metadata": {"name": "x"}\n        }'
    )
    text = ObjectText(5, source)
    assert text.find(("kind",)) == (6, '            "kind": "Pod",')
    assert text.find(("metadata", "name")) == (7, '            "metadata": {"name": "x"}')


def test_of_a_dump_in_one_line_only_the_field_is_shown():
    text = '{"kind":"Pod","metadata":{"name":"x"},"pad":"' + "y" * 9000 + '","last":1}'
    found = ObjectText(3, text).find(("metadata", "name"))
    assert found is not None
    assert found[0] == 3
    assert found[1].startswith('"name":"x"')
    assert len(found[1]) < 500


def test_line_ends_that_only_yaml_knows_do_not_shift_the_number():
    text = 'kind: A\nnote: "one\u2028 two\u0085 three"\nname: x\n'
    assert ObjectText(1, text).find(("name",)) == (3, "name: x")


def test_text_that_cannot_be_composed_has_no_lines():
    assert ObjectText(1, '{"a": "\\ud83d\\ude00", "b": 1}').find(("b",)) is None
    assert ObjectText(1, "a: [").find(("a",)) is None
    assert ObjectText(1, "").find(("a",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "kind: Secret\ndata:\n  token: aGlkZGVu\n  key: |\n    aGlkZGVu\nmetadata:\n  name: s\n",
        '{"kind":"Secret","data":{"token":"aGlkZGVu","key":"aGlkZGVu"},"metadata":{"name":"s"}}',
        '{\n "kind": "Secret",\n "data": {\n  "token": "aGlkZGVu",\n  "key": "aGlkZGVu"\n },\n'
        ' "metadata": {"name": "s"}\n}',
    ],
    ids=["yaml", "compact json", "json"],
)
def test_a_sealed_passage_holds_its_lines_but_not_the_secrets(text):
    lines = sealed(ObjectText(10, text), (("data",),))
    assert "aGlkZGVu" not in repr(lines)
    token = lines.find(("data", "token"))
    assert token is not None
    assert token[1].endswith(f": {REDACTED}")
    assert "token" in token[1]
    name = lines.find(("metadata", "name"))
    assert name is not None
    assert name[0] == 10 + text.split("name")[0].count("\n")
    assert name[1].strip().strip('"').startswith("name")


def test_real_dumps_are_found_line_by_line():
    source = (Path(__file__).parents[1] / "data/objects/rbac-list.yaml").read_text("utf-8")
    text = ObjectText(1, source)
    lines = source.split("\n")
    for path in (("items", 0, "metadata", "uid"), ("items", 2, "roleRef", "name"), ("kind",)):
        found = text.find(path)
        assert found is not None
        assert lines[found[0] - 1] == found[1]
        assert str(path[-1]) in found[1]
