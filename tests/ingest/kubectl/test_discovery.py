from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.interface import Block, Head
from arclogs.ingest.kubectl.discovery import KubectlDiscovery
from arclogs.model.observation import Collected, Observation
from arclogs.model.record import Level, Record, Source
from tests.ingest.member_reading import coverage, observations, read, records

ABOUT = Path(__file__).parents[1] / "data" / "about"


def test_api_resources_tell_which_kinds_there_are() -> None:
    items = read(ABOUT / "api-resources.txt")
    known = {item.fields["kind"]: item for item in observations(items)}
    assert known["AutoscalingRunnerSet"].fields["apiVersion"] == "actions.github.com/v1alpha1"
    assert known["Node"].fields["namespaced"] is False
    assert Collected in map(type, items)  # so that a kind that is not listed is not there
    assert "EphemeralRunner" not in known


def test_empty_cells_of_old_versions() -> None:
    pods, jobs = observations(read(ABOUT / "api-resources-1.19.txt"))
    assert (pods.fields["apiVersion"], jobs.fields["apiVersion"]) == ("", "batch")


def test_a_piped_list_proves_nothing() -> None:
    text = (ABOUT / "api-resources.txt").read_text().split("\n")
    block = Block("x", 1, text, "kubectl api-resources | grep actions")
    assert not any(isinstance(item, Collected) for item in KubectlDiscovery().parse(block))


def test_who_the_runner_is_for_the_api_server() -> None:
    (review,) = observations(read(ABOUT / "whoami.txt"))
    assert review.kind == "SelfSubjectReview"
    assert review.name == "system:serviceaccount:arc-runners:linux-k8s-gha-rs-kube-mode"
    assert "system:authenticated" in review.fields["status"]["userInfo"]["groups"]


@pytest.mark.parametrize("name", ["cluster-info.txt", "cluster-info-1.31.txt"])
def test_cluster_info_is_said_by_kubectl(name: str) -> None:
    first = records(read(ABOUT / name))[0]
    assert (first.source, first.level) == (Source.KUBECTL, Level.INFO)
    assert first.text == "Kubernetes control plane is running at https://10.96.0.1:443"
    assert first.raw[0] == (ABOUT / name).read_text().split("\n")[0]


@pytest.mark.parametrize(
    ("command", "resource", "allowed"),
    [
        ("create pods/exec", {"resource": "pods", "subresource": "exec"}, False),
        ("create pods --subresource=log", {"resource": "pods", "subresource": "log"}, True),
        ("list jobs.batch", {"resource": "jobs", "group": "batch"}, True),
    ],
)
def test_an_answer_counts_where_the_question_is_known(
    command: str, resource: dict[str, str], *, allowed: bool
) -> None:
    account = "system:serviceaccount:ci:builders-kube-mode"
    asked = f"kubectl auth can-i {command} -n ci --as={account}"
    answer = "yes" if allowed else "no - no RBAC policy matched"
    (review,) = KubectlDiscovery().parse(Block("x", 1, ["Warning: resource is not", answer], asked))
    assert isinstance(review, Observation)
    assert (review.kind, review.namespace) == ("SubjectAccessReview", "ci")
    assert review.fields["status"] == {"allowed": allowed}
    assert review.fields["spec"]["user"] == account
    assert review.fields["spec"]["resourceAttributes"].items() >= resource.items()


def test_an_answer_alone_is_only_a_line() -> None:
    items = read(ABOUT / "can-i.txt")
    assert [type(item) for item in items[:-1]] == [Record]
    assert coverage(items).parser == "kubectl-about"


@pytest.mark.parametrize(
    "lines", [("no", "and yes"), ("NAME  SHORTNAMES",), ("it is running at https://x", "y"), ()]
)
def test_other_text_is_none_of_it(lines: tuple[str, ...]) -> None:
    assert KubectlDiscovery().sniff(Head("whoami.txt", lines)) == 0
