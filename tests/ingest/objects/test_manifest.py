from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.ingest.objects.manifest import Manifest, is_aside
from arclogs.model.coverage import Code, Note
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation, Trust
from arclogs.model.record import Record

DATA = Path(__file__).parents[1] / "data/objects"
OTHER = Path(__file__).parents[1] / "data"


def read(text: str, member: str = "dump.yaml") -> list[Item]:
    return list(Manifest().parse(Block(member, 1, text.split("\n"))))


def objects(text: str) -> list[tuple[str, str | None, str | None, object]]:
    return [
        (item.kind, item.namespace, item.name, item.fields)
        for item in read(text)
        if isinstance(item, Observation)
    ]


def sniff(path: Path) -> int:
    lines = path.read_text("utf-8").split("\n")[:200]
    return Manifest().sniff(Head(path.name, tuple(lines)))


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_object_dumps_are_recognised(path):
    assert sniff(path) >= 90


@pytest.mark.parametrize(
    "path",
    [
        "kubectl/describe-pods.txt",
        "kubectl/get-arc.txt",
        "kubectl/kubectl-events.txt",
        "helm/values.yaml",
        "helm/ls.txt",
        "facts/version.yaml",
        "facts/cluster_version.json",
        "other/application.jsonl",
    ],
)
def test_other_formats_are_not(path):
    assert sniff(OTHER / path) == 0


@pytest.mark.parametrize(
    "line",
    [
        '{"severity":"info","ts":"2026-03-02T08:00:00Z","logger":"x","message":"kind: \\"items\\":"}',
        '{"log":"apiVersion: v1\\n","stream":"stdout","time":"2026-03-02T08:00:00Z","kind":"x"}',
        "2026-03-02T08:00:00.0000000Z apiVersion: v1",
    ],
)
def test_log_lines_that_look_like_objects_are_not(line):
    assert Manifest().sniff(Head("x.json", (line, line))) == 0


def test_all_layouts_of_the_same_objects_read_the_same():
    names = [path.name for path in DATA.glob("rbac-*")]
    assert len(names) == 8
    read_from = [objects((DATA / name).read_text("utf-8")) for name in sorted(names)]
    assert all(found == read_from[0] for found in read_from)
    assert [kind for kind, *_ in read_from[0]] == ["ServiceAccount", "Role", "RoleBinding"]


@pytest.mark.parametrize("path", sorted(DATA.glob("rbac-*")), ids=lambda path: path.name)
def test_fields_are_found_on_their_lines(path):
    text = path.read_text("utf-8")
    lines = text.split("\n")
    for item in read(text):
        if not isinstance(item, Observation) or item.locator is None:
            continue
        found = item.locator.find(("metadata", "uid"))
        assert found is not None
        number, line = found
        assert line in lines[number - 1]
        assert str(item.fields["metadata"]["uid"]) in line
        if len(lines[number - 1]) < 4096 and "compact" not in path.name:
            assert line == lines[number - 1]


def test_a_typed_list_of_a_cluster_dump():
    items = read((DATA / "pods-typed.yaml").read_text("utf-8"), "dump/ci-runners/pods.yaml")
    pods = [item for item in items if isinstance(item, Observation)]
    assert [pod.kind for pod in pods] == ["Pod", "Pod"]
    assert all(pod.trust is Trust.LIVE and pod.complete for pod in pods)
    assert [pod.location.line for pod in pods] == [4, 13]
    assert [(i.kind, i.namespace) for i in items if isinstance(i, Collected)] == [
        ("Pod", "ci-runners")
    ]


def test_kubectls_errors_in_a_dump_become_records_and_notes():
    items = read((DATA / "mixed-with-stderr.yaml").read_text("utf-8"))
    records = [item for item in items if isinstance(item, Record)]
    assert [record.line for record in records] == [7, 11, 29]
    assert "roles.rbac.authorization.k8s.io is forbidden" in records[2].text
    notes = [item for item in items if isinstance(item, Note)]
    assert {note.code for note in notes} == {Code.KUBECTL_ERROR}
    assert len([item for item in items if isinstance(item, Observation)]) == 3


