from __future__ import annotations

import pytest

from arclogs.ingest.helm.release import chart_versions, release_of
from arclogs.model.location import Location

PLACE = Location("m", 1)


@pytest.mark.parametrize(
    ("command", "name", "namespace"),
    [
        ("helm get values builders -n ci", "builders", "ci"),
        ("helm -n ci get all builders", "builders", "ci"),
        ("helm get manifest builders --namespace ci", "builders", "ci"),
        ("helm status builders", "builders", None),
        ("sudo helm history builders -n ci", "builders", "ci"),
        ("helm ls -A", None, None),
        ("helm", None, None),
        ("kubectl get pods", None, None),
        ("helm get values 'open", "'open", None),
    ],
)
def test_a_command_tells_the_release(command, name, namespace):
    release = release_of("x.txt", command)
    assert (release.name, release.namespace) == (name, namespace)


@pytest.mark.parametrize(
    ("path", "name", "namespace"),
    [
        ("arc-bundle-logs/helm-info/builders_NS_ci-runners_values.yaml", "builders", "ci-runners"),
        ("arc-bundle-logs/helm-info/arc_NS-arc-systems_all.yaml", "arc", "arc-systems"),
        ("helm_info/builders_NS_ci_all.yaml", "builders", "ci"),
        ("values.yaml", None, None),
        ("pod_logs/builders_NS_ci_meta.yaml", None, None),
    ],
)
def test_a_file_of_the_collection_scripts_tells_the_release(path, name, namespace):
    release = release_of(path, None)
    assert (release.name, release.namespace) == (name, namespace)


@pytest.mark.parametrize(
    ("chart", "fact"),
    [
        ("gha-runner-scale-set-0.9.3", ("chart_version", "0.9.3")),
        ("gha-runner-scale-set-controller-0.9.3", ("controller_version", "0.9.3")),
        ("gha-runner-scale-set-experimental-0.14.0", ("chart_version", "0.14.0")),
        ("gha-rs-0.12.1", ("chart_version", "0.12.1")),
        ("gha-rs-controller-0.12.1", ("controller_version", "0.12.1")),
        ("gha-runner-scale-set-0.13.0-rc.1", ("chart_version", "0.13.0-rc.1")),
        ("actions-runner-controller-0.23.7", ("controller_version", "0.27.6")),
        ("gatekeeper-3.16.0", None),
        ("", None),
    ],
)
def test_a_chart_tells_the_version(chart, fact):
    found = [(s.name, s.value) for s in chart_versions(chart, PLACE, "", {}, "0.27.6")]
    assert found == ([fact] if fact else [])
