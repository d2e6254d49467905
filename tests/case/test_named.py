"""Whose pod a text or an event names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.named import runner_meant, runner_named, runner_of
from arclogs.model.event import Event
from arclogs.model.location import Location

RUNNER = "linux-k8s-7hx2q-runner-w9k4d"
OTHER = "linux-k8s-7hx2q-runner-m2v7c"
LEGACY = "ci-runners-wht4b-cjzdb"
LONG = "platform-engineering-linux-x64-large-k8s-7hx2q-runner-aaaaa"


@pytest.mark.parametrize(
    ("name", "runner"),
    [
        (RUNNER, RUNNER),
        (f"{RUNNER}-workflow", RUNNER),
        (f"{RUNNER}-step-0a1b2c3d", RUNNER),
        (f"{LEGACY}-workflow", LEGACY),
        ("runner-0-workflow", "runner-0"),
        (LONG, LONG),
        (f"{LONG[:54]}-workflow", None),
        (f"{LONG[:49]}-step-0a1b2c3d", None),
        ("buildkitd-0", None),
        ("linux-k8s-754b578d-listener", None),
        ("", None),
    ],
)
def test_runner_of_a_pod(name: str, runner: str | None) -> None:
    assert runner_of(name) == runner


@pytest.mark.parametrize(
    ("text", "runner"),
    [
        (f'Error: pods "{RUNNER}-workflow" already exists', RUNNER),
        (f'pods \\"{RUNNER}\\" is forbidden: exceeded quota: q', RUNNER),
        (f"Pod arc-runners/{RUNNER}-workflow: [check] fail (blocked)", RUNNER),
        (f"https://10.0.0.1/api/v1/namespaces/arc/pods/{RUNNER}-workflow.", RUNNER),
        (f'secrets "{RUNNER}-secret-0a1b2c3d" not found', RUNNER),
        (f'pods "{LEGACY}-workflow" not found', LEGACY),
        ("Pod runner-0-workflow is unhealthy with phase status Pending", "runner-0"),
        (f"{RUNNER} and its job pod {RUNNER}-workflow", RUNNER),
        (f"{RUNNER} and {OTHER}", None),
        ("Running job: deploy-workflow", None),
        ("the Deploy-workflow of .github/workflows/build-workflow.yaml", None),
        (f"x_{RUNNER}", None),
        (f'pods "{LONG[:54]}-workflow" already exists', None),
        ("the pod failed to come online", None),
        ("", None),
    ],
)
def test_runner_in_a_text(text: str, runner: str | None) -> None:
    assert runner_named(text) == runner


@pytest.mark.parametrize(
    ("kind", "name", "message", "runner"),
    [
        ("Pod", f"{RUNNER}-workflow", "no such image", RUNNER),
        ("EphemeralRunner", RUNNER, "no", RUNNER),
        ("PersistentVolumeClaim", f"{RUNNER}-work", f"not for {OTHER}", RUNNER),
        ("PersistentVolumeClaim", "cache", f"waiting for pod {RUNNER}", RUNNER),
        ("Pod", "buildkitd-0", f"Volume is already used by pod(s) {RUNNER}", None),
        ("ClusterPolicy", "no-root", f"Pod arc-runners/{RUNNER}-workflow: fail (blocked)", RUNNER),
        ("Node", "worker-3", "Node worker-3 status is now: NodeNotReady", None),
        (None, None, f"Pod {RUNNER} was blocked", RUNNER),
    ],
)
def test_runner_of_an_event(
    kind: str | None, name: str | None, message: str, runner: str | None
) -> None:
    event = Event(Location("events.txt", 1), "", "Reason", message, kind=kind, name=name)
    assert runner_meant(event) == runner


@settings(max_examples=100)
@given(st.text(st.sampled_from('abz09-_./"é\n \\'), max_size=80))
def test_what_is_beside_a_name_does_not_hide_it(text: str) -> None:
    assert runner_named(f'{text} pods "{RUNNER}-workflow" is forbidden {text}') == RUNNER
