"""Quotas, limit ranges and namespaces as describe prints them."""

from __future__ import annotations

from pathlib import Path

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block
from arclogs.model.observation import Collected, Observation

DATA = Path(__file__).parents[1] / "data" / "kubectl" / "describe-quota.txt"
ITEMS = list(DescribeParser().parse(Block("q", 1, DATA.read_text().split("\n"))))
OBSERVED = [item for item in ITEMS if isinstance(item, Observation)]


def test_quota() -> None:
    quota = OBSERVED[0]
    assert (quota.kind, quota.namespace) == ("ResourceQuota", "ci-runners")
    assert quota.fields["status"] == {
        "used": {"pods": "20", "requests.cpu": "6"},
        "hard": {"pods": "20", "requests.cpu": "8"},
    }


def test_limit_range() -> None:
    limits = OBSERVED[1]
    assert limits.kind == "LimitRange"
    assert limits.fields["spec"]["limits"] == [
        {
            "type": "Container",
            "max": {"cpu": "2", "memory": "4Gi"},
            "defaultRequest": {"cpu": "500m", "memory": "256Mi"},
            "default": {"cpu": "1", "memory": "512Mi"},
        },
        {"type": "Pod", "max": {"cpu": "4"}},
    ]


def test_a_namespace_lists_its_quotas() -> None:
    namespace, first, second = OBSERVED[2:5]
    assert (namespace.kind, namespace.fields["status"]) == ("Namespace", {"phase": "Active"})
    assert (first.kind, first.name, first.namespace) == ("ResourceQuota", "ci-quota", "ci-runners")
    assert first.fields["status"]["used"] == {"pods": "20"}
    assert second.name == "gpu-quota"
    assert second.fields["status"]["hard"] == {"requests.nvidia.com/gpu": "1"}
    assert second.location.line == 28


def test_what_a_namespace_lists_in_full() -> None:
    proven = {(item.kind, item.namespace) for item in ITEMS if isinstance(item, Collected)}
    assert proven == {
        ("ResourceQuota", "ci-runners"),
        ("ResourceQuota", "ci-empty"),
        ("LimitRange", "ci-empty"),
    }


def test_a_cut_list_of_quotas_proves_nothing() -> None:
    text = DATA.read_text()
    cut = text[text.index("Name:         ci-runners") : text.index("Resource Limits")]
    items = list(DescribeParser().parse(Block("q", 1, cut.split("\n"))))
    assert not any(isinstance(item, Collected) for item in items)
    assert sum(isinstance(item, Observation) for item in items) == 3
