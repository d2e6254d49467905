from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Item, Unparsed
from arclogs.ingest.objects.manifest import Manifest
from arclogs.ingest.objects.object_text import REDACTED
from arclogs.model.observation import Collected, Observation, Trust
from arclogs.model.record import Level, Record, Source


def read(text: str, member: str = "dump.yaml", command: str | None = None) -> list[Item]:
    return list(Manifest().parse(Block(member, 1, text.split("\n"), command)))


def proofs(text: str, member: str = "dump.yaml", command: str | None = None) -> set[object]:
    items = read(text, member, command)
    return {(item.kind, item.namespace) for item in items if isinstance(item, Collected)}


def observed(text: str) -> list[Observation]:
    return [item for item in read(text) if isinstance(item, Observation)]


def a_list(*objects: tuple[str, str | None, str], kind: str = "List", more: str = "") -> str:
    items = "".join(
        f"- apiVersion: v1\n  kind: {kind_}\n  metadata:\n    name: {name}\n    uid: u\n"
        + (f"    namespace: {namespace}\n" if namespace else "")
        for kind_, namespace, name in objects
    )
    listed = f"items:\n{items}" if items else "items: []\n"
    return f"apiVersion: v1\n{listed}kind: {kind}\nmetadata:\n  resourceVersion: ''\n{more}"


SA, ROLE = ("ServiceAccount", "ci", "a"), ("Role", "ci", "r")
EMPTY = a_list()


def test_a_list_proves_its_kinds_in_its_namespace():
    assert proofs(a_list(SA, ROLE)) == {("ServiceAccount", "ci"), ("Role", "ci")}


def test_a_list_of_several_namespaces_is_of_all():
    other = ("ServiceAccount", "systems", "b")
    assert proofs(a_list(SA, ROLE, other)) == {("ServiceAccount", None), ("Role", None)}


def test_cluster_scoped_kinds_have_no_namespace():
    assert proofs(a_list(("Node", None, "n1"), SA)) == {("Node", None), ("ServiceAccount", "ci")}


def test_a_single_object_proves_nothing():
    assert proofs("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, uid: u}\n") == set()


def test_an_empty_list_proves_nothing_by_itself():
    assert proofs(EMPTY) == set()
    assert proofs(a_list(kind="PodList")) == set()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            "kubectl get sa,role,rolebinding -n ci -o yaml",
            {("ServiceAccount", "ci"), ("Role", "ci"), ("RoleBinding", "ci")},
        ),
        ("kubectl get rolebindings -A -o yaml", {("RoleBinding", None)}),
        ("oc get nodes -o yaml", {("Node", None)}),
        ("kubectl get sa -o yaml", set()),
        ("kubectl get sa builders testers -n ci -o yaml", set()),
        ("kubectl get sa -n ci -l app=x -o yaml", set()),
        ("kubectl get sa -n ci -o yaml | head -20", set()),
        ("kubectl describe sa -n ci", set()),
        ("kubectl get sa,widgets -n ci -o yaml", set()),
    ],
)
def test_a_command_tells_what_an_empty_list_is_of(command, expected):
    assert proofs(EMPTY, command=command) == expected


def test_a_command_that_names_objects_makes_a_full_list_no_proof():
    assert proofs(a_list(SA), command="kubectl get sa a b -n ci -o yaml") == set()
    assert proofs(a_list(SA), command="kubectl get sa -o yaml") == {("ServiceAccount", "ci")}


@pytest.mark.parametrize(
    ("member", "kind", "expected"),
    [
        ("namespaces/ci/core/pods.yaml", "PodList", {("Pod", "ci")}),
        ("cluster-resources/pods/ci.yaml", "PodList", {("Pod", "ci")}),
        ("dump/ci/pods.yaml", "PodList", {("Pod", "ci")}),
        ("dump/nodes.yaml", "NodeList", {("Node", None)}),
        ("dump/ci/pods.yaml", "List", set()),
        ("dump/ci/pods.yaml", "ServiceList", set()),
        ("pods.yaml", "PodList", set()),
    ],
)
def test_the_path_tells_what_an_empty_typed_list_is_of(member, kind, expected):
    assert proofs(a_list(kind=kind), member) == expected


@pytest.mark.parametrize(
    "page", ["  continue: abc\n", "  remainingItemCount: 7\n", "  continue: abc\n  x: y\n"]
)
def test_one_page_of_a_list_proves_nothing(page):
    assert proofs(a_list(SA, more=page)) == set()
    assert proofs(a_list(SA, more="  continue: ''\n")) == {("ServiceAccount", "ci")}


def test_a_cut_list_proves_nothing_even_where_the_command_is_known():
    text = a_list(SA, ROLE).split("kind: List")[0]
    assert proofs(text, command="kubectl get sa,role -n ci -o yaml") == set()


