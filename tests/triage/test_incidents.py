"""Which tickets are about one thing that happened."""

from __future__ import annotations

import pytest

from arclogs.triage.incidents import incidents
from arclogs.triage.row import Row


def row(ticket: str, cause="dns-resolution-failure", day=1, sha="", **more):
    stamp = f"2026-03-{day:02d}T10:00:00Z"
    facts = {"status": "answered", "first_seen": stamp, "sha256": sha or ticket, **more}
    return Row.model_validate({"ticket": ticket, "cause": cause, "title": cause, **facts})


def rows(pair):
    return [row(name, **facts) for name, facts in zip("ab", pair, strict=True)]


TOGETHER: dict[str, list[dict[str, object]]] = {
    "the same scale set": [{"scale_sets": ("gpu",)}, {"scale_sets": ("gpu", "cpu")}],
    "the same node": [{"nodes": ("node-1",)}, {"nodes": ("node-1",)}],
    "the same namespace": [{"namespaces": ("ci",)}, {"namespaces": ("ci",)}],
    "the same bytes": [{"sha": "s", "day": 1}, {"sha": "s", "day": 20}],
}
APART: dict[str, list[dict[str, object]]] = {
    "other causes": [
        {"scale_sets": ("gpu",), "cause": "image-not-found"},
        {"scale_sets": ("gpu",)},
    ],
    "days apart": [{"scale_sets": ("gpu",)}, {"scale_sets": ("gpu",), "day": 9}],
    "no name in common": [{"scale_sets": ("gpu",)}, {"scale_sets": ("cpu",)}],
    "names that everybody has": [
        {"namespaces": ("arc-runners",)},
        {"namespaces": ("arc-runners",)},
    ],
    "no time": [{"scale_sets": ("gpu",), "first_seen": None}, {"scale_sets": ("gpu",)}],
    "healthy": [
        {"scale_sets": ("gpu",), "status": "healthy"},
        {"scale_sets": ("gpu",), "status": "healthy"},
    ],
}


@pytest.mark.parametrize("case", TOGETHER)
def test_tickets_of_one_incident(case):
    found = incidents(
        [row(name, **facts) for name, facts in zip("ab", TOGETHER[case], strict=True)]
    )
    assert [incident.tickets for incident in found] == [("a", "b")]
    assert found[0].why


@pytest.mark.parametrize("case", APART)
def test_tickets_that_are_not(case):
    assert incidents(rows(APART[case])) == []


def test_a_chain_is_one_incident_whatever_the_order():
    chain = [
        row("a", scale_sets=("x",)),
        row("b", scale_sets=("y",)),
        row("c", scale_sets=("x", "y")),
        row("d", scale_sets=("z",)),
    ]
    for order in (chain, chain[::-1]):
        assert [incident.tickets for incident in incidents(order)] == [("a", "b", "c")]
