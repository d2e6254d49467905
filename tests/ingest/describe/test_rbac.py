"""Service accounts, roles and bindings as describe prints them."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.observation import Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl"


def observed(name: str, command: str | None = None) -> list[Observation]:
    lines = (DATA / name).read_text().split("\n")
    items = DescribeParser().parse(Block(name, 1, lines, command))
    return [item for item in items if isinstance(item, Observation)]


def test_service_accounts() -> None:
    default, kube_mode = observed("describe-sa.txt")
    assert (default.kind, default.namespace) == ("ServiceAccount", "ci-runners")
    assert {"imagePullSecrets", "secrets", "metadata.labels"} <= default.absent
    assert kube_mode.fields["imagePullSecrets"] == [
        {"name": "registry-login"},
        {"name": "gone-login"},
    ]
    assert kube_mode.fields["metadata"]["labels"] == {"app.kubernetes.io/managed-by": "Helm"}


def test_a_stuck_deletion_is_never_ruled_out() -> None:
    for item in (*observed("describe-sa.txt"), *observed("describe-rbac.txt")):
        assert not any("deletion" in path or "automount" in path for path in item.absent)
        assert not item.complete


def test_role() -> None:
    role = observed("describe-rbac.txt")[0]
    assert (role.kind, role.namespace) == ("Role", None)
    assert role.fields["rules"] == [
        {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["get", "create"]},
        {
            "apiGroups": ["actions.github.com"],
            "resources": ["ephemeralrunners/status"],
            "resourceNames": ["build-x64-4kq8z"],
            "verbs": ["patch"],
        },
        {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]},
    ]
    assert "rules" in role.absent
    assert role.locator is not None
    found = role.locator.find(("rules", 0, "verbs", 1))
    assert found is not None
    assert (found[0], found[1].split()[0]) == (7, "pods/exec")


def test_rules_for_urls_make_a_cluster_role() -> None:
    probe = observed("describe-rbac.txt")[1]
    assert probe.kind == "ClusterRole"
    assert probe.fields["rules"] == [{"verbs": ["get"], "nonResourceURLs": ["/healthz", "/livez"]}]


def test_the_command_tells_what_the_text_does_not() -> None:
    kinds = [item.kind for item in observed("describe-rbac.txt", "kubectl describe clusterrole")]
    assert kinds[0] == "ClusterRole"
    role = observed("describe-rbac.txt", "kubectl -n ci-runners describe role")[0]
    assert (role.kind, role.namespace) == ("Role", "ci-runners")


def test_role_binding() -> None:
    binding = observed("describe-rbac.txt")[2]
    assert binding.kind == "RoleBinding"
    assert binding.fields["roleRef"] == {"kind": "Role", "name": "build-x64-gha-rs-kube-mode"}
    assert binding.fields["subjects"] == [
        {
            "kind": "ServiceAccount",
            "name": "build-x64-gha-rs-kube-mode",
            "namespace": "ci-runners",
        },
        {"kind": "User", "name": "jane"},
    ]
    assert "subjects[]" in binding.absent


def test_a_cut_rule_leaves_the_rules_open() -> None:
    text = (DATA / "describe-rbac.txt").read_text()
    lines = text[: text.index("[*]\n")].split("\n")
    items = list(DescribeParser().parse(Block("x", 1, lines)))
    role = items[0]
    assert isinstance(role, Observation)
    assert len(role.fields["rules"]) == 2
    assert "rules" not in role.absent
    assert any(getattr(item, "code", None) == "describe.truncated" for item in items)
