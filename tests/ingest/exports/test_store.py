"""The same two logs, given out by every log store in every form: read as if they were the logs."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Head
from arclogs.ingest.registry import choose
from arclogs.model.coverage import Code, Note
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record
from tests.ingest.member_reading import coverage, read, records

DATA = Path(__file__).parents[1] / "data" / "exports"
PLAIN = {"linux-k8s-7hx2q-runner-w9k4d": "runner.log",
         "arc-gha-rs-controller-6f9c7b5d4f-x2x7k": "controller.log"}  # fmt: skip
CONTAINER = {"linux-k8s-7hx2q-runner-w9k4d": "runner",
             "arc-gha-rs-controller-6f9c7b5d4f-x2x7k": "manager"}  # fmt: skip
EXPORTS = sorted(path for path in DATA.iterdir() if path.suffix != ".log")
A_SECOND = timedelta(seconds=1)


def of(pod: str, found: list[Record]) -> list[Record]:
    return [record for record in found if record.fields.get("pod") == pod]


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
@pytest.mark.parametrize("pod", PLAIN)
def test_an_export_reads_as_the_log_it_holds(path: Path, pod: str) -> None:
    plain = records(read(DATA / PLAIN[pod]))
    exported = of(pod, records(read(path)))
    told = [(r.source, r.level, r.logger, r.text) for r in exported]
    assert told == [(r.source, r.level, r.logger, r.text) for r in plain]
    assert {record.fields["container"] for record in exported} == {CONTAINER[pod]}
    for record, same in zip(exported, plain):
        assert record.timestamp is not None  # the store knows when, even where the line does not
        assert same.timestamp is None or abs(record.timestamp - same.timestamp) < A_SECOND


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
def test_evidence_is_what_stands_there(path: Path) -> None:
    lines = path.read_text().split("\n")
    for item in read(path):
        if isinstance(item, Record):
            assert item.raw[0] in lines[item.line - 1]
            words = item.text.split("\n")[0].split(" | error")[0].split(": ")[-1][-40:]
            assert (
                json.dumps(words, ensure_ascii=False)[1:-1] in item.raw[0] or words in item.raw[0]
            )
        if isinstance(item, Statement):
            assert item.raw in lines[item.location.line - 1]


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
def test_an_export_is_claimed_by_its_store(path: Path) -> None:
    store = path.name.partition("-")[0].partition(".")[0]
    parser = coverage(read(path, "whatever.txt")).parser.split("+")
    assert parser[0].startswith(store)
    assert set(parser[1:]) == {"controller", "runner"}
    assert coverage(read(path)).unparsed == 0


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
@pytest.mark.parametrize("share", [0.3, 0.62, 0.97])
def test_a_cut_export_keeps_the_entries_before_the_cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    whole = "\n".join(record.text for record in records(read(data, path.name)))
    items = read(data[: int(len(data) * share)], path.name)
    kept = {record.text for record in records(items)}
    assert kept
    # A message of several lines may lose some of them, a line its end in a CSV.
    assert [text for text in kept if text[:20] not in whole] == []
    if path.suffix == ".json" and len("\n".join(kept)) < len(whole):
        assert any(isinstance(x, Note) and x.code is Code.JSON_TRUNCATED for x in items)


def test_one_line_of_a_dashboard() -> None:
    line = (DATA / "elastic-kibana-documents.jsonl").read_text().split("\n")[1]
    (record,) = records(read(line + "\n", "pasted.txt"))
    assert record.text == "Job build-and-test completed with result: Failed"
    assert record.fields["pod"] == "linux-k8s-7hx2q-runner-w9k4d"
    assert record.raw == (line,)


def test_a_message_of_two_lines_in_a_cell() -> None:
    data = 'timestamp,message\n1789639460500,"first\nError: second"\n1789639461500,third\n'
    found = records(read(data, "log.csv"))
    assert [(r.line, r.text) for r in found] == [(2, "first"), (2, "Error: second"), (4, "third")]


def test_a_row_that_does_not_fit_is_said() -> None:
    items = read("@timestamp,@message\n2026-01-01 00:00:00,a\nonly one cell\n", "x.csv")
    assert coverage(items).unparsed == 1
    assert coverage(items).records == 1


@pytest.mark.parametrize("text", [
    '{"events":[]}', '{"status":"success","data":{"resultType":"streams","result":[]}}', "{}", "[]",
    '{"hits":{"total":0,"hits":[]}}', '{"tables":[]}', "[[[[", '{"events":[{"timestamp":1}]}',
])  # fmt: skip
def test_nothing_in_it_is_no_log_line(text: str) -> None:
    assert [r for r in records(read(text, "x.json")) if r.level is Level.ERROR] == []


@pytest.mark.parametrize("name", ["pods.json", "application.jsonl", "nginx.log"])
def test_other_json_is_left_alone(name: str) -> None:
    lines = tuple((DATA.parent / "other" / name).read_text().split("\n"))
    assert choose(Head(name, lines)).name in ("manifest", "text")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXPORTS), st.data())
def test_scribbles_never_crash(path: Path, data: st.DataObject) -> None:
    text = path.read_text()
    at = data.draw(st.integers(0, len(text)))
    noise = data.draw(st.text('{}[]",:\\\n\x00aé', max_size=8))
    for item in read(text[:at] + noise + text[at + len(noise) :], path.name):
        if isinstance(item, Record):
            assert item.text.strip()
            assert item.line >= 1


@pytest.mark.parametrize(
    "opening", ['{"log":"', '{"attributes":{', '{"kubernetes":{', '"hits":{', "["]
)
def test_a_long_line_takes_linear_time(opening: str) -> None:
    started = time.process_time()
    read((opening * 200_000)[:1_000_000] + "\n", "x.json")
    assert time.process_time() - started < 5
