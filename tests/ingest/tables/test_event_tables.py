"""Event tables in every spelling of kubectl."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.ingest.tables.event_tables import EventTableParser
from arclogs.model.event import Event
from arclogs.model.observation import Collected

DATA = Path(__file__).parents[1] / "data" / "kubectl"
EVENTS = sorted(DATA.glob("*events*.txt"))
PARSER = EventTableParser()


def parse(text: str, command: str | None = None) -> list[Item]:
    return list(PARSER.parse(Block("x", 1, text.split("\n"), command)))


def events(name: str) -> list[Event]:
    return [item for item in parse((DATA / name).read_text()) if isinstance(item, Event)]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
def test_sniffs_event_tables_only(path: Path) -> None:
    head = Head("x", tuple(path.read_text().split("\n")[:200]))
    assert PARSER.sniff(head) == (95 if path in EVENTS else 0)


def test_sniffs_that_there_are_none() -> None:
    assert PARSER.sniff(Head("x", ("No events found in ci namespace.",))) == 60
    nothing = Head("x", ("No resources found in ci namespace.",), "kubectl get events -n ci")
    assert PARSER.sniff(nothing) == 60


def test_wide_table_with_the_message_in_the_middle() -> None:
    scheduled, back_off, waiting = events("get-events-wide.txt")
    assert scheduled.message.startswith("Successfully assigned  ci-runners/")
    assert scheduled.message.endswith("to worker-3")
    assert (scheduled.component, scheduled.count) == ("default-scheduler", 1)
    assert (back_off.component, back_off.count) == ("kubelet", 36)
    assert (back_off.first_age, back_off.last_age) == (
        timedelta(minutes=46),
        timedelta(seconds=100),
    )
    assert (back_off.kind, back_off.namespace) == ("Pod", "ci-runners")
    assert (waiting.kind, waiting.name) == ("PersistentVolumeClaim", "build-x64-work")
    assert waiting.first_age is None
    assert waiting.last_age is None


def test_client_table() -> None:
    scheduled, mount, back_off = events("kubectl-events.txt")
    assert (scheduled.first_age, scheduled.last_age) == (timedelta(minutes=47),) * 2
    assert mount.count == 4
    assert (mount.first_age, mount.last_age) == (timedelta(minutes=10), timedelta(seconds=436))
    assert mount.message == (
        "Unable to attach or mount volumes: unmounted volumes=[work]\n"
        "Output: mount failed\n  exit status 32"
    )
    assert (mount.location.line, back_off.location.line) == (3, 6)
    assert mount.kind == "Pod"


def test_server_table_watched() -> None:
    scheduled, not_ready, no_pods, disrupted = events("get-events-watch.txt")
    assert scheduled.first_age is None  # the server prints neither first age nor count
    assert scheduled.last_age == timedelta(minutes=47)
    assert (not_ready.kind, not_ready.name) == ("Node", "worker-3.lab.example")
    assert no_pods.kind == "PodDisruptionBudget"
    assert disrupted.reason == "DisruptionTerminatingLonger"
    assert disrupted.message == "Disrupting Node: Underutilized"


def test_legacy_table() -> None:
    columns = {
        "LAST SEEN": "5m",
        "FIRST SEEN": "1h",
        "COUNT": "12",
        "NAME": "runner-1.15a0b1c2d3e4",
        "KIND": "Pod",
        "SUBOBJECT": "spec.containers{runner}",
        "TYPE": "Warning",
        "REASON": "BackOff",
        "SOURCE": "kubelet, node-1",
        "MESSAGE": "Back-off restarting failed container",
    }
    rows = ("".join(cell.ljust(26) for cell in row) for row in (columns, columns.values()))
    text = "\n".join(rows)
    (event,) = parse(text)
    assert isinstance(event, Event)
    assert (event.kind, event.name, event.count) == ("Pod", "runner-1", 12)
    assert event.first_age == timedelta(hours=1)


@pytest.mark.parametrize(
    ("command", "proven"),
    [
        ("kubectl get events -n ci", "ci"),
        ("kubectl events -n ci", "ci"),
        ("kubectl events -n ci --types=Warning", None),
        ("kubectl events -n ci --for pod/x", None),
        (None, None),
    ],
)
def test_what_was_collected(command: str | None, proven: str | None) -> None:
    items = parse((DATA / "kubectl-events.txt").read_text(), command)
    proofs = [item.namespace for item in items if isinstance(item, Collected)]
    assert proofs == ([proven] if proven else [])
    namespaces = {item.namespace for item in items if isinstance(item, Event)}
    assert namespaces == {"ci" if command else None}


def test_a_table_of_all_namespaces_proves_all() -> None:
    items = parse((DATA / "get-events-wide.txt").read_text())
    (proof,) = (item for item in items if isinstance(item, Collected))
    assert (proof.kind, proof.namespace) == ("Event", None)


def test_no_events_found() -> None:
    (proof,) = parse("No events found in ci namespace.", "kubectl events -n ci")
    assert isinstance(proof, Collected)
    assert (proof.kind, proof.namespace) == ("Event", "ci")
    assert parse("No events found in ci namespace.") == []


def test_a_cut_row_is_no_message() -> None:
    text = (DATA / "kubectl-events.txt").read_text()
    items = parse(text[: text.index("   BackOff")], "kubectl events -n ci")
    assert [type(item) for item in items] == [Unparsed, Event, Event] or [
        type(item) for item in items
    ] == [Event, Unparsed, Event]
    assert not any(isinstance(item, Event) and "100s" in item.message for item in items)
    assert not any(isinstance(item, Collected) for item in items)


def test_prose_after_a_blank_line_is_no_message() -> None:
    text = (DATA / "get-events-watch.txt").read_text() + "\nso what is wrong here?\nthanks\n"
    items = parse(text)
    last = [item for item in items if isinstance(item, Event)][-1]
    assert last.message == "Disrupting Node: Underutilized"
    assert sum(isinstance(item, Unparsed) for item in items) == 1


def test_an_endless_message_is_cut() -> None:
    head = (
        "LAST SEEN   TYPE     REASON   OBJECT   MESSAGE\n5m          Normal   Pulled   pod/a    x\n"
    )
    (event,) = parse(head + "more\n" * 5000)
    assert isinstance(event, Event)
    assert event.message.count("\n") == 400


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVENTS), st.floats(0, 1))
def test_any_truncation_keeps_the_rows_before(path: Path, share: float) -> None:
    text = path.read_text()
    whole = [item for item in parse(text) if isinstance(item, Event)]
    part = [item for item in parse(text[: int(len(text) * share)]) if isinstance(item, Event)]
    assert part[:-1] == whole[: max(0, len(part) - 1)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("5m (x4 over)Normal<>/²\t-"), max_size=80), max_size=8
    )
)
def test_no_text_is_too_strange(lines: list[str]) -> None:
    header = "LAST SEEN   TYPE     REASON   OBJECT   MESSAGE"
    for item in PARSER.parse(Block("x", 1, [header, *lines])):
        assert isinstance(item, Event | Unparsed)
