"""The describe parser as a whole: sniffing, events, several objects, cut and hostile text."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.model.coverage import Code, Note
from arclogs.model.event import Event
from arclogs.model.observation import Observation
from arclogs.model.record import Record, Source

DATA = Path(__file__).parents[1] / "data" / "kubectl"
DESCRIBED = sorted(DATA.glob("describe-*.txt"))
PARSER = DescribeParser()


def head(text: str, command: str | None = None) -> Head:
    return Head("x", tuple(text.split("\n")[:200]), command)


def parse(text: str, command: str | None = None) -> list[Item]:
    return list(PARSER.parse(Block("x", 1, text.split("\n"), command)))


def notes(items: list[Item]) -> list[Code]:
    return [item.code for item in items if isinstance(item, Note)]


@pytest.mark.parametrize("path", DESCRIBED, ids=lambda path: path.stem)
def test_sniffs_descriptions(path: Path) -> None:
    assert PARSER.sniff(head(path.read_text())) == 95


@pytest.mark.parametrize(
    "path", sorted(p for p in DATA.glob("*.txt") if p not in DESCRIBED), ids=lambda path: path.stem
)
def test_sniffs_no_other_kubectl_output(path: Path) -> None:
    assert PARSER.sniff(head(path.read_text())) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  namespace: y\n",
        "NAME: arc\nLAST DEPLOYED: Tue Oct 14 09:00:00 2025\nNAMESPACE: arc-systems\nSTATUS: deployed\n",
        "2025-10-14T09:14:07.0214553Z ##[error]Process completed with exit code 1.\n",
        "Name: Jane\nDear all, the runners are stuck.\n",
        "Status: open\nLabels: bug\n",
    ],
)
def test_sniffs_nothing_else(text: str) -> None:
    assert PARSER.sniff(head(text)) == 0


def test_sniffs_fragments_with_less_certainty() -> None:
    text = (DATA / "describe-pods.txt").read_text()
    assert PARSER.sniff(head(text[text.index("Containers:") :].partition("Name:")[0])) == 45
    assert PARSER.sniff(head(text[text.rindex("  Type ") :])) == 45


@pytest.mark.parametrize("begin", ["Events:\n", "  Type "])
@pytest.mark.parametrize("command", ["describe pod builds-w9k4d", "-n ci describe po/builds-w9k4d"])
def test_the_command_names_the_object_whose_head_was_cut_off(command: str, begin: str) -> None:
    text = (DATA / "describe-pods.txt").read_text()
    kept = text[text.index(begin) :].partition("\n\n")[0]
    events = [item for item in parse(kept, f"kubectl {command} | tail") if isinstance(item, Event)]
    assert events
    assert {(event.kind, event.name) for event in events} == {("Pod", "builds-w9k4d")}


@pytest.mark.parametrize(
    "command", [None, "kubectl -n ci-runners describe pod builds-w9k4d | tail"]
)
def test_an_object_without_its_head_states_the_namespace_that_it_has(command: str | None) -> None:
    text = (DATA / "describe-pods.txt").read_text()
    kept = text[text.index("Conditions:\n") :].partition("\n\n")[0]
    kept += "\n  Normal  Scheduled  5m  default-scheduler  Successfully assigned ci-runners/x to n"
    for item in parse(kept, command):
        if isinstance(item, Observation):
            metadata = item.fields.get("metadata", {})
            assert (metadata.get("name"), metadata.get("namespace")) == (item.name, item.namespace)


def test_events() -> None:
    items = parse((DATA / "describe-pods.txt").read_text())
    events = [item for item in items if isinstance(item, Event)]
    scheduled, pulled, back_off, unschedulable, scale_up = events
    assert scheduled.last_age is None  # <unknown>
    assert (pulled.first_age, pulled.last_age) == (timedelta(seconds=137),) * 2
    assert pulled.component == "kubelet"
    assert back_off.message == "Back-off restarting failed container"  # without its field path
    assert (back_off.count, back_off.type) == (4, "Warning")
    assert (back_off.last_age, back_off.first_age) == (timedelta(seconds=9), timedelta(seconds=75))
    assert (back_off.kind, back_off.name, back_off.namespace) == (
        "Pod",
        "build-x64-4kq8z-runner-h7d2p",
        "ci-runners",
    )
    assert unschedulable.message.split("\n") == [
        "0/3 nodes are available: 3 Insufficient cpu.",
        "preemption: 0/3 nodes are available:",
        "  3 No preemption victims found for incoming pod.",
    ]
    assert "FailedScheduling" in unschedulable.raw
    assert scale_up.name == "build-x64-4kq8z-runner-zz8pd"


def test_events_point_at_their_lines() -> None:
    lines = (DATA / "describe-pods.txt").read_text().split("\n")
    for item in PARSER.parse(Block("x", 101, lines)):
        if isinstance(item, Event):
            assert lines[item.location.line - 101] == item.raw


def test_a_name_in_a_message_starts_no_object() -> None:
    text = """\
