from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from arclogs.ingest.interface import Block
from arclogs.ingest.objects.event_objects import read_event
from arclogs.ingest.objects.manifest import Manifest
from arclogs.ingest.objects.object_text import ObjectText
from arclogs.model.event import Event

SOURCE = (Path(__file__).parents[1] / "data/objects/events.yaml").read_text("utf-8").split("\n")


@pytest.fixture(scope="module")
def events() -> list[Event]:
    items = Manifest().parse(Block("events.yaml", 1, SOURCE))
    return [item for item in items if isinstance(item, Event)]


def at(hour: int, minute: int, second: int = 0, micro: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, second, micro, tzinfo=UTC)


def test_the_classic_shape(events):
    event = events[0]
    assert (event.kind, event.name, event.namespace) == (
        "Pod",
        "builders-7hx2q-runner-w9k4d",
        "ci-runners",
    )
    assert (event.type, event.reason, event.message) == (
        "Warning",
        "Failed",
        "Error: ImagePullBackOff",
    )
    assert (event.component, event.count) == ("kubelet", 4)
    assert (event.first, event.last) == (at(8, 11, 2), at(8, 13, 2))


def test_the_new_shape_has_no_classic_times_and_counts_in_its_series(events):
    event = events[1]
    assert event.component == "default-scheduler"
    assert event.count == 7
    assert event.first == at(8, 10, 59, 858717)
    assert event.last == at(8, 20, 0, 1)
    assert event.message == "0/3 nodes are available:\nmessage: not this line"


def test_events_k8s_io_itself_names_everything_otherwise(events):
    event = events[2]
    assert (event.kind, event.name) == ("Node", "node-2")
    assert event.namespace == "default"
    assert event.message == "Node node-2 status is now NodeNotReady"
    assert (event.component, event.count) == ("node-controller", 3)
    assert (event.first, event.last) == (at(8, 0), at(8, 5))


def test_an_event_stands_on_the_line_of_its_message(events):
    assert [event.raw.strip().split(":")[0] for event in events] == ["message", "message", "note"]
    for event in events:
        assert SOURCE[event.location.line - 1] == event.raw
    assert events[1].raw == "  message: |-"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"involvedObject": 4, "series": "x", "source": [], "metadata": None},
        {"message": {"a": 1}, "reason": 3, "count": "many", "firstTimestamp": 7, "eventTime": "x"},
        {"count": -4, "lastTimestamp": "0001-01-01T00:00:00Z"},
    ],
)
def test_odd_fields_give_an_event_all_the_same(fields):
    event = read_event(fields, "m", ObjectText(4, "kind: Event\n"))
    assert event.location.line == 4
    assert event.count == 1
    assert event.last is None


def test_an_event_in_one_line_of_json_shows_the_line():
    text = '{"kind":"Event","message":"Back-off","reason":"BackOff"}'
    event = read_event({"message": "Back-off"}, "m", ObjectText(9, text))
    assert (event.location.line, event.raw) == (9, text)
