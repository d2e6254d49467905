from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.helm.release import Release
from arclogs.ingest.helm.values import is_values_key, read_values
from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.object_text import REDACTED
from arclogs.model.coverage import Code, Note
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Statement, Trust

VALUES = (Path(__file__).parents[1] / "data/helm/values.yaml").read_text("utf-8")


def read(text: str, release: Release | None = None):
    place = Location("values.yaml", 1)
    return list(read_values(text.split("\n"), place, release or Release()))


def test_values_are_declared_state_with_their_lines():
    values, mode = read(VALUES)
    assert isinstance(values, Observation)
    assert (values.kind, values.name, values.trust) == (
        "HelmValues",
        "values.yaml",
        Trust.DECLARED,
    )
    assert values.complete
    assert values.location.line == 2
    assert values.fields["values"]["maxRunners"] == 10
    lines = VALUES.split("\n")
    assert values.locator is not None
    found = values.locator.find(("values", "containerMode", "type"))
    assert found == (lines.index("  type: kubernetes-novolume") + 1, "  type: kubernetes-novolume")
    assert values.locator.find(("metadata", "name")) is None
    assert isinstance(mode, Statement)
    assert (mode.name, mode.value, mode.location.line) == (
        "container_mode",
        "kubernetes-novolume",
        found[0],
    )


def test_credentials_given_inline_are_not_kept():
    (values, _) = read(VALUES)
    secret = values.fields["values"]["githubConfigSecret"]
    assert secret == {"github_app_id": "924817", "github_app_private_key": REDACTED}
    assert "PRIVATE KEY" not in repr(values)
    assert "c2VjcmV0Ynl0ZXM" not in repr(values)
    found = values.locator.find(("values", "githubConfigSecret", "github_app_private_key"))
    assert found == (5, f"  github_app_private_key: {REDACTED}")


def test_the_release_or_the_scale_set_names_the_values():
    assert read(VALUES, Release("builders", "ci"))[0].name == "builders"
    values, scale_set = read("runnerScaleSetName: testers\nmaxRunners: 3\n")
    assert (values.name, scale_set.name, scale_set.value) == ("testers", "scale_set", "testers")


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "null\n", "{}\n"])
def test_no_values_are_nothing(text):
    assert read(text) == []


def test_broken_values_are_noted():
    note, unparsed = read("\ncontainerMode:\n  type: [\nmaxRunners: 1\n")
    assert isinstance(note, Note)
    assert note.code is Code.YAML_SYNTAX
    assert isinstance(unparsed, Unparsed)
    assert isinstance(read("just words\n")[0], Unparsed)


@pytest.mark.parametrize(
    "text",
    [
        "containerMode: kubernetes\ngithubConfigSecret: [1]\n",
        "containerMode:\n  type: [a]\nrunnerScaleSetName: 7\n",
        "githubConfigSecret:\n  github_token: {a: 1}\n",
    ],
)
def test_odd_values_do_no_harm(text):
    assert isinstance(read(text)[0], Observation)


def test_keys_of_the_charts_are_known():
    assert is_values_key("containerMode:")
    assert is_values_key("githubConfigUrl: https://github.com/x")
    assert not is_values_key("  containerMode:")
    assert not is_values_key("apiVersion: v1")
