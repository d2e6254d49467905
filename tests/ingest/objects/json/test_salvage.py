from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclogs.ingest.objects.json.salvage import salvage_json
from tests.ingest.member_reading import observations, read

POD = {
    "apiVersion": "v1", "kind": "Pod",
    "metadata": {"name": "a", "namespace": "ci", "labels": {"x": 'a "b" {', "y": "\\"}},
    "spec": {"serviceAccountName": "builders", "containers": [{"name": "runner"}, {"name": "dind"}]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('{"a":1,"b":{"c":"d', '{"a":1,"b":{}}'),
        ('{"a":[1,2', '{"a":[1]}'),
        ('{"a":"x,y]}', "{}"),
        ("", None),
        ("{", None),
        ("}", None),
        ("[}", None),
        ('{"a":[[1],[2,', '{"a":[[1],[2]]}'),
    ],
)
def test_what_is_whole_stays(text: str, rest: str | None) -> None:
    salvaged = salvage_json(text)
    assert salvaged == rest or (rest == "{}" and salvaged in (None, "{}"))


def within(part: object, whole: object) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and within(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(within(a, b) for a, b in zip(part, whole)) and len(part) <= len(whole)
    return part == whole


@given(st.integers(1, 400), st.sampled_from([None, 2]))
def test_a_cut_object_is_a_part_of_the_whole(cut: int, indent: int | None) -> None:
    text = json.dumps(POD, indent=indent)
    rest = salvage_json(text[:cut])
    assert rest is None or within(json.loads(rest), POD)


def test_a_pod_cut_in_its_spec_keeps_its_account() -> None:
    text = json.dumps(POD, indent=4)
    (pod,) = observations(read(text[: text.index('"dind"')], "pod.json"))
    assert (pod.name, pod.complete) == ("a", False)
    assert pod.fields["spec"]["serviceAccountName"] == "builders"
    assert pod.locator is not None
    line, shown = pod.locator.find(("spec", "serviceAccountName")) or (0, "")
    assert text.split("\n")[line - 1] == shown