def test_an_array_proves_only_by_a_path_that_a_program_made():
    text = "- kind: EphemeralRunner\n  metadata: {name: x, namespace: ci, uid: u}\n"
    path = "cluster-resources/custom-resources/ephemeralrunners.actions.github.com/ci"
    assert proofs(text) == set()
    assert proofs(text, f"{path}.yaml") == {("EphemeralRunner", "ci")}
    assert proofs("[]\n", f"{path}.json") == {("EphemeralRunner", "ci")}


def test_items_of_a_typed_list_get_its_kind():
    text = "apiVersion: v1\nitems:\n- metadata: {name: a, namespace: ci}\nkind: PodList\n"
    (pod,) = observed(text)
    assert (pod.kind, pod.name, pod.namespace) == ("Pod", "a", "ci")


def test_items_of_a_cut_typed_list_get_the_kind_of_the_file():
    text = "apiVersion: v1\nitems:\n- metadata: {name: a, namespace: ci, uid: u}\n"
    pods = [i for i in read(text, "dump/ci/pods.yaml") if isinstance(i, Observation)]
    assert [(pod.kind, pod.complete) for pod in pods] == [("Pod", False)]
    assert proofs(text, "dump/ci/pods.yaml") == set()
    assert not observed(text)


def test_what_the_server_printed_is_complete_and_what_people_wrote_is_not():
    server = "kind: Role\nmetadata: {name: a, creationTimestamp: '2026-03-02T07:44:10Z'}\n"
    (printed,) = observed(server + "---\n")
    (written,) = observed("kind: Role\nmetadata: {name: a}\n")
    assert (printed.complete, printed.trust) == (True, Trust.LIVE)
    assert (written.complete, written.trust) == (False, Trust.LIVE)


@pytest.mark.parametrize(
    ("kind", "last"),
    [("Pod", "status: {phase: Running}"), ("Role", "rules: []"), ("RoleBinding", "roleRef: {}"),
     ("EphemeralRunner", "spec: {}"), ("ServiceAccount", "secrets: []")],
)  # fmt: skip
def test_an_object_at_the_end_of_the_text_may_have_been_cut(kind, last):
    head = f"kind: {kind}\nmetadata:\n  creationTimestamp: '2026-03-02T07:44:10Z'\n  name: a\n"
    (cut,) = observed(head)
    (whole,) = observed(f"{head}  uid: u\n{last}\n")
    (followed,) = observed(f"{head}---\n")
    assert (cut.complete, whole.complete, followed.complete) == (False, True, True)


def test_managed_fields_are_dropped():
    (role,) = observed("kind: Role\nmetadata:\n  name: a\n  managedFields:\n  - manager: helm\n")
    assert role.fields["metadata"] == {"name": "a"}


SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: s
  namespace: ci
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"data":{"token":"aGlkZGVu"}}
data:
  token: aGlkZGVu
stringData: aGlkZGVu
"""


@pytest.mark.parametrize("text", [SECRET, a_list(SA) + "---\n" + SECRET])
def test_values_of_a_secret_are_not_kept_anywhere(text):
    secret = next(item for item in observed(text) if item.kind == "Secret")
    assert secret.fields["data"] == {"token": REDACTED}
    assert "aGlkZGVu" not in repr(secret)
    assert secret.locator is not None
    found = secret.locator.find(("data", "token"))
    assert found is not None
    assert found[1] == f"  token: {REDACTED}"
    assert secret.locator.find(("metadata", "name")) is not None


def test_an_answer_of_the_api_server_is_kubectls_word():
    text = '{"kind": "Status", "status": "Failure", "message": "pods is forbidden", "code": 403}'
    (record,) = read(text)
    assert isinstance(record, Record)
    assert (record.text, record.source, record.level) == (
        "pods is forbidden",
        Source.KUBECTL,
        Level.ERROR,
    )


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Config\nusers: [{name: me, user: {token: aGlkZGVu}}]\n",
        "apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nspec: {versionNumber: 1}\n",
        "{}\n",
        "null\n",
    ],
)
def test_what_is_no_state_of_the_cluster_is_passed_over(text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["name: ci\non: push\n", "- a\n- b\n", "kind:\nmetadata: {}\n"])
def test_what_is_no_object_is_unparsed(text):
    items = read(text)
    assert items
    assert all(isinstance(item, Unparsed) for item in items)


@pytest.mark.parametrize(
    "text",
    [
        "kind: Pod\nmetadata: 3\n",
        "kind: Pod\nmetadata: [x]\n",
        "kind: [Pod]\n",
        "kind: Secret\ndata: [1]\nmetadata: {annotations: 4}\n",
        "kind: List\nitems: {a: b}\n",
        "kind: PodList\nitems: [1, null, [2]]\n",
        "kind: PodList\nitems: [{kind: PodList, items: [{kind: Pod}]}]\n",
        "kind: Event\nmetadata: x\nmessage: [1]\n",
        "kind: Pod\nmetadata: {name: 7, namespace: 8}\n",
    ],
)
def test_odd_shapes_do_no_harm(text):
    for item in read(text):
        if isinstance(item, Observation):
            assert item.name is None or isinstance(item.name, str)
