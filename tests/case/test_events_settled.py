"""Events: ages become times, copies become one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from msgspec.structs import replace

from arclogs.case.events import settle
from arclogs.model.event import Event
from arclogs.model.location import Location

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ROW = Event(
    Location("events.txt", 2), "5m  Warning  Failed  pod/x  Error: boom", "Failed", "Error: boom",
    type="Warning", kind="Pod", name="x", last_age=timedelta(minutes=5),
)  # fmt: skip
OBJECT = Event(
    Location("events.yaml", 9), "  message: 'Error: boom'", "Failed", "Error: boom",
    type="Warning", kind="Pod", name="x", namespace="ns", last=NOW - timedelta(minutes=5, seconds=3),
)  # fmt: skip


def test_an_age_counts_back_from_collection():
    (event,) = settle([ROW], NOW)
    assert event.last == event.first == NOW - timedelta(minutes=5)


def test_without_a_time_of_collection_an_age_stays_an_age():
    (event,) = settle([ROW], None)
    assert event.last is None


def test_copies_keep_the_exact_time_and_the_line_that_shows_most():
    for order in ([ROW, OBJECT], [OBJECT, ROW]):
        (event,) = settle(order, NOW)
        assert event.last == OBJECT.last
        assert event.namespace == "ns"
        assert event.location == ROW.location


def test_what_happened_alike_in_two_namespaces_happened_twice():
    other = replace(OBJECT, namespace="other", location=Location("events.yaml", 19))
    for order in permutations([ROW, OBJECT, other]):
        assert [event.namespace for event in settle(order, NOW)] == ["ns", "other"]
