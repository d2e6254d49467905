"""The tables parser as a whole: sniffing, several tables, commands, and what is proven."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arclogs.ingest.blocks import split_blocks
from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.ingest.tables.parser import TableParser
from arclogs.model.coverage import Code, Note
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation, Trust
from arclogs.model.record import Record

DATA = Path(__file__).parents[1] / "data" / "kubectl"
TABLES = sorted(path for path in DATA.glob("get-*.txt") if "events" not in path.stem)
PARSER = TableParser()
PODS = "NAME   READY   STATUS    RESTARTS   AGE\na      1/1     Running   0          5m"


def parse(text: str, command: str | None = None) -> list[Item]:
    return list(PARSER.parse(Block("x", 1, text.split("\n"), command)))


def collected(items: list[Item]) -> list[tuple[str, str | None]]:
    return [(item.kind, item.namespace) for item in items if isinstance(item, Collected)]


def observed(items: list[Item]) -> list[tuple[str, str | None, str | None]]:
    return [(i.kind, i.namespace, i.name) for i in items if isinstance(i, Observation)]


def sniff(text: str, command: str | None = None) -> int:
    return PARSER.sniff(Head("x", tuple(text.split("\n")[:200]), command))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_sniffs_tables(path: Path) -> None:
    assert sniff(path.read_text()) == 95


@pytest.mark.parametrize(
    "path",
    sorted(p for p in DATA.glob("*.txt") if p not in TABLES and p.stem != "transcript"),
    ids=lambda path: path.stem,
)
def test_sniffs_no_other_kubectl_output(path: Path) -> None:
    assert sniff(path.read_text()) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\narc\tx\t1\tx\tok\tgha\t1",
        "REVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\tDESCRIPTION",
        "NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\npods   po           v1   true   Pod",
        "NAME    CPU(cores)   MEMORY(bytes)\na       1m           2Mi",
        "NAME: arc\nNAMESPACE: arc-systems\n",
        "2025-10-14T09:14:07.02Z NAME   READY   STATUS\n",
        "yes",
    ],
)
def test_sniffs_nothing_else(text: str) -> None:
    assert sniff(text) == 0


def test_sniffs_a_table_below_warnings_and_below_prose() -> None:
    assert sniff(f"Warning: v1 ComponentStatus is deprecated\n{PODS}") == 95
    assert sniff(f"one\ntwo\nthree\nfour\n{PODS}") == 40


def test_sniffs_empty_output() -> None:
    assert sniff("No resources found in arc-runners namespace.") == 60
    assert sniff("No resources found") == 60
    assert sniff("No events found.") == 0


def test_a_table_of_all_namespaces_proves_all() -> None:
    assert collected(parse((DATA / "get-pods-wide.txt").read_text())) == [("Pod", None)]
    assert collected(parse((DATA / "get-arc.txt").read_text())) == [
        ("AutoscalingRunnerSet", None),
        ("EphemeralRunnerSet", None),
        ("EphemeralRunner", None),
        ("AutoscalingListener", None),
    ]


def test_one_namespace_in_the_column_is_still_all_of_them() -> None:
    text = "NAMESPACE   NAME   SECRETS   AGE\nci          a      0         5m"
    assert collected(parse(text)) == [("ServiceAccount", None)]


def test_a_table_of_unknown_scope_proves_nothing() -> None:
    items = parse(PODS)
    assert observed(items) == [("Pod", None, "a")]
    assert collected(items) == []


@pytest.mark.parametrize(
    ("command", "namespace", "proven"),
    [
        ("kubectl get pods -n ci", "ci", [("Pod", "ci")]),
        ("$ kubectl -n ci get po --show-labels", "ci", [("Pod", "ci")]),
        ("kubectl get pods,sa -nci", "ci", [("Pod", "ci"), ("ServiceAccount", "ci")]),
        ("kubectl get pods", None, []),
        ("kubectl get pods a -n ci", "ci", []),
        ("kubectl get pod/a -n ci", "ci", []),
        ("kubectl get pods -n ci -l app=x", "ci", []),
        ("kubectl get pods -n ci --field-selector=status.phase=Running", "ci", []),
        ("kubectl get pods -n ci | grep a", "ci", []),
        ("kubectl get pods -n ci > pods.txt 2>&1", "ci", [("Pod", "ci")]),
    ],
)
def test_the_command_tells_the_scope(
    command: str, namespace: str | None, proven: list[tuple[str, str | None]]
) -> None:
    items = parse(PODS, command)
    assert observed(items) == [("Pod", namespace, "a")]
    assert collected(items) == proven


def test_the_command_tells_the_kind() -> None:
    text = "NAME   AGE\ndefault   5m"
    assert observed(parse(text, "kubectl get sa -n ci")) == [("ServiceAccount", "ci", "default")]
    (item,) = parse(text)
    assert isinstance(item, Unparsed)


def test_cluster_scoped_kinds_have_no_namespace() -> None:
    text = "NAME   STATUS   ROLES    AGE   VERSION\na      Ready    <none>   5d    v1.33.4"
    items = parse(text, "kubectl get nodes -n ci")
    assert observed(items) == [("Node", None, "a")]
    assert collected(items) == [("Node", None)]


def test_prefixes_tell_the_kind() -> None:
    items = parse((DATA / "get-several.txt").read_text(), "kubectl get sa,role,rolebinding -n ci")
    assert [kind for kind, _, _ in observed(items)] == [
        "ServiceAccount",
        "ServiceAccount",
        "Role",
        "RoleBinding",
    ]
    assert collected(items) == [("ServiceAccount", "ci"), ("Role", "ci"), ("RoleBinding", "ci")]


def test_no_resources_found_is_proof() -> None:
    text = "No resources found in ci namespace."
    (proof,) = parse(text, "kubectl get autoscalinglisteners -n ci")
    assert isinstance(proof, Collected)
    assert (proof.kind, proof.namespace, proof.trust) == ("AutoscalingListener", "ci", Trust.TABLE)
    assert collected(parse("No resources found", "kubectl get rs -A")) == [("ReplicaSet", None)]
    assert collected(parse(text, "kubectl get rs -l app=x")) == []
    assert collected(parse(text)) == []


def test_an_error_leaves_the_other_kinds_unknown() -> None:
    text = (
        f'Error from server (Forbidden): roles is forbidden: User "u" cannot list resource\n{PODS}'
    )
    items = parse(text, "kubectl get pods,roles -n ci")
    assert collected(items) == [("Pod", "ci")]
    assert [item.code for item in items if isinstance(item, Note)] == [Code.KUBECTL_ERROR]
    assert any(isinstance(item, Record) and "forbidden" in item.text for item in items)


def test_an_unreadable_row_takes_the_proof_away() -> None:
    items = parse(PODS + "\nb      1/1     Runn", "kubectl get pods -n ci")
    assert [item.location.line for item in items if isinstance(item, Unparsed)] == [3]
    assert collected(items) == []


def test_prose_below_a_table_does_not() -> None:
    items = parse(PODS + "\n\nthe runner is stuck since\nthis morning", "kubectl get pods -n ci")
    assert collected(items) == [("Pod", "ci")]
    assert sum(isinstance(item, Unparsed) for item in items) == 1


def test_untidy_tables() -> None:
    items = parse((DATA / "get-untidy.txt").read_text())
    assert [name for _, _, name in observed(items)] == [
        "linux-medium-v5tnx-runner-kxwgp",
        "a-pod-with-a-name-that-is-far-longer-than-the-header-allows",
        "tabbed-runner",
        "collapsed-runner",
    ]
    restarts = [i.fields["status"]["restarts"] for i in items if isinstance(i, Observation)]
    assert restarts == [3, 0, 0, 3]


def test_coloured_tables() -> None:
    text = PODS.replace("NAME", "\x1b[1;37mNAME\x1b[0m").replace(
        "Running", "\x1b[32mRunning\x1b[0m"
    )
    assert sniff(text) == 95
    (item,) = parse(text)
    assert isinstance(item, Observation)
    assert item.fields["status"]["phase"] == "Running"


def test_transcript() -> None:
    blocks = split_blocks((DATA / "transcript.txt").read_text().split("\n"), "x", {})
    items = [item for block in blocks for item in PARSER.parse(block)]
    assert collected(items) == [
        ("AutoscalingListener", None),
        ("ServiceAccount", "ci-runners"),
        ("Event", "ci-runners"),
        ("AutoscalingRunnerSet", "ci-runners"),
    ]
    first, second = (i for i in items if isinstance(i, Observation) and i.kind.startswith("Auto"))
    assert first.fields["metadata"]["annotations"] == {"runner-scale-set-id": "61"}
    assert first.fields["metadata"]["labels"] == {"app.kubernetes.io/version": "0.13.1"}
    assert first.fields["spec"] == {"minRunners": 2}
    assert "metadata.annotations.runner-scale-set-id" in second.absent


def test_events_between_other_tables() -> None:
    events = (
        "LAST SEEN   TYPE     REASON   OBJECT   MESSAGE\n5m          Normal   Pulled   pod/a    x"
    )
    text = f"{PODS}\n\n{events}"
    items = parse(text, "kubectl get pods,events -n ci")
    assert [type(item) for item in items] == [Observation, Collected, Event, Collected]
    assert collected(items) == [("Pod", "ci"), ("Event", "ci")]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TABLES), st.floats(0, 1))
@example(DATA / "get-arc.txt", 0.9952212695825766)
def test_a_truncated_table_shows_a_part_of_the_whole(path: Path, share: float) -> None:
    text = path.read_text()
    whole, part = parse(text), parse(text[: int(len(text) * share)])
    names = [name for _, _, name in observed(whole)]
    cut = [name for _, _, name in observed(part)]
    assert cut[:-1] == names[: max(0, len(cut) - 1)]
    known = {item.name: item for item in whole if isinstance(item, Observation)}
    for item in part:
        if isinstance(item, Observation) and item.name in known:
            assert item.absent <= known[item.name].absent


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet=st.sampled_from("NAME GE/abc15m \t<>²\x1b"), max_size=60), max_size=8)
)
def test_no_text_is_too_strange(lines: list[str]) -> None:
    for item in PARSER.parse(Block("x", 1, ["NAME   AGE", *lines], "kubectl get sa -n ci")):
        assert item is not None


def last_rows(name: str) -> list[tuple[str | None, str | None, object]]:
    items = parse((DATA.parent / "watch" / name).read_text())
    rows = [item for item in items if isinstance(item, Observation)]
    return [(row.namespace, row.name, row.fields["status"].get("printed")) for row in rows]


def test_of_a_watched_table_the_last_row_of_each_object_counts() -> None:
    assert last_rows("get-pods-watch.txt") == [
        (None, "linux-k8s-7hx2q-runner-m2v7c", "Running"),
        (None, "linux-k8s-7hx2q-runner-w9k4d", "OOMKilled"),
    ]


def test_what_was_deleted_while_watching_is_not_there() -> None:
    assert last_rows("get-pods-watch-events.txt") == [
        ("arc-runners", "linux-k8s-7hx2q-runner-w9k4d", "Running")
    ]


def test_of_a_table_asked_for_again_the_last_answer_counts() -> None:
    text = (DATA.parent / "watch" / "get-ephemeralrunners-polled.txt").read_text()
    (row,) = (item for item in parse(text) if isinstance(item, Observation))
    assert row.fields["status"] == {"runnerId": 18412, "phase": "Running"}
    assert row.location.line == 4
