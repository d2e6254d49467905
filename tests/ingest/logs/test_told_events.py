from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block
from arclogs.ingest.logs.generic import PARSER
from arclogs.model.event import Event
from arclogs.model.record import Record

TOLD = {
    "Failed to create pod sandbox: rpc error: code = Unknown desc = x": "FailedCreatePodSandBox",
    'MountVolume.SetUp failed for volume "w" : secret "x" not found': "FailedMount",
    "Unable to attach or mount volumes: unmounted volumes=[work]": "FailedMount",
    'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) x': "FailedAttachVolume",
    'AttachVolume.Attach failed for volume "pvc-1" : rpc error': "FailedAttachVolume",
    'Failed to pull image "x": not found': "Failed",
    "Error: ImagePullBackOff": "Failed",
    'Back-off pulling image "x"': "BackOff",
    "0/9 nodes are available: 8 Insufficient cpu.": "FailedScheduling",
    "The node was low on resource: memory. Container runner was using 3Gi": "Evicted",
    'failed to provision volume with StorageClass "gp3": x': "ProvisioningFailed",
}


def read(text: str) -> list[Event | Record]:
    items = PARSER.parse(Block("ticket.txt", 1, ["The pod says", text, "and hangs"], None))
    return [item for item in items if isinstance(item, Event | Record)]


@pytest.mark.parametrize("text", TOLD)
def test_the_message_of_an_event_is_one(text):
    _, event, _ = read(text)
    assert isinstance(event, Event)
    assert (event.reason, event.message, event.type) == (TOLD[text], text, "Warning")
    assert (event.location.line, event.raw, event.name, event.namespace) == (2, text, None, None)
    assert event.kind == ("PersistentVolumeClaim" if "provision" in text else "Pod")


@pytest.mark.parametrize("end", [" (7m42s)", " (x5 over 3m)", " (12s)"])
def test_how_often_is_no_part_of_it(end):
    text = 'MountVolume.SetUp failed for volume "w" : secret "x" not found.'
    (event,) = (item for item in read(text + end) if isinstance(item, Event))
    assert (event.message, event.raw) == (text, text + end)


@pytest.mark.parametrize(
    "text",
    [
        "we see Failed to create pod sandbox: now and then",
        "Error: ImagePullBackOff happens",
        '2026-03-02T10:04:20Z Failed to pull image "x"',
        "0/9 nodes are fine",
    ],
)
def test_other_lines_are_records(text):
    assert all(isinstance(item, Record) for item in read(text))
