"""On which nodes the pods of a runner were."""

from __future__ import annotations

import pytest

from arclogs.browse.opened import open_case

RUNNER = "linux-7hx2q-runner-w9k4d"
EVENTS = "NAMESPACE     LAST SEEN   TYPE     REASON      OBJECT   MESSAGE\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {{name: {}, namespace: r}}\nspec: {{nodeName: {}}}\n"


def scheduled(pod, node):
    said = f"Successfully assigned arc-runners/{pod} to {node}"
    return f"arc-runners   2m   Normal   Scheduled   pod/{pod}   {said}\n"


@pytest.mark.parametrize(
    ("files", "nodes"),
    [
        ({"pod.yaml": POD.format(RUNNER, "worker-1")}, {"worker-1"}),
        ({"pod.yaml": POD.format(f"{RUNNER}-workflow", "worker-1")}, {"worker-1"}),
        ({"events.txt": EVENTS + scheduled(RUNNER, "worker-1")}, {"worker-1"}),
        ({"pod.yaml": POD.format(RUNNER, "worker-1"),
          "events.txt": EVENTS + scheduled(f"{RUNNER}-workflow", "worker-2")},
         {"worker-1", "worker-2"}),
        ({"pod.yaml": POD.format("linux-7hx2q-runner-m2v7c", "worker-1"),
          "events.txt": EVENTS + scheduled("linux-7hx2q-runner-m2v7c", "worker-1")}, set()),
        ({"pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: " + RUNNER + "}\n"}, set()),
    ],
    ids=["of its pod", "of its job pod", "where the scheduler put it", "of both its pods",
         "of another runner", "not told"],
)  # fmt: skip
def test_nodes_of_a_runner(tmp_path, files, nodes):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert open_case([tmp_path]).case.nodes_of(RUNNER) == nodes
