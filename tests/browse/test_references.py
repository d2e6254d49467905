"""Who names whom, on a real bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.browse.opened import open_case
from arclogs.browse.references import used_by

SAMPLE = Path(__file__).parents[2] / "samples" / "founding-with-accounts"


@pytest.fixture(scope="module")
def case():
    return open_case([SAMPLE]).case


@pytest.mark.parametrize(
    ("kind", "name", "users"),
    [
        (
            "ServiceAccount",
            "linux-k8s-gha-rs-kube-mode",
            {
                ("Pod", "linux-k8s-7hx2q-runner-m2v7c", "spec.serviceAccountName"),
                ("Pod", "linux-k8s-7hx2q-runner-w9k4d", "spec.serviceAccountName"),
                ("RoleBinding", "linux-k8s-gha-rs-kube-mode", "subjects[kind=ServiceAccount].name"),
            },
        ),
        (
            "Role",
            "linux-k8s-gha-rs-kube-mode",
            {("RoleBinding", "linux-k8s-gha-rs-kube-mode", "roleRef.name")},
        ),
        ("Pod", "linux-k8s-7hx2q-runner-w9k4d", set()),
    ],
)
def test_users_are_found_with_the_field_that_names_it(case, kind: str, name: str, users) -> None:
    item = case.live.find(kind, name)
    assert item is not None
    found = list(used_by(item, case))
    assert {(use.kind, use.name, use.field) for use in found} == users
    assert all(use.line > 0 for use in found)
