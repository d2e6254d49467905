from __future__ import annotations

import pytest

from arclogs.browse.kind_names import kind_named
from arclogs.errors import UsageError

THERE = ("Pod", "ServiceAccount", "AutoscalingRunnerSet", "Widget", "Policy2y")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("po", "Pod"), ("pods", "Pod"), ("Pod", "Pod"), ("POD", "Pod"), ("sa", "ServiceAccount"),
        ("pvc", "PersistentVolumeClaim"), ("ars", "AutoscalingRunnerSet"),
        ("ers", "EphemeralRunnerSet"), ("er", "EphemeralRunner"),
        ("ephemeralrunners.actions.github.com", "EphemeralRunner"),
        ("listeners", "AutoscalingListener"), ("helm", "HelmRelease"), ("values", "HelmValues"),
        ("widget", "Widget"), ("widgets.example.com", "Widget"), ("policy2ies", "Policy2y"),
    ],
)  # fmt: skip
def test_what_people_type(word, kind):
    assert kind_named(word, THERE) == kind


@pytest.mark.parametrize(
    ("word", "meant"),
    [("pdo", "Pod"), ("serviceacount", "ServiceAccount"), ("widgts", "Widget")],
)
def test_a_slip_is_answered_with_what_may_be_meant(word, meant):
    with pytest.raises(UsageError, match=rf"did you mean {meant}\?"):
        kind_named(word, THERE)


def test_what_there_is_is_listed():
    with pytest.raises(UsageError, match="the bundle holds AutoscalingRunnerSet, Kind0") as raised:
        kind_named("zzzzzz", [*THERE, *(f"Kind{n}" for n in range(30))])
    assert "did you mean" not in str(raised.value)
    assert str(raised.value).endswith("and 23 more")
