"""Fields of one object from several sources, merged as `KubeObject.lookup` answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.browse.fields import values
from arclogs.browse.opened import open_case
from arclogs.case.objects.merged import Leaf, merged
from arclogs.case.objects.objects import KubeObject
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust

SAMPLES = Path(__file__).parents[3] / "samples"


def seen(fields, trust=Trust.DESCRIBE, line=1, **more):
    return Observation("Pod", "a", "ci", fields, trust, Location("pods.txt", line), **more)


def pod(*observations):
    return KubeObject("Pod", "a", "ci", observations)


def test_what_the_best_source_cannot_show_comes_from_the_next():
    item = pod(
        seen({"status": {"phase": "Running"}}),
        seen({"status": {"phase": "Running", "restarts": 2}}, Trust.TABLE, 9),
    )
    found = merged(item)
    assert values(found) == {"status": {"phase": "Running", "restarts": 2}}
    status = found["status"]
    assert isinstance(status, dict)
    assert isinstance(status["restarts"], Leaf)
    assert (status["restarts"].said.source, status["restarts"].said.line) == (1, 9)


def test_nothing_is_added_to_a_complete_source():
    item = pod(
        seen({"status": {"phase": "Running"}}, Trust.LIVE, complete=True),
        seen({"status": {"phase": "Pending", "restarts": 2}}, Trust.TABLE),
    )
    assert values(merged(item)) == {"status": {"phase": "Running"}}


def test_nothing_is_added_where_a_field_is_proven_absent():
    item = pod(
        seen({"metadata": {"name": "a"}}, absent=frozenset({"metadata.finalizers"})),
        seen({"metadata": {"finalizers": ["x"], "labels": {"b": "c"}}}, Trust.TABLE),
    )
    assert values(merged(item)) == {"metadata": {"name": "a", "labels": {"b": "c"}}}


def test_sources_that_disagree_are_told():
    item = pod(
        seen({"status": {"phase": "Running", "restarts": 2}}, Trust.LIVE, complete=True),
        seen({"status": {"phase": "Pending", "restarts": "2"}}, Trust.TABLE, 7),
    )
    status = merged(item)["status"]
    assert isinstance(status, dict)
    phase, restarts = status["phase"], status["restarts"]
    assert isinstance(phase, Leaf)
    assert isinstance(restarts, Leaf)
    assert [(said.source, said.line, said.value) for said in phase.against] == [(1, 7, "Pending")]
    assert restarts.against == ()  # a table has no numbers


def test_items_of_a_list_are_joined_by_name():
    item = pod(
        seen({"spec": {"containers": [{"name": "runner", "image": "r"}, {"name": "dind"}]}}),
        seen({"spec": {"containers": [{"name": "dind", "image": "d"}, {"name": "other"}]}}),
    )
    assert values(merged(item)) == {
        "spec": {"containers": [{"name": "runner", "image": "r"}, {"name": "dind", "image": "d"}]}
    }


@pytest.mark.parametrize("sample", ["founding-with-accounts", "account-lacks-role"])
def test_what_was_read_whole_is_shown_whole(sample):
    for item in open_case([SAMPLES / sample]).case.live:
        if item.observations[0].complete:
            assert values(merged(item)) == item.observations[0].fields


def test_every_field_that_is_shown_is_what_a_rule_would_see():
    case = open_case([SAMPLES / "founding-with-accounts"]).case
    checked = 0
    for item in case.live:
        for path, leaf in leaves(merged(item)):
            said = item.lookup(path)
            assert said.values[0].value == leaf.said.value, path
            checked += 1
    assert checked > 100


def leaves(tree, path=""):
    """Yield the leaves that stand in no list, with the path that rules would write."""
    for key, below in tree.items():
        plain = key.replace("_", "").isalnum()
        here = f'{path}["{key}"]' if not plain else f"{path}.{key}" if path else key
        if isinstance(below, dict):
            yield from leaves(below, here)
        elif isinstance(below, Leaf) and below.said.value not in ([], {}):
            yield here, below
