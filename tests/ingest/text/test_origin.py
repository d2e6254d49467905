from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.text.origin import is_runner_pod, origin_of

RUNNER = "linux-k8s-7hx2q-runner-w9k4d"


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        (f"arc-bundle-logs/pod_logs/{RUNNER}_NS_arc-runners.log", {"pod": RUNNER}),
        (f"pod_logs/{RUNNER}_NS_.log", {"pod": RUNNER}),
        (f"pod_logs/{RUNNER}_arc-runners.log", {"pod": RUNNER}),
        (f"pod_logs/{RUNNER}_NS_arc-runners_meta.yaml", {"pod": RUNNER}),
        (f"x.tgz!/runner-pod-logs/{RUNNER}_arc-runners.log.gz", {"pod": RUNNER}),
        ("pod_logs/README.md", {}),
        (f"support-bundle-1/arc/{RUNNER}/runner.log", {"pod": RUNNER}),
        (f"logs/{RUNNER}/_diag/Worker_20260921-100000-utc.log", {"pod": RUNNER}),
        ("logs/linux-754b578d-listener/listener.log", {"pod": "linux-754b578d-listener"}),
        ("logs/linux-runner/runner.log", {}),
        (
            "must-gather.local.1/quay-io-x/namespaces/arc-systems/pods/ctl-5d9f/manager/manager/"
            "logs/previous.insecure.log",
            {
                "namespace": "arc-systems",
                "pod": "ctl-5d9f",
                "container": "manager",
                "previous": "true",
            },
        ),
        (
            f"namespaces/arc/pods/{RUNNER}/runner/runner/logs/rotated/0.log.20260921-100000.gz",
            {"namespace": "arc", "pod": RUNNER, "container": "runner"},
        ),
        (
            f"support-bundle-1/cluster-resources/pods/logs/arc-runners/{RUNNER}/runner-previous.log",
            {
                "namespace": "arc-runners",
                "pod": RUNNER,
                "container": "runner",
                "previous": "true",
            },
        ),
        (
            f"cluster-resources/pods/logs/arc-runners/{RUNNER}/dind-previous-logs-errors.log",
            {
                "namespace": "arc-runners",
                "pod": RUNNER,
                "container": "dind",
                "previous": "true",
            },
        ),
        (
            f"cluster-resources/pods/logs/arc-runners/{RUNNER}/init-dind-externals.log",
            {"namespace": "arc-runners", "pod": RUNNER, "container": "init-dind-externals"},
        ),
        (f"dump/arc-runners/{RUNNER}/logs.txt", {"namespace": "arc-runners", "pod": RUNNER}),
        ("collected/monday/logs.txt", {}),
        (
            f"var/log/pods/arc-runners_{RUNNER}_5f3c1b0e-6a0b-5d2c-8a54-0f4a7f0f6a11/runner/0.log",
            {"namespace": "arc-runners", "pod": RUNNER, "container": "runner"},
        ),
        (
            f"containers/{RUNNER}_arc-runners_runner-{'0af3' * 16}.log",
            {"namespace": "arc-runners", "pod": RUNNER, "container": "runner"},
        ),
        (f"logs/{RUNNER}.log", {"pod": RUNNER}),
        (
            f"{RUNNER}-workflow.previous.txt",
            {"pod": f"{RUNNER}-workflow", "previous": "true"},
        ),
        (f"logs/{RUNNER}.log.1.gz", {"pod": RUNNER}),
        (f"logs/{RUNNER}.log.20260921-100000", {"pod": RUNNER}),
        ("listener-previous.log", {"previous": "true"}),
        ("manager.log.previous", {"previous": "true"}),
        ("previously/seen.log", {}),
        ("logs/deploy-57ff65c4-listener.log", {"pod": "deploy-57ff65c4-listener"}),
        (f"{RUNNER}-and-more.log", {}),
        ("runner.log", {}),
        ("arc-controller.log", {}),
        ("", {}),
    ],
)
def test_origin(name: str, origin: dict[str, str]) -> None:
    assert origin_of(name) == origin


@pytest.mark.parametrize(
    ("name", "is_pod"),
    [
        (RUNNER, True),
        ("a-x2f7d-runner-abcde", True),
        ("org-runners-tq2hs-bbk9z", True),
        ("build-linux-small", False),
        ("GitHub Actions 12", False),
        ("ip-10-0-12-31", False),
        (f"{RUNNER}-workflow", False),
        ("", False),
    ],
)
def test_runner_pod(name: str, is_pod: bool) -> None:
    assert is_runner_pod(name) is is_pod


@settings(max_examples=60)
@given(st.text(st.sampled_from("abz09-_./!é\n"), max_size=60))
def test_no_path_raises(name: str) -> None:
    for prefix in ("", "pod_logs/", "cluster-resources/pods/logs/", "namespaces/a/pods/"):
        assert set(origin_of(prefix + name)) <= {"pod", "namespace", "container"}