Name:         p
Namespace:    n
Service Account:  s
Events:
  Type     Reason  Age  From     Message
  ----     ------  ---  ----     -------
  Warning  Failed  5m   kubelet  hook said:
Name: foo
bar
"""
    (pod, event) = parse(text)
    assert isinstance(pod, Observation)
    assert isinstance(event, Event)
    assert event.message == "hook said:\nName: foo\nbar"


def test_objects_stay_apart_where_blank_lines_were_lost() -> None:
    text = (DATA / "describe-pods.txt").read_text().replace("\n\n", "\n").replace("\n\n", "\n")
    names = [item.name for item in parse(text) if isinstance(item, Observation)]
    assert names == ["build-x64-4kq8z-runner-h7d2p", "build-x64-4kq8z-runner-zz8pd"]


def test_errors_of_kubectl_are_kept() -> None:
    text = (DATA / "describe-sa.txt").read_text()
    error = 'Error from server (NotFound): pods "nope" not found'
    items = parse(f"Warning: something\n{text}{error}\n")
    assert notes(items) == [Code.KUBECTL_ERROR]
    (record,) = (item for item in items if isinstance(item, Record))
    assert (record.source, record.text) == (Source.KUBECTL, error)
    assert sum(isinstance(item, Observation) for item in items) == 2


def test_coloured_descriptions() -> None:
    text = (DATA / "describe-sa.txt").read_text().replace("Name:", "\x1b[33mName\x1b[0m:")
    assert PARSER.sniff(head(text)) == 95
    assert sum(isinstance(item, Observation) for item in parse(text)) == 2


def test_a_fragment_without_a_name() -> None:
    text = (
        "Containers:\n  runner:\n    Image:  x:1\n"
        "    State:  Waiting\n      Reason:  CrashLoopBackOff\n"
    )
    (pod,) = parse(text)
    assert isinstance(pod, Observation)
    assert (pod.kind, pod.name) == ("Pod", None)
    state = pod.fields["status"]["containerStatuses"][0]["state"]
    assert state == {"waiting": {"reason": "CrashLoopBackOff"}}
    assert "spec.containers[]" not in pod.absent


@pytest.mark.parametrize(
    ("asked", "name"),
    [("linux-7hx2q-runner-w9k4d", "linux-7hx2q-runner-w9k4d"), ("$POD", None), ("<pod>", None)],
)
def test_the_command_names_what_a_cut_output_is_about(asked: str, name: str | None) -> None:
    text = (
        "Events:\n"
        "  Type     Reason     Age   From     Message\n"
        "  ----     ------     ----  ----     -------\n"
        "  Warning  Failed     30s   kubelet  Error: ErrImagePull\n"
    )
    items = parse(text, f"kubectl -n ci describe pod {asked} | tail -4")
    (event,) = [item for item in items if isinstance(item, Event)]
    assert (event.kind, event.namespace, event.name) == ("Pod", "ci", name)


def test_an_event_table_on_its_own() -> None:
    text = (DATA / "describe-node.txt").read_text()
    (event,) = parse(text[text.rindex("  Type ") :])
    assert isinstance(event, Event)
    assert (event.reason, event.kind) == ("NodeNotReady", None)


def test_text_that_describes_nothing() -> None:
    (item,) = parse("Name: x\nsome prose\nmore prose\n")
    assert isinstance(item, Unparsed)


@pytest.mark.parametrize(
    ("cut_after", "detail"),
    [
        ("  Warning  FailedScheduling  4m40s", "inside a row of the event table"),
        ("      /var/run/secrets/kubernetes.io/servi", "inside a mount"),
        ("    Restart Cou", "inside a key"),
        ("Toler", "inside a key at column 0"),
        ("                  app.kubernetes.io/compo", "inside a label"),
    ],
)
def test_a_cut_description_says_so(cut_after: str, detail: str) -> None:
    text = (DATA / "describe-pods.txt").read_text()
    items = parse(text[: text.index(cut_after) + len(cut_after)])
    assert notes(items) == [Code.DESCRIBE_TRUNCATED], detail
    assert any(isinstance(item, Observation) for item in items)


@pytest.mark.parametrize("last", ["QoS Class:", "Priority:", "Volumes:", "Conditions:"])
def test_a_description_trimmed_at_a_line_is_no_damage(last: str) -> None:
    text = (DATA / "describe-pods.txt").read_text()
    items = parse(text[: text.index(last)])
    assert notes(items) == []


def test_the_last_section_of_an_unfinished_object_is_left_open() -> None:
    text = (DATA / "describe-pods.txt").read_text()
    whole, cut = parse(text), parse(text[: text.index("  kube-api-access-q5xzt:\n    Type")])
    assert isinstance(whole[0], Observation)
    assert isinstance(cut[0], Observation)
    assert "spec.volumes[]" in whole[0].absent
    assert "spec.volumes[]" not in cut[0].absent
    assert len(cut[0].fields["spec"]["volumes"]) == 2
    assert "spec.containers[]" in cut[0].absent


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DESCRIBED), st.floats(0, 1))
def test_any_truncation_shows_a_part_of_the_whole(path: Path, share: float) -> None:
    text = path.read_text()
    whole = [item for item in parse(text) if isinstance(item, Observation)]
    part = [item for item in parse(text[: int(len(text) * share)]) if isinstance(item, Observation)]
    for known, seen in zip(whole, part[:-1]):
        assert (known.kind, known.fields, known.absent) == (seen.kind, seen.fields, seen.absent)
    # What the cut object proves absent must be absent in the whole one, or shown by neither.
    for known, seen in zip(whole, part):
        if known.kind == seen.kind:
            assert {path for path in seen.absent if not path.endswith("]")} <= known.absent


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Name: Evts\n<>-[]=\t/1²\x1b"), max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    block = f"Name: x\nNamespace: y\nService Account: z\nContainers:\n{text}\nEvents:\n{text}"
    for item in parse(block):
        if isinstance(item, Observation) and item.locator is not None:
            item.locator.find(("spec", "containers", 0))


def test_deep_nesting_is_no_recursion() -> None:
    lines = ["Name: x", "Namespace: y", "API Version: a/b", "Kind: K", "Spec:"]
    lines += ["  " * depth + "Key:" for depth in range(1, 1500)]
    (item,) = PARSER.parse(Block("x", 1, lines))
    assert isinstance(item, Observation)


def test_arcs_kinds_are_told_where_the_kind_is_left_out() -> None:
    text = (
        "Name:  a-12345-runner-abcde\nNamespace:  arc\n"
        "Status:\n  Phase:  Failed\n  Runner Id:  0\nEvents:  <none>\n"
    )
    (found,) = [item for item in parse(text) if isinstance(item, Observation)]
    assert (found.kind, found.fields["status"]["phase"]) == ("EphemeralRunner", "Failed")


EVENTS = """Events:
  Type     Reason     Age   From               Message
  ----     ------     ----  ----               -------
  Normal   Scheduled  2m1s  default-scheduler  Successfully assigned ci/x-runner-8sj2f-workflow to n3
  Warning  Failed     2m1s  kubelet            Error: ImagePullBackOff
