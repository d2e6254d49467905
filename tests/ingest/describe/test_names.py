from __future__ import annotations

import pytest

from arclogs.ingest.describe.names import field_name, scalar


@pytest.mark.parametrize(
    ("label", "parent", "name"),
    [
        ("Github Config URL", "spec", "githubConfigUrl"),
        ("API Version", "", "apiVersion"),
        ("UID", "metadata", "uid"),
        ("Runner JIT Config", "status", "runnerJITConfig"),
        ("Patch Id", "spec", "patchID"),
        ("Some New Field", "spec", "someNewField"),
        ("Help URL Template", "spec", "helpUrlTemplate"),
        ("nvidia.com/gpu", "limits", "nvidia.com/gpu"),
        ("Node - Role", "nodeSelector", "node-role"),
        ("Cpu", "requests", "cpu"),
    ],
)
def test_field_name(label: str, parent: str, name: str) -> None:
    assert field_name(label, parent) == name


@pytest.mark.parametrize(
    ("name", "parent", "text", "value"),
    [
        ("maxRunners", "spec", "10", 10),
        ("ready", "status", "false", False),
        ("value", "env", "true", "true"),
        ("resourceVersion", "metadata", "8812", "8812"),
        ("anything", "failures", "true", True),
        ("generation", "metadata", "x" * 30, "x" * 30),
        ("generation", "metadata", "1" * 30, "1" * 30),
        ("generation", "metadata", "²", "²"),
    ],
)
def test_scalar(name: str, parent: str, text: str, value: object) -> None:
    assert scalar(name, parent, text) == value
