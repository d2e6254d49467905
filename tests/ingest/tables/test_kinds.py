from __future__ import annotations

import pytest

from arclogs.ingest.tables.kinds import kind_of_header, kind_of_row


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("NAME|READY|STATUS|RESTARTS|AGE", "Pod"),
        ("NAME|SECRETS|AGE", "ServiceAccount"),
        ("NAME|STATUS|VOLUME|CAPACITY|ACCESS MODES|STORAGECLASS|AGE", "PersistentVolumeClaim"),
        ("NAME|CAPACITY|ACCESS MODES|RECLAIM POLICY|STATUS|CLAIM|AGE", "PersistentVolume"),
        ("NAME|STATUS|ROLES|AGE|VERSION", "Node"),
        ("NAME|READY|UP-TO-DATE|AVAILABLE|AGE", "Deployment"),
        ("NAME|DESIRED|CURRENT|READY|AGE", "ReplicaSet"),
        ("NAME|DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE", "DaemonSet"),
        ("NAMESPACE|NAME|TYPE|DATA|AGE", "Secret"),
        ("NAME|DATA|AGE", "ConfigMap"),
        ("NAME|STATUS|AGE", "Namespace"),
        ("NAMESPACE|NAME|ROLE|AGE", "RoleBinding"),
        ("NAME|ROLE|AGE", None),  # or ClusterRoleBinding
        ("NAMESPACE|NAME|CREATED AT", "Role"),
        ("NAME|CREATED AT", None),  # or ClusterRole, or CustomResourceDefinition
        ("NAME|AGE", None),
        ("NAME|DESIREDREPLICAS|CURRENTREPLICAS", "EphemeralRunnerSet"),
        ("NAME|GITHUB CONFIG URL|RUNNERID|PHASE|AGE", "EphemeralRunner"),
        ("NAME|REQUEST|LIMIT|AGE", "ResourceQuota"),
    ],
)
def test_kind_of_header(header: str, kind: str | None) -> None:
    assert kind_of_header(tuple(header.split("|"))) == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"NAME": "build-x64-gha-rs-manager", "CREATED AT": "x"}, "Role"),
        (
            {"NAME": "ephemeralrunners.actions.github.com", "CREATED AT": "x"},
            "CustomResourceDefinition",
        ),
        ({"NAME": "system:node", "CREATED AT": "x"}, None),
        ({"NAME": "x", "ROLE": "Role/y"}, "RoleBinding"),
        ({"NAME": "x", "ROLE": "ClusterRole/y"}, None),
        ({"NAME": "x", "AGE": "5m"}, None),
    ],
)
def test_kind_of_row(cells: dict[str, str], kind: str | None) -> None:
    assert kind_of_row(tuple(cells), cells) == kind
