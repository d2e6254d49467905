from __future__ import annotations

import pytest

from arclogs.ingest.objects.dump_paths import Home, home_of


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("namespaces/ci/core/pods.yaml", Home("Pod", "ci", True)),
        (
            "must-gather.local.1/quay-io-x/namespaces/ci/apps/deployments.yaml",
            Home("Deployment", "ci", True),
        ),
        (
            "support-bundle-1/cluster-resources/serviceaccounts/ci.json",
            Home("ServiceAccount", "ci", True),
        ),
        ("cluster-resources/resource-quota/ci.json", Home("ResourceQuota", "ci", True)),
        ("cluster-resources/storage-classes.json", Home("StorageClass", None, True)),
        (
            "cluster-resources/custom-resources/ephemeralrunners.actions.github.com/ci.json",
            Home("EphemeralRunner", "ci", True),
        ),
        ("outer.tgz!/ci/replication-controllers.json", Home("ReplicationController", "ci", False)),
        ("nodes.json", Home("Node", None, False)),
    ],
)
def test_paths_of_known_layouts_tell_kind_and_namespace(path, home):
    assert home_of(path) == home


@pytest.mark.parametrize(
    "path",
    [
        "notes.txt",
        "cluster-resources/pods/logs/ci/x/runner.log",
        "namespaces/ci/core/serviceaccounts/default.yaml",
        "cluster-resources/pods-errors.json",
        "pods.yaml.bak",
        "namespaces/BAD NAME/core/pods.txt",
    ],
)
def test_other_paths_tell_nothing(path):
    assert home_of(path) is None
