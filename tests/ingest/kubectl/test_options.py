from __future__ import annotations

import pytest

from arclogs.ingest.kubectl.options import Asked, asked
from arclogs.ingest.objects.kinds import ALL_CATEGORY


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("kubectl get pods -A", Asked("get", ("Pod",), None, True, False, "")),
        (
            "$ kubectl get sa,role -n ci",
            Asked("get", ("ServiceAccount", "Role"), "ci", False, False, ""),
        ),
        ("k -nci get po -owide", Asked("get", ("Pod",), "ci", False, False, "wide")),
        ("kubectl get pods -Ao wide", Asked("get", ("Pod",), None, True, False, "wide")),
        (
            "kubectl get --namespace=ci ephemeralrunners.actions.github.com",
            Asked("get", ("EphemeralRunner",), "ci", False, False, ""),
        ),
        (
            "kubectl describe pod/a -n ci",
            Asked("describe", ("Pod",), "ci", False, True, "", ("a",)),
        ),
        (
            "kubectl -n ci describe pod a",
            Asked("describe", ("Pod",), "ci", False, True, "", ("a",)),
        ),
        ("kubectl events --for pod/a", Asked("events", ("Event",), None, False, True, "")),
        ("kubectl get all -n ci", Asked("get", ALL_CATEGORY, "ci", False, False, "")),
        ("kubectl get gizmos,pods", Asked("get", (), None, False, False, "")),
        ("kubectl get pods; kubectl get sa", Asked("get", ("Pod",), None, False, False, "")),
        (
            "kubectl get pods 'open quote",
            Asked("get", ("Pod",), None, False, True, "", ("'open", "quote")),
        ),
        ("kubectl logs a", None),
        ("", None),
        (None, None),
    ],
)
def test_asked(command: str | None, expected: Asked | None) -> None:
    assert asked(command) == expected


def test_backslashes_of_a_path_stay() -> None:
    found = asked(
        r"kubectl get ars -o custom-columns=V:.metadata.labels.app\.kubernetes\.io/version"
    )
    assert found is not None
    assert found.output == r"custom-columns=V:.metadata.labels.app\.kubernetes\.io/version"
