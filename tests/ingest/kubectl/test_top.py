from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.interface import Head
from arclogs.ingest.kubectl.top import KubectlTop
from tests.ingest.member_reading import coverage, observations, read

ABOUT = Path(__file__).parents[1] / "data" / "about"


def test_pods() -> None:
    items = read(ABOUT / "top-pods.txt")
    runner, controller = observations(items)
    assert (runner.kind, runner.namespace) == ("PodMetrics", "arc-runners")
    assert runner.fields["usage"] == {"cpu": "12m", "memory": "143Mi"}
    assert controller.name == "arc-gha-rs-controller-6f9c7b5d4f-x2x7k"
    assert runner.locator is not None
    assert runner.locator.find(("usage", "memory")) == (
        2, (ABOUT / "top-pods.txt").read_text().split("\n")[1],
    )  # fmt: skip


def test_containers_of_one_pod_go_together() -> None:
    (pod,) = observations(read(ABOUT / "top-containers.txt"))
    assert [(c["name"], c["usage"]["memory"]) for c in pod.fields["containers"]] == [
        ("dind", "61Mi"), ("runner", "3871Mi"),
    ]  # fmt: skip


@pytest.mark.parametrize("version", ["1.32", "1.33"])
def test_nodes(version: str) -> None:
    node, *others = observations(read(ABOUT / f"top-nodes-{version}.txt"))
    assert node.kind == "NodeMetrics"
    assert node.fields["usage"]["memoryPercent"] == "91%"
    assert all(other.fields["usage"] == {} for other in others)  # <unknown> is nothing


def test_other_tables_are_not_top() -> None:
    for line in ("NAME   READY   STATUS   RESTARTS   AGE", "CPU(cores) is high", ""):
        assert KubectlTop().sniff(Head("top.txt", (line, "x 1"))) == 0


def test_foreign_lines_are_counted() -> None:
    items = read("NAME   CPU(cores)   MEMORY(bytes)\nx      1m           2Mi\nand so on\n")
    assert (coverage(items).parser, coverage(items).unparsed) == ("kubectl-top", 1)