"""


def events(items: list[Item]) -> list[tuple[str | None, str | None, str | None]]:
    return [(i.kind, i.namespace, i.name) for i in items if isinstance(i, Event)]


def test_events_without_their_object_are_those_of_the_pod_that_was_placed() -> None:
    assert set(events(parse(EVENTS))) == {("Pod", "ci", "x-runner-8sj2f-workflow")}


def test_a_description_without_its_first_lines_has_the_name_of_the_pod_that_was_placed() -> None:
    items = parse(f"Service Account:  default\nContainers:\n  job:\n    Image:  x\n{EVENTS}")
    (pod,) = (item for item in items if isinstance(item, Observation))
    assert (pod.kind, pod.namespace, pod.name) == ("Pod", "ci", "x-runner-8sj2f-workflow")


def test_events_of_two_pods_in_one_table_name_none() -> None:
    other = EVENTS.replace("8sj2f", "w9k4d").split("\n", 3)[3]
    assert set(events(parse(EVENTS + other))) == {("Pod", None, None)}


def test_events_that_pods_alone_have_are_of_a_pod() -> None:
    rows = EVENTS.replace("Scheduled", "Pulled   ").replace("assigned ", "pulled ")
    assert set(events(parse(rows))) == {("Pod", None, None)}
    node = rows.replace("Pulled   ", "Starting ")
    assert set(events(parse(node))) == {(None, None, None)}


def test_events_of_an_object_with_a_name_stay_with_it() -> None:
    items = parse(f"Name:  x-listener\nNamespace:  arc-systems\nService Account:  x\n{EVENTS}")
    assert set(events(items)) == {("Pod", "arc-systems", "x-listener")}


def test_a_custom_resource_without_its_name() -> None:
    text = (
        "This is the runner:\nKind:  EphemeralRunner\nMetadata:\n  Generation:  1\n"
        "Status:\n  Phase:  Running\n"
    )
    assert PARSER.sniff(head(text)) == 60
    (runner,) = (item for item in parse(text) if isinstance(item, Observation))
    assert (runner.kind, runner.name, runner.fields["status"]) == (
        "EphemeralRunner", None, {"phase": "Running"},
    )  # fmt: skip
