from __future__ import annotations

import pytest

from arclogs.ingest.text.log_commands import origin_of_command

POD = "linux-k8s-7hx2q-runner-w9k4d"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            f"kubectl -n arc-runners logs {POD} -c runner --previous",
            {"namespace": "arc-runners", "pod": POD, "container": "runner", "previous": "true"},
        ),
        (f"kubectl logs pod/{POD} dind -p", {"pod": POD, "container": "dind", "previous": "true"}),
        (f"oc logs --namespace=ci {POD} > runner.log 2>&1", {"namespace": "ci", "pod": POD}),
        (f"k logs --tail 100 {POD} | grep -i error", {"pod": POD}),
        ("kubectl logs -n arc-systems -l app=listener --tail=-1", {"namespace": "arc-systems"}),
        ("kubectl logs deploy/arc-gha-rs-controller -n arc-systems", {"namespace": "arc-systems"}),
        (f"cat pod_logs/{POD}_NS_ci.log", {"pod": POD}),
        ("cat runner-previous.log", {"previous": "true"}),
        ("kubectl get pods -n arc-runners", {}),
        ("kubectl logs 'never closed", {}),
        ("kubectl logs", {}),
        ("", {}),
    ],
)
def test_whose_log_a_command_prints(command: str, said: dict[str, str]) -> None:
    assert origin_of_command(command) == said
