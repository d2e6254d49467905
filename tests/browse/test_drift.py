"""What was asked for and what is: compared field by field."""

from __future__ import annotations

from typing import Any

from arclogs.browse.drift import Drift, drift
from arclogs.case.objects.merged import merged
from arclogs.case.objects.objects import KubeObject
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust


def fields(value: Any, trust: Trust):
    seen = Observation("Pod", "x", "ns", value, trust, Location("a.yaml", 1))
    return merged(KubeObject("Pod", "x", "ns", (seen,)))


def differences(declared: Any, live: Any) -> list[Drift]:
    return list(drift(fields(declared, Trust.DECLARED), fields(live, Trust.LIVE)))


def test_equal_values_and_what_only_the_cluster_has_are_no_drift() -> None:
    assert differences({"spec": {"max": 5}}, {"spec": {"max": "5", "x": 1}, "status": {}}) == []


def test_another_value_is_told_with_both() -> None:
    assert differences({"spec": {"max": 5}}, {"spec": {"max": 3}}) == [Drift("spec.max", "5", "3")]


def test_a_wanted_field_that_is_not_shown_is_told_below_spec_only() -> None:
    found = differences({"spec": {"max": 5}, "metadata": {"uid": "u"}}, {"spec": {}})
    assert found == [Drift("spec.max", "5", "")]


def test_items_of_lists_are_compared_by_name_then_by_place() -> None:
    declared = {
        "spec": {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}], "l": [1, 2]}
    }
    live = {
        "spec": {"env": [{"name": "B", "value": "9"}, {"name": "A", "value": "1"}], "l": [1, 3]}
    }
    assert differences(declared, live) == [
        Drift("spec.env[B].value", "2", "9"), Drift("spec.l[1]", "2", "3"),
    ]  # fmt: skip
