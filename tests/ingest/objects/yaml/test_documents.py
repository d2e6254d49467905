from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.objects.documents import Aside, Entry, Feed, ListEnd, Problem
from arclogs.ingest.objects.manifest import read_documents
from arclogs.model.coverage import Code

DATA = Path(__file__).parents[2] / "data/objects"


def parts(text: str) -> list[object]:
    return list(read_documents(Feed(text.split("\n"), 1)))


def entries(text: str) -> list[Entry]:
    return [part for part in parts(text) if isinstance(part, Entry)]


def ends(text: str) -> list[ListEnd]:
    return [part for part in parts(text) if isinstance(part, ListEnd)]


def problems(text: str) -> list[Problem]:
    return [part for part in parts(text) if isinstance(part, Problem)]


@pytest.mark.parametrize("layout", ["rbac-list", "rbac-indented", "rbac-pasted"])
def test_a_list_is_cut_into_its_items_however_it_is_indented(layout):
    text = (DATA / f"{layout}.yaml").read_text("utf-8")
    found = entries(text)
    assert [entry.value["kind"] for entry in found] == ["ServiceAccount", "Role", "RoleBinding"]
    assert all(entry.listed and entry.whole for entry in found)
    assert found[0].text.first_line == 3
    for entry in found:
        first = text.split("\n")[entry.text.first_line - 1]
        assert first.strip().startswith("- apiVersion: ")
    (end,) = ends(text)
    assert end.complete
    assert end.envelope["kind"] == "List"


def test_dashes_and_keys_inside_a_block_scalar_cut_nothing():
    role = entries((DATA / "rbac-list.yaml").read_text("utf-8"))[1].value
    note = role["metadata"]["annotations"]["example.com/note"]
    assert note == "first line\nitems:\n- not an item\nkind: Nothing"


@pytest.mark.parametrize("layout", ["rbac-documents", "rbac-back-to-back"])
def test_documents_are_told_apart_with_and_without_a_marker(layout):
    found = entries((DATA / f"{layout}.yaml").read_text("utf-8"))
    assert [entry.value["kind"] for entry in found] == ["ServiceAccount", "Role", "RoleBinding"]
    assert not any(entry.listed for entry in found)


def test_a_bad_document_costs_itself_and_what_can_be_saved_is_marked():
    text = (DATA / "one-bad-of-five.yaml").read_text("utf-8")
    names = [entry.value.get("metadata", {}).get("name") for entry in entries(text) if entry.whole]
    assert names == ["one", "two", "four", "five"]
    (problem,) = problems(text)
    assert problem.code is Code.YAML_SYNTAX
    assert text.split("\n")[problem.line - 1].startswith(("metadata: {name: three", "extra:"))
    assert [entry.value["kind"] for entry in entries(text) if not entry.whole] == ["ServiceAccount"]


def test_a_bad_item_costs_itself_and_the_proof():
    text = (DATA / "rbac-list.yaml").read_text("utf-8").replace("  rules:\n", "  rules: {\n")
    whole = [entry.value["kind"] for entry in entries(text) if entry.whole]
    assert whole == ["ServiceAccount", "RoleBinding"]
    assert not ends(text)[0].complete
    assert len(problems(text)) == 1


def test_a_list_that_was_cut_says_so_and_its_last_item_is_not_whole():
    lines = (DATA / "rbac-list.yaml").read_text("utf-8").split("\n")
    text = "\n".join(lines[: lines.index("  roleRef:") + 2])
    found = entries(text)
    assert [entry.whole for entry in found] == [True, True, False]
    assert not ends(text)[0].complete
    assert [problem.code for problem in problems(text)] == [Code.YAML_SYNTAX]


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nitems:\n",
        "apiVersion: v1\nkind: List\nitems:\n",
        "apiVersion: v1\nitems:\n\n",
    ],
)
def test_a_list_cut_before_its_first_item_proves_nothing(text):
    assert not entries(text)
    assert not ends(text)[0].complete


@pytest.mark.parametrize("items", ["[]", "null", ""])
def test_an_empty_list_is_a_list(items):
    text = f"apiVersion: v1\nitems: {items}\nkind: PodList\nmetadata:\n  resourceVersion: '1'\n"
    (end,) = ends(text)
    assert end.complete
    assert end.envelope["kind"] == "PodList"
    assert not entries(text)


def test_a_list_in_flow_style_is_a_list_too():
    text = "apiVersion: v1\nkind: List\nitems: [{kind: Pod, metadata: {name: a}}, {kind: Pod}]\n"
    found = entries(text)
    assert [entry.value["kind"] for entry in found] == ["Pod", "Pod"]
    assert found[0].text.find(("metadata", "name")) == (3, text.split("\n")[2])
    assert ends(text)[0].complete


def test_a_bare_list_has_no_envelope():
    text = "- kind: Pod\n  metadata:\n    name: a\n- kind: Pod\n"
    assert [entry.value["kind"] for entry in entries(text)] == ["Pod", "Pod"]
    (end,) = ends(text)
    assert (end.envelope, end.complete) == ({}, True)


def test_what_kubectl_says_between_is_put_aside():
    text = (DATA / "mixed-with-stderr.yaml").read_text("utf-8")
    names = [entry.value["metadata"].get("name") for entry in entries(text)]
    assert names == ["builders", "testers", "deployers"]
    assert all(entry.whole for entry in entries(text))
    asides = [part for part in parts(text) if isinstance(part, Aside)]
    assert [aside.text.split(" ", 1)[0] for aside in asides] == [
        "Warning:",
        "E0302",
        "Error",
        "error:",
        "Defaulted",
        "No",
        "Error",
    ]
    for aside in asides:
        assert text.split("\n")[aside.line - 1] == aside.text
    assert not problems(text)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "---\n---\n", "# only a comment\n", "...\n", "-foo\n", "- \n-\n", "  \n -x\n"],
)
def test_next_to_nothing_is_read_to_its_end(text):
    assert not [part for part in parts(text) if isinstance(part, Problem)]


def test_prose_below_a_list_does_not_undo_it():
    text = (DATA / "rbac-list.yaml").read_text("utf-8") + "\nThanks: for looking\n at: this\n"
    assert ends(text)[0].complete
    assert len(entries(text)) == 3
