from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Item
from arclogs.ingest.logs.generic import PARSER
from arclogs.model.coverage import Code, Note
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source


def items(*lines: str, command: str | None = None, **origin: str) -> list[Item]:
    return list(PARSER.parse(Block("x.txt", 1, lines, command, origin)))


def records(*lines: str, command: str | None = None, **origin: str) -> list[Record]:
    return [i for i in items(*lines, command=command, **origin) if isinstance(i, Record)]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2025-11-18T09:14:07.0214553Z ##[error]x", Source.JOB),
        ("##[error]x", Source.JOB),
        ("::error::x", Source.HOOK),
        ("[RUNNER 2026-11-23 02:41:35Z ERR  Listener] x", Source.RUNNER),
        ("2026-11-23 02:41:34Z: Listening for Jobs", Source.RUNNER),
        ("√ Connected to GitHub", Source.RUNNER),
        ("2023-11-14T06:04:24Z\tERROR\tEphemeralRunner\tx", Source.CONTROLLER),
        ('{"severity":"error","ts":"2024-06-05T16:40:37Z","message":"x"}', Source.CONTROLLER),
        ("time=2026-11-23T02:41:48.310Z level=INFO msg=x", Source.LISTENER),
        ('time="2026-11-23T02:41:47.257Z" level=error msg="x"', Source.DIND),
        ('Error from server (NotFound): pods "x" not found', Source.KUBECTL),
        ("Error: HttpError: HTTP request failed", Source.UNKNOWN),
        ("HttpError: HTTP request failed", Source.UNKNOWN),
        ("prose", Source.UNKNOWN),
    ],
)
def test_a_known_line_is_known_in_any_company(line: str, source: Source) -> None:
    before, record, after = records("we saw this:", line, "what is it?", pod="p")
    assert (record.source, record.line) == (source, 2)
    assert {before.source, after.source} == {Source.UNKNOWN}
    assert record.fields["pod"] == "p"


def test_versions_are_stated_from_a_few_lines_too() -> None:
    found = items(
        '2023-11-14T06:04:24Z\tINFO\tx\ty\t{"version": "0.9.3"}',
        "prose",
        "Current runner version: '2.329.0'",
    )
    said = [(i.name, i.value) for i in found if isinstance(i, Statement)]
    assert said == [("controller_version", "0.9.3"), ("runner_version", "2.329.0")]


def test_line_keeps_what_follows_its_stamp() -> None:
    (record,) = records("2026-09-21T10:00:03Z - ERROR - it broke")
    assert (record.text, record.level) == ("- ERROR - it broke", Level.ERROR)
    (alone,) = records("2026-09-21 10:00:03Z")
    assert alone.text == "2026-09-21 10:00:03Z"
    assert alone.timestamp == record.timestamp


def test_every_note_comes_once() -> None:
    lines = ["2026-09-21 10:00:03 x", "E0121 19:44:45.360355 1 a.go:2] x", "0001-01-01T00:00:00Z x"]
    notes = [i.code for i in items(*lines * 3) if isinstance(i, Note)]
    assert notes == [Code.TIME_NO_ZONE, Code.TIME_NO_YEAR, Code.TIME_OUT_OF_RANGE]


def test_the_command_tells_whose_error_it_is() -> None:
    assert records("error: new kind")[0].source is Source.UNKNOWN
    assert records("error: new kind", command="kubectl logs x")[0].source is Source.KUBECTL


def test_stack_traces_stay_with_their_error() -> None:
    (java,) = records(
        "java.io.IOException: x", "\tat a.b.C(C.java:1)", "Caused by: y", "\tat d.e.F"
    )
    assert len(java.raw) == 4
    (node,) = records("TypeError: x", "    at f (a.js:1:2)", "    at g (b.js:3:4)")
    assert (node.level, len(node.raw)) == (Level.ERROR, 3)
    assert len(records("a list", "  of things", "  to do")) == 3