def test_a_bad_document_is_noted_with_its_line():
    items = read((DATA / "one-bad-of-five.yaml").read_text("utf-8"))
    (note,) = [item for item in items if isinstance(item, Note)]
    assert note.code is Code.YAML_SYNTAX
    assert note.detail.startswith(("line 11: ", "line 12: "))
    assert len([item for item in items if isinstance(item, Unparsed)]) == 1
    names = [item.name for item in items if isinstance(item, Observation) and item.complete]
    assert names == ["one", "two", "four", "five"]


def test_json_in_a_yaml_file_is_noted_as_yaml():
    for name, code in (("x.yaml", Code.YAML_TOO_DEEP), ("x.json", Code.JSON_TOO_DEEP)):
        items = read("[" * 5000, name)
        assert [item.code for item in items if isinstance(item, Note)] == [code]


def test_many_bad_items_make_a_bounded_number_of_notes():
    text = "apiVersion: v1\nitems:\n" + "- kind: Pod\n  a: [\n" * 5000 + "kind: List\n"
    items = read(text)
    assert len([item for item in items if isinstance(item, Note)]) <= 20
    assert len([item for item in items if isinstance(item, Unparsed)]) == 5000


@pytest.mark.parametrize(
    "line",
    [
        'Error from server (NotFound): pods "nope" not found',
        "Warning: v1 Endpoints is deprecated in v1.33+",
        'Defaulted container "job" out of: job, fs-init (init)',
        "No resources found in ci namespace.",
        "I0302 08:15:01.668000   12345 request.go:697] Waited for 1.1s",
    ],
)
def test_kubectls_own_lines_are_told(line):
    assert is_aside(line)
    assert not is_aside("  " + line)


names = st.from_regex(r"[a-z][a-z0-9-]{0,12}[a-z0-9]", fullmatch=True)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30),
    st.sampled_from(
        ["no", "1e3", "0x1f", "~", "2026-03-02T08:00:00Z", "a: b", "- x", "#", "|", ""]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=8,
)
kube_objects = st.builds(
    lambda kind, name, namespace, spec: {
        "apiVersion": "v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace, "uid": "u"},
        "spec": spec,
    },
    st.sampled_from(["Pod", "Role", "ServiceAccount", "EphemeralRunner"]),
    names,
    names,
    st.dictionaries(names, values, max_size=4),
)


class KubectlDumper(yaml.SafeDumper):
    """Quotes what YAML 1.2 would not take for text, as kubectl's printer does."""


KubectlDumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style=None if text.isalpha() and text.islower() else '"'
    ),
)


def to_yaml(value: object) -> str:
    text: str = yaml.dump(value, Dumper=KubectlDumper, allow_unicode=True, width=10_000)
    return text


def as_list(found: list[dict[str, object]]) -> dict[str, object]:
    return {"apiVersion": "v1", "items": found, "kind": "List", "metadata": {"resourceVersion": ""}}


@settings(max_examples=50, deadline=None)
@given(st.lists(kube_objects, min_size=1, max_size=4))
def test_a_yaml_list_json_and_documents_give_equal_observations(found):
    as_yaml = objects(to_yaml(as_list(found)))
    as_json = objects(json.dumps(as_list(found), indent=4))
    as_documents = objects("---\n".join(to_yaml(item) for item in found))
    as_lines = objects("\n".join(json.dumps(item) for item in found))
    assert as_json == [
        (item["kind"], item["metadata"]["namespace"], item["metadata"]["name"], item)
        for item in found
    ]
    assert as_yaml == as_json
    assert as_documents == as_json
    assert as_lines == as_json


SAMPLES = [path.read_text("utf-8") for path in sorted(DATA.iterdir())]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.text("ab:-{}[]\"' \n\t&*|#", max_size=12))
def test_no_cut_and_no_scribble_raises_or_invents(text, share, scribble):
    at = int(len(text) * share)
    whole = {name for _, _, name, _ in objects(text)}
    for broken in (text[:at], text[:at] + scribble + text[at:]):
        for item in read(broken):
            if isinstance(item, Observation | Event):
                assert 1 <= item.location.line <= broken.count("\n") + 1
    for item in read(text[:at]):
        assert not isinstance(item, Observation) or not item.complete or item.name in whole


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    lines = text.split("\n")
    assert 0 <= Manifest().sniff(Head("x.yaml", tuple(lines))) <= 100
    read(text)
