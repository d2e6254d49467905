from __future__ import annotations

import pytest

from arclogs.ingest.objects.kinds import CLUSTER_SCOPED, item_kind, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("po", "Pod"),
        ("pods", "Pod"),
        ("Pod", "Pod"),
        ("sa", "ServiceAccount"),
        ("serviceaccounts", "ServiceAccount"),
        ("rolebinding", "RoleBinding"),
        ("pvc", "PersistentVolumeClaim"),
        ("pvcs", "PersistentVolumeClaim"),
        ("autoscalingrunnerset", "AutoscalingRunnerSet"),
        ("ephemeralrunners.actions.github.com", "EphemeralRunner"),
        ("jobs.batch", "Job"),
        ("deployments.v1.apps", "Deployment"),
        ("replication-controllers", "ReplicationController"),
        ("resource-quota", "ResourceQuota"),
        ("storage-classes", "StorageClass"),
        ("networkpolicies", "NetworkPolicy"),
        ("ingresses", "Ingress"),
        ("endpoints", "Endpoints"),
        ("quota", "ResourceQuota"),
        ("limits", "LimitRange"),
        ("clusterpolicies", "ClusterPolicy"),
    ],
)
def test_resource_names_short_names_and_paths_lead_to_the_kind(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize("name", ["", ".", "all", "widgets", "pod/x", "-"])
def test_a_name_that_is_not_known_leads_nowhere(name):
    assert kind_of(name) is None


def test_the_items_of_a_typed_list_have_its_kind():
    assert item_kind("PodList") == "Pod"
    assert item_kind("EphemeralRunnerList") == "EphemeralRunner"
    assert item_kind("EndpointsList") == "Endpoints"
    assert item_kind("List") is None
    assert item_kind("Pod") is None
    assert item_kind("no kind at allList") is None


def test_kinds_without_a_namespace_are_known():
    assert {"Node", "Namespace", "ClusterRole", "StorageClass"} <= CLUSTER_SCOPED
    assert not {"Pod", "Role", "Event", "AutoscalingListener"} & CLUSTER_SCOPED
