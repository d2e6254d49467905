"""What objects and logs tell of the environment."""

from __future__ import annotations

import pytest

from arclogs.rules.files.load import RuleSet
from arclogs.rules.proving import investigate_files

LISTENER = """apiVersion: v1
kind: Pod
metadata:
  name: linux-754b578d-listener
  namespace: arc-systems
  labels: {app.kubernetes.io/component: runner-scale-set-listener}
spec:
  containers: [{name: listener, image: %s}]
"""
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: arc-gha-rs-controller, namespace: arc-systems}
spec:
  template:
    spec:
      containers: [{name: manager, image: %s}]
"""
ZAP = '2026-11-20T09:20:00Z\tINFO\tEphemeralRunner\tCreating new pod\t{"version": "0.12.1"}\n'
IMAGE = "ghcr.io/actions/gha-runner-scale-set-controller:0.9.3"


def versions(files: dict[str, str]) -> tuple[str, ...]:
    case, _ = investigate_files(files, RuleSet((), ""))
    return case.facts.all("controller_version")


@pytest.mark.parametrize("text", [LISTENER, DEPLOYMENT])
def test_the_image_tells_the_controllers_version(text: str) -> None:
    assert versions({"a.yaml": text % IMAGE}) == ("0.9.3",)
    assert versions({"a.yaml": text % f"registry.example.com/x/{IMAGE}@sha256:0f"}) == ("0.9.3",)


@pytest.mark.parametrize(
    "image", ["ghcr.io/actions/actions-runner:2.331.0", f"{IMAGE[:-6]}", f"{IMAGE[:-6]}:latest"]
)
def test_other_images_and_tags_tell_none(image: str) -> None:
    assert versions({"a.yaml": LISTENER % image}) == ()


def test_what_the_controller_says_itself_counts_first() -> None:
    assert versions({"a.yaml": LISTENER % IMAGE, "controller.log": ZAP}) == ("0.12.1",)
