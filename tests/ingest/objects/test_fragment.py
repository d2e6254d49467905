from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Head
from arclogs.ingest.objects.fragment import Fragment
from arclogs.model.observation import Collected, Observation, Trust
from tests.ingest.member_reading import coverage, observations, read

PIECES = Path(__file__).parents[1] / "data" / "pieces"
POD = "linux-k8s-7hx2q-runner-w9k4d"


def only(name: str) -> Observation:
    (piece,) = observations(read(PIECES / name, "ticket.txt"))
    return piece


@pytest.mark.parametrize(
    ("name", "kind", "called", "path", "value"),
    [
        ("pod-spec.yaml", "Pod", None, ("spec", "serviceAccountName"), "default"),
        ("pod-cut-front.yaml", "Pod", POD, ("metadata", "namespace"), "arc-runners"),
        ("pod-cut-end.yaml", "Pod", POD, ("spec", "serviceAccountName"),
         "linux-k8s-gha-rs-kube-mode"),
        ("pod-status.yaml", "Pod", None, ("status", "phase"), "Running"),
        ("binding.yaml", "RoleBinding", None, ("roleRef", "name"), "linux-k8s-gha-rs-kube-mode"),
        ("rules.yaml", "Role", None, ("rules", 0, "verbs", 1), "list"),
        ("account-metadata.yaml", "ServiceAccount", "linux-k8s-gha-rs-kube-mode",
         ("metadata", "deletionTimestamp"), "2026-09-17T09:20:00Z"),
        ("runner-status.yaml", "EphemeralRunner", None, ("status", "phase"), "Failed"),
        ("whole-with-elisions.yaml", "Pod", POD, ("status", "phase"), "Running"),
        ("container-mode.yaml", "HelmValues", "ticket.txt",
         ("values", "containerMode", "type"), "kubernetes"),
    ],
)  # fmt: skip
def test_a_piece_gives_the_facts_it_shows(
    name: str, kind: str, called: str | None, path: tuple[str | int, ...], value: str
) -> None:
    piece = only(name)
    assert (piece.kind, piece.name) == (kind, called)
    assert not piece.complete  # what it does not show stays unknown
    assert piece.absent == frozenset()
    found: object = piece.fields
    for step in path:
        found = found[step]  # type: ignore[index]
    assert found == value
    assert piece.locator is not None
    line, shown = piece.locator.find(path) or (0, "")
    assert (PIECES / name).read_text().split("\n")[line - 1] == shown
    assert value in shown


@pytest.mark.parametrize("path", sorted(PIECES.iterdir()), ids=lambda p: p.name)
def test_a_piece_proves_nothing_absent(path: Path) -> None:
    items = read(path)
    assert not any(isinstance(item, Collected) for item in items)


def test_a_template_of_a_pod_is_believed_less_than_a_pod() -> None:
    assert only("pod-spec.yaml").trust is Trust.DESCRIBE  # it has a node
    text = "serviceAccountName: x\ncontainers:\n- name: runner\n"
    (piece,) = observations(read(text))
    assert piece.trust is Trust.TABLE


def test_values_of_a_secret_do_not_get_in_without_its_kind() -> None:
    text = "data:\n  github_token: Z2hwX3NlY3JldA==\ntype: Opaque\nimagePullSecrets:\n- name: x\n"
    for item in observations(read(text)):
        assert "Z2hwX3NlY3JldA==" not in repr(item)


@pytest.mark.parametrize(
    "text",
    [
        "on: push\njobs:\n  build:\n    container: node\n    steps:\n    - run: make\n",
        "spec:\n  containers:\n  - name: $job\n    image: x\n",  # a template for the hook
        "services:\n  db:\n    image: postgres\n    volumes:\n    - data:/var\n",
        "note: this is a sentence\nand: another one\n",
    ],
)
def test_other_yaml_is_no_piece_of_an_object(text: str) -> None:
    assert observations(read(text, "x.yaml")) == []


def test_prose_that_names_a_key_is_not_yaml() -> None:
    lines = ("We set", "serviceAccountName: default", "and then it failed.", "Any ideas?")
    assert Fragment().sniff(Head("x", lines)) == 0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PIECES.iterdir())), st.floats(0, 1), st.integers(0, 8))
def test_any_part_of_a_piece_is_read_or_left(path: Path, share: float, indent: int) -> None:
    text = path.read_text()
    lines = text[int(len(text) * share) :].split("\n")
    items = read("\n".join(" " * indent + line for line in lines), "x.yaml")
    assert coverage(items).member == "x.yaml"
    for item in observations(items):
        assert not item.complete
