"""Merging observations: who is believed, what is absent, what nobody can tell."""

from __future__ import annotations

from arclogs.case.objects.index import ObjectIndex
from arclogs.case.objects.objects import Presence, merge
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust


def seen(fields, trust=Trust.LIVE, *, complete=True, name="x", namespace="ns", line=1, **more):
    return Observation(
        "Pod", name, namespace, fields, trust, Location(f"{trust.name}.txt", line), complete, **more
    )


def only(*observations):
    (item,) = merge(observations)
    return item


def test_the_more_trusted_source_wins_whatever_the_order():
    live = seen({"spec": {"a": "live"}})
    table = seen({"spec": {"a": "table"}}, Trust.TABLE, complete=False)
    assert only(live, table).value("spec.a") == only(table, live).value("spec.a") == "live"


def test_a_field_that_yaml_does_not_hold_is_absent():
    assert only(seen({"spec": {}})).lookup("spec.a").presence is Presence.ABSENT


def test_a_field_that_describe_does_not_show_is_not_known():
    item = only(seen({"spec": {}}, Trust.DESCRIBE, complete=False))
    assert item.lookup("spec.a").presence is Presence.UNKNOWN


def test_a_field_that_describe_proves_absent_is_absent_with_all_below_it():
    item = only(seen({}, Trust.DESCRIBE, complete=False, absent=frozenset({"spec.a"})))
    assert item.lookup("spec.a.b").presence is Presence.ABSENT
    assert item.lookup("spec.ab").presence is Presence.UNKNOWN


def test_yaml_that_lacks_a_field_outweighs_a_table_that_has_it():
    item = only(seen({}), seen({"status": {"phase": "Old"}}, Trust.TABLE, complete=False))
    assert item.lookup("status.phase").presence is Presence.ABSENT


def test_two_uids_are_two_lives():
    first = seen({"metadata": {"uid": "1"}})
    second = seen({"metadata": {"uid": "2"}}, line=9)
    assert len(merge([first, second])) == 2


def test_an_observation_without_namespace_joins_the_only_object_of_its_name():
    item = only(seen({}), seen({"a": 1}, Trust.TABLE, complete=False, namespace=None))
    assert item.namespace == "ns"
    assert len(item.observations) == 2


def test_a_name_in_two_namespaces_is_not_guessed():
    here, there = seen({}), seen({}, namespace="other")
    nowhere = seen({}, Trust.TABLE, complete=False, namespace=None)
    objects = merge([here, there, nowhere])
    assert {o.namespace for o in objects} == {"ns", "other", None}
    assert ObjectIndex(objects).find("Pod", "x") is None
    assert ObjectIndex(objects).find("Pod", "x", "other") is not None


def test_a_list_that_describe_shows_whole_has_no_other_items():
    item = only(
        seen(
            {"spec": {"volumes": [{"name": "work"}]}},
            Trust.DESCRIBE,
            complete=False,
            absent=frozenset({"spec.volumes[]"}),
        )
    )
    assert item.lookup("spec.volumes[name=token].projected").presence is Presence.ABSENT
    assert item.lookup("spec.volumes[name=work].projected").presence is Presence.UNKNOWN
    assert item.value("spec.volumes[*].name") == "work"


def test_a_field_closed_for_each_item_is_absent_in_any():
    item = only(
        seen(
            {"spec": {"containers": [{"name": "runner"}]}},
            Trust.DESCRIBE,
            complete=False,
            absent=frozenset({"spec.containers[].env"}),
        )
    )
    path = "spec.containers[name=runner].env[name=A].value"
    assert item.lookup(path).presence is Presence.ABSENT


def test_pieces_without_a_name_stand_apart_and_are_never_merged():
    one, two = seen({"a": 1}, name=None), seen({"a": 1}, name=None, line=9)
    index = ObjectIndex(merge([one, two, seen({"a": 2})]))
    assert [item.name for item in index.of_kind("Pod")] == ["x"]
    assert [item.value("a") for item in index.nameless("Pod")] == ["1", "1"]
    assert [item.nameless for item in index] == [False]
    assert index.find("Pod", "") is None
    assert "LIVE.txt:9" in str(index.nameless("Pod")[1])
