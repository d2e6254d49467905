"""What a piece of an object that does not show its name may decide, and what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.analyze import analyze

SAMPLE = Path(__file__).parents[2] / "samples" / "founding-with-accounts"
PIECE = """\
  metadata:
    creationTimestamp: "2026-09-17T08:41:03Z"
  spec:
    serviceAccountName: linux-k8s-gha-rs-kube-mode
    containers:
    - name: runner
    nodeName: ip-10-0-12-31.ec2.internal
"""


@pytest.fixture
def ticket(tmp_path):
    """The job log and the accounts of the founding case, without the pods."""
    dump = (SAMPLE / "pods-accounts-rbac.yaml").read_text()
    head, accounts = dump.split("items:\n")[0], dump.index("- apiVersion: v1\n  kind: ServiceAcc")
    (tmp_path / "rbac.yaml").write_text(f"{head}items:\n{dump[accounts:]}")
    (tmp_path / "job-log.txt").write_bytes((SAMPLE / "job-log.txt").read_bytes())
    return tmp_path


def answer(folder):
    found = analyze([folder]).answer
    return found and (found.rule, found.confidence)


def test_without_the_pod_it_is_possible(ticket):
    assert answer(ticket) == ("sa-token-rejected", "possible")


def test_a_piece_of_some_runner_pod_makes_it_likely_and_no_more(ticket):
    (ticket / "pod.txt").write_text(PIECE)
    assert answer(ticket) == ("sa-token-rejected", "likely")
    found = analyze([ticket]).answer
    assert found
    cited = [e.text.strip() for e in found.evidence]
    assert "serviceAccountName: linux-k8s-gha-rs-kube-mode" in cited


def test_the_pod_itself_outweighs_the_piece(ticket):
    (ticket / "pod.txt").write_text(PIECE.replace("kube-mode", "other"))
    whole = (SAMPLE / "pods-accounts-rbac.yaml").read_bytes()
    (ticket / "all.yaml").write_bytes(whole)
    assert answer(ticket) == ("sa-token-rejected", "confirmed")


def test_a_piece_that_does_not_fit_makes_nothing_sure(ticket):
    (ticket / "pod.txt").write_text(PIECE.replace("2026-09-17T08:41:03Z", "2026-09-18T08:41:03Z"))
    causes = [f for f in analyze([ticket]).findings if f.kind == "cause"]
    assert {cause.confidence for cause in causes} == {"possible"}


def test_a_piece_does_not_prove_that_an_account_exists(ticket):
    (ticket / "rbac.yaml").unlink()
    (ticket / "pod.txt").write_text(PIECE)
    (ticket / "account.txt").write_text("metadata:\n  uid: 1\nimagePullSecrets:\n- name: x\n")
    assert answer(ticket)[1] == "possible"
