from __future__ import annotations

import pytest

from arclogs.bundle.member import Member
from arclogs.ingest.interface import Head
from arclogs.ingest.kubectl.jsonpath import KubectlJsonPath
from arclogs.ingest.read import read_member
from arclogs.model.observation import Observation, Trust


def read(text):
    data = text.encode()
    items = read_member(Member("session.txt", len(data), None, iter([data])))
    return [item for item in items if isinstance(item, Observation)]


@pytest.mark.parametrize(
    ("command", "answer", "fields"),
    [
        ("get pod p -o jsonpath='{.spec.serviceAccountName}'", "default",
         {"spec": {"serviceAccountName": "default"}}),
        ("get pod/p -o=jsonpath={.metadata.creationTimestamp}; echo", "2026-09-17T08:41:03Z",
         {"metadata": {"creationTimestamp": "2026-09-17T08:41:03Z"}}),
        ("get pod p -ojsonpath='{.metadata.finalizers}'", '["a/b"]',
         {"metadata": {"finalizers": ["a/b"]}}),
        ("get pod p -o jsonpath='{.metadata.labels.app\\.kubernetes\\.io/name}{\"\\n\"}'", "x",
         {"metadata": {"labels": {"app.kubernetes.io/name": "x"}}}),
        ("get pod p -o jsonpath=\"{.metadata.labels['a.b/c']}\"", "x",
         {"metadata": {"labels": {"a.b/c": "x"}}}),
        ("get pod p -o jsonpath='{.spec.hostNetwork}'", "true", {"spec": {"hostNetwork": True}}),
    ],
)  # fmt: skip
def test_a_field_that_was_asked_for(command, answer, fields):
    (found,) = read(f"$ kubectl -n ci {command}\n{answer}\n$ date\n")
    assert (found.kind, found.namespace, found.name) == ("Pod", "ci", "p")
    assert (found.trust, found.complete) == (Trust.LIVE, False)
    identity = {"name": "p", "namespace": "ci", **fields.get("metadata", {})}
    assert found.fields == {**fields, "metadata": identity}
    path = next(iter(fields)), next(iter(next(iter(fields.values()))))
    if path[1] != "labels":
        assert found.locator is not None
        assert found.locator.find(path) == (2, answer)


@pytest.mark.parametrize(
    "command",
    [
        "kubectl get pods -o jsonpath='{.items[*].metadata.name}'",
        "kubectl get pod p -o jsonpath='{.spec.containers[0].image}'",
        "kubectl get pod p -o jsonpath='{range .items[*]}{.a}{end}'",
        "kubectl get pod p q -o jsonpath='{.a}'",
        "kubectl get pod p -o yaml",
        None,
    ],
)
def test_what_is_not_one_field_of_one_object(command):
    assert KubectlJsonPath().sniff(Head("x", ("default",), command)) == 0


def test_an_error_or_more_than_an_answer():
    command = "kubectl get pod p -o jsonpath='{.a}'"
    sniff = KubectlJsonPath().sniff
    assert sniff(Head("x", ("one", "two"), command)) == 0
    assert sniff(Head("x", ('Error from server (NotFound): pods "p" not found',), command)) == 0
    assert sniff(Head("x", ("one", ""), command)) == 99


def test_the_value_of_a_secret_is_not_kept():
    (found,) = read("$ kubectl get secret s -o jsonpath='{.data.password}'\nc2VjcmV0IHdvcmQ=\n")
    assert "c2VjcmV0" not in repr(found)
    assert list(found.fields["data"]) == ["password"]
