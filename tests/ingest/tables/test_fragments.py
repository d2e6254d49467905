from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from arclogs.ingest.interface import Block, Head
from arclogs.ingest.tables.fragments import TableFragment
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation
from tests.ingest.member_reading import coverage, observations, read

FRAGMENTS = Path(__file__).parents[1] / "data" / "fragments"
KINDS = {
    "pods-rows.txt": "Pod",
    "pod-row-wide.txt": "Pod",
    "pvc-rows.txt": "PersistentVolumeClaim",
    "node-rows.txt": "Node",
}


@pytest.mark.parametrize("name", KINDS)
def test_rows_are_known_by_their_shape(name: str) -> None:
    items = read(FRAGMENTS / name)
    assert coverage(items).parser == "table-rows"
    assert {item.kind for item in observations(items)} == {KINDS[name]}
    # Rows without their header are not all there is.
    assert not any(isinstance(item, Collected) for item in items)


def test_cells_are_those_of_the_table() -> None:
    running, waiting = observations(read(FRAGMENTS / "pods-rows.txt"))
    assert running.namespace == waiting.namespace == "arc-runners"
    assert running.fields["status"]["restarts"] == 3
    assert waiting.fields["status"]["printed"] == "ImagePullBackOff"
    (wide,) = observations(read(FRAGMENTS / "pod-row-wide.txt"))
    assert wide.namespace is None
    assert wide.fields["spec"]["nodeName"] == "ip-10-0-12-31.ec2.internal"


def test_events() -> None:
    first, second = (x for x in read(FRAGMENTS / "events-rows.txt") if isinstance(x, Event))
    assert (first.kind, first.reason) == ("EphemeralRunner", "FailedCreate")
    assert first.message.endswith("is forbidden: exceeded quota: q")
    assert (second.count, second.first_age) == (4, timedelta(minutes=8, seconds=58))


@pytest.mark.parametrize(
    ("command", "row", "kind"),
    [
        ("kubectl get sa -n ci | grep kube", "builders-kube-mode   0   5d", "ServiceAccount"),
        ("kubectl get role -n ci --no-headers", "builders   2026-03-02T07:11:20Z", "Role"),
        ("kubectl get deploy -n ci | tail -1", "ctl   0/1   1   0   5d", "Deployment"),
        ("kubectl get secrets -n ci | grep gh", "gh-app   Opaque   3   41d", "Secret"),
    ],
)
def test_the_command_tells_what_the_shape_does_not(command: str, row: str, kind: str) -> None:
    (item,) = TableFragment().parse(Block("x", 1, [row], command))
    assert isinstance(item, Observation)
    assert (item.kind, item.namespace) == (kind, "ci")
    assert TableFragment().sniff(Head("x", (row,), command)) == 70
    assert TableFragment().sniff(Head("x", (row,))) == 0


@pytest.mark.parametrize("lines", [
    ("x 1/1 Running 0 5m", "and a word about it"),
    ("linux 0 5m",),
    ("5m Warning: something",),
    ("2026-01-01T00:00:00Z 1/1 Running 0 5m x",),
    (),
])  # fmt: skip
def test_what_may_be_anything_is_left(lines: tuple[str, ...]) -> None:
    assert TableFragment().sniff(Head("pods.txt", lines)) == 0


def test_rows_off_a_description_are_those_of_the_pod_that_was_placed() -> None:
    text = (
        "Normal   Scheduled  2m  default-scheduler  Successfully assigned ci/x-runner-8sj2f to n3\n"
        "Warning  Failed     1m  kubelet            Error: ImagePullBackOff\n"
    )
    items = TableFragment().parse(Block("x", 1, text.split("\n"), None))
    found = [(x.kind, x.namespace, x.name) for x in items if isinstance(x, Event)]
    assert found == [("Pod", "ci", "x-runner-8sj2f")] * 2
