from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.helm.argocd import ArgoApplication
from arclogs.ingest.interface import Block, Head, Unparsed
from arclogs.model.observation import Observation
from arclogs.model.record import Level, Record, Source
from tests.ingest.member_reading import coverage, observations, read, records

SAMPLE = Path(__file__).parents[1] / "data" / "deploy" / "argocd-app-get.txt"


def test_an_application_has_the_shape_of_its_yaml() -> None:
    items = read(SAMPLE)
    (app,) = observations(items)
    assert (app.kind, app.name, app.namespace) == ("Application", "linux-k8s", "argocd")
    assert app.fields["spec"]["destination"]["namespace"] == "arc-runners"
    status = app.fields["status"]
    assert (status["sync"]["status"], status["health"]["status"]) == ("OutOfSync", "Degraded")
    assert status["operationState"]["startedAt"] == "2026-09-17T09:20:50Z"
    assert [r["kind"] for r in status["resources"]] == ["ServiceAccount", "Role"]
    assert status["resources"][1]["health"] == {"status": "Missing"}
    assert app.locator is not None
    assert app.locator.find(("status", "sync", "status")) == (
        12, "Sync Status:        OutOfSync from 0.12.1",
    )  # fmt: skip
    assert coverage(items).unparsed == 0


def test_the_command_above_the_output_is_none_of_its_lines() -> None:
    lines = ["$ argocd app get linux", *SAMPLE.read_text().split("\n")]
    items = list(ArgoApplication().parse(Block("x", 1, lines)))
    assert not [item for item in items if isinstance(item, Unparsed)]


def test_the_failure_is_a_line_that_rules_can_match() -> None:
    failure, condition = records(read(SAMPLE))
    assert (failure.source, failure.level, failure.line) == (Source.HELM, Level.ERROR, 21)
    assert failure.text.endswith("Too long: must have at most 262144 bytes")
    assert condition.text.startswith("Failed sync attempt to 0.12.1")


def test_a_sync_that_went_well_is_no_error() -> None:
    text = SAMPLE.read_text().replace("Phase:              Failed", "Phase:              Succeeded")
    text = "\n".join(line for line in text.split("\n") if not line.startswith(("COND", "SyncErr")))
    assert records(read(text)) == []


def test_describe_is_not_argocd() -> None:
    lines = ("Name:         x", "Namespace:    ci", "Labels:       <none>", "Status:       Running")
    assert ArgoApplication().sniff(Head("app.txt", lines)) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2600), st.sampled_from(["", "\n", ":", "GROUP  KIND", "\t"]))
def test_a_cut_or_scribbled_output(at: int, noise: str) -> None:
    lines = (SAMPLE.read_text()[:at] + noise).split("\n")
    for item in ArgoApplication().parse(Block("x", 1, lines)):
        assert not isinstance(item, Observation) or item.name
        assert not isinstance(item, Record) or item.text


@pytest.mark.parametrize("line", ["", "Name:", "Name: /", "Sync Status:"])
def test_nothing_is_nothing(line: str) -> None:
    assert [
        x for x in ArgoApplication().parse(Block("x", 1, [line])) if isinstance(x, Record)
    ] == []
