"""Each file of data/pasted is text as people paste it, `<name>.items` what is read out of it.

After a wanted change: ARCLOGS_UPDATE_GOLDEN=1 pytest tests/ingest/test_pasted.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle.member import Member
from arclogs.ingest.pasted import tidied
from arclogs.ingest.read import read_member
from arclogs.model.coverage import Note
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation
from arclogs.model.record import Record

DATA = Path(__file__).parent / "data" / "pasted"
CASES = sorted(path for path in DATA.iterdir() if path.suffix != ".items")


def read(path):
    data = path.read_bytes()
    return list(read_member(Member(path.name, len(data), None, iter([data]))))


def shown(item):
    match item:
        case Record():
            return f"{item.line} {item.source} {item.timestamp or '-'} {item.text!r}"
        case Event():
            return (
                f"{item.location.line} event {item.reason} {item.kind}/{item.name} {item.message!r}"
            )
        case Observation():
            where = f"{item.namespace or '-'}/{item.name}"
            return (
                f"{item.location.line} {item.kind} {where} {item.trust.name} {sorted(item.fields)}"
            )
        case Collected():
            return f"{item.location.line} all {item.kind} of {item.namespace or 'all namespaces'}"
        case Note():
            return f"note {item.code}: {item.detail}"
        case _:
            return str(item)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_read_out_of_a_paste(path):
    text = "".join(f"{shown(item)}\n" for item in read(path))
    expected = path.with_name(f"{path.name}.items")
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        expected.write_text(text)
    assert text == expected.read_text()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_evidence_is_the_line_that_an_editor_shows(path):
    lines = path.read_bytes().decode().replace("\r\n", "\n").split("\n")
    for item in read(path):
        if isinstance(item, Record):
            at = item.line - 1
            # A line that a mail program broke is shown whole.
            begun = zip(item.raw, lines[at : at + len(item.raw)], strict=True)
            assert all(raw.startswith(line.rstrip()) for raw, line in begun)
            assert item.raw[0] == lines[at] or "flowed" in path.name
        elif isinstance(item, Event):
            assert item.raw == lines[item.location.line - 1]


LINES = st.lists(
    st.sampled_from(
        ["", "> a", "> > b", ">", "    code", "```", "<pre>", "{code:x}", "1: a", "2: b", "3: c",
         "x.log:1:a", "x.log:2:b", "--", "prose", "\tb", "&quot;", "a\u00a0b"]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES, st.sampled_from(["a.md", "a.txt", "a.log", "a.yaml"]))
def test_no_line_comes_or_goes(lines, name):
    assert len(tidied(lines, name)) == len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["REVISION  STATUS", "1  superseded", "2  superseded", "3  deployed"],
        ["1: a", "2: b", "4: d"],
        ["redirect > file", "a >b"],
        ["metadata:", "    name: x", "", "    labels:"],
        ["https://x.log:80/a", "https://x.log:80/b c"],
    ],
)
def test_what_only_looks_pasted_is_left_alone(lines):
    assert tidied(lines, "x.txt") is lines


def test_dumps_are_never_touched():
    lines = ["a: &quot;", "> x", "    y"]
    for name in ("a.yaml", "a.json", "a.csv"):
        assert tidied(lines, name) is lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["`one line`"], ["one line"]),
        (["  `two", "lines`  "], ["two", "lines"]),
        (["`first` and `second`"], None),
        (["`never closed", "", "another`"], None),
        (["```", "`in a fence`", "```"], ["```", "in a fence", "```"]),
        (["a `word` in a line"], None),
    ],
)
def test_inline_code_that_is_all_of_its_lines_loses_its_marks(lines, expected):
    assert list(tidied(lines, "ticket.md")) == (expected or lines)
