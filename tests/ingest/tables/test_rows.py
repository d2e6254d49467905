"""Rows of tables with columns of the user's choice, and names that only RBAC has."""

from __future__ import annotations

from arclogs.ingest.interface import Block, Item, Unparsed
from arclogs.ingest.tables.parser import TableParser
from arclogs.model.observation import Collected, Observation


def parse(text: str, command: str | None = None) -> list[Item]:
    return list(TableParser().parse(Block("x", 1, text.split("\n"), command)))


def test_custom_columns_are_read_by_their_paths() -> None:
    command = (
        "kubectl get pods -n ci -o custom-columns="
        "NAME:.metadata.name,STATUS:.spec.nodeName,N:.spec.priority,FIRST:.spec.containers[0].name"
    )
    items = parse(
        "NAME   STATUS   N     FIRST\na      node-1   0     runner\nb      <none>   1     x",
        command,
    )
    first, second, proof = items
    assert isinstance(first, Observation)
    assert first.fields["spec"] == {"nodeName": "node-1", "priority": 0}
    assert "status" not in first.fields
    assert isinstance(second, Observation)
    assert "spec.nodeName" in second.absent
    assert isinstance(proof, Collected)


def test_a_namespace_column_of_the_users_choice_does_not_mean_all() -> None:
    command = (
        "kubectl get pods -n ci -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name"
    )
    item, proof = parse("NAMESPACE   NAME\nci          a", command)
    assert isinstance(item, Observation)
    assert (item.namespace, item.name) == ("ci", "a")
    assert isinstance(proof, Collected)
    assert proof.namespace == "ci"


def test_names_of_rbac() -> None:
    text = (
        "NAMESPACE     NAME                                                  CREATED AT\n"
        "kube-system   role.rbac.authorization.k8s.io/system:leader-election 2025-10-14T06:20:00Z\n"
    )
    item, proof = parse(text)
    assert isinstance(item, Observation)
    assert (item.kind, item.name) == ("Role", "system:leader-election")
    assert isinstance(proof, Collected)


def test_a_table_that_several_kinds_share() -> None:
    text = (
        "NAME                                  CREATED AT\n"
        "ephemeralrunners.actions.github.com   2025-10-14T06:20:00Z\n"
        "system:node                           2025-10-14T06:20:00Z\n"
        "build-x64-gha-rs-manager              2025-10-14T06:20:00Z\n"
    )
    definition, unknown, role = parse(text)
    assert isinstance(definition, Observation)
    assert definition.kind == "CustomResourceDefinition"
    assert isinstance(unknown, Unparsed)
    assert isinstance(role, Observation)
    assert role.kind == "Role"


def test_a_sentence_with_as_many_words_as_columns_is_no_row() -> None:
    (item,) = parse("NAME   SECRETS   AGE\nnothing works today")
    assert isinstance(item, Unparsed)
