from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.carriers.transport import unwrap
from arclogs.ingest.interface import Block
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from arclogs.ingest.text.line import Line

STAMP = "2026-11-23T12:00:0{}.000000000Z"


def read(lines: list[str]) -> tuple[list[Line], list[Code]]:
    book = Notebook("0.log")
    read = list(unwrap(Block("0.log", 1, lines), book))
    return read, [note.code for note in book.notes()]


def cri(second: int, stream: str, tag: str, text: str) -> str:
    return f"{STAMP.format(second)} {stream} {tag} {text}"


def docker(text: str, stream: str = "stdout", second: int = 0) -> str:
    return json.dumps(
        {"log": text, "stream": stream, "time": STAMP.format(second)}, separators=(",", ":")
    )


def test_cri_lines() -> None:
    lines, codes = read(
        [
            cri(0, "stdout", "F", "√ Connected to GitHub"),
            cri(1, "stderr", "F", ""),
            f"{STAMP.format(2)} stdout F",
            cri(3, "stdout", "F:tag", "\x1b[31mred\x1b[0m"),
        ]
    )
    assert [line.text for line in lines] == ["√ Connected to GitHub", "", "", "red"]
    assert lines[3].timestamp == datetime(2026, 11, 23, 12, 0, 3, tzinfo=UTC)
    assert lines[0].raw == cri(0, "stdout", "F", "√ Connected to GitHub")
    assert codes == []


def test_pieces_of_two_streams_are_joined_each_for_itself() -> None:
    lines, codes = read(
        [
            cri(0, "stdout", "P", "##[error]Error: failed to "),
            cri(1, "stderr", "P", "npm "),
            cri(2, "stdout", "P", "create job pod: "),
            cri(3, "stderr", "F", "warn"),
            cri(4, "stdout", "F", "HttpError"),
            cri(5, "stdout", "F", "next"),
        ]
    )
    assert [(line.number, line.text) for line in lines] == [
        (2, "npm warn"),
        (1, "##[error]Error: failed to create job pod: HttpError"),
        (6, "next"),
    ]
    assert lines[1].raw == cri(
        0, "stdout", "P", "##[error]Error: failed to create job pod: HttpError"
    )
    assert lines[1].timestamp == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert codes == []


def test_pieces_without_an_end_are_shown_and_noted() -> None:
    lines, codes = read([cri(0, "stdout", "F", "a"), cri(1, "stdout", "P", "##[error]half")])
    assert [line.text for line in lines] == ["a", "##[error]half"]
    assert codes == [Code.CRI_PARTIAL_UNTERMINATED]


def test_endless_pieces_are_cut() -> None:
    lines, codes = read([cri(0, "stdout", "P", "x" * 16_384)] * 9 + [cri(1, "stdout", "F", "end")])
    assert len(lines) == 1
    assert len(lines[0].text) == 64 * 1024
    assert codes == [Code.LIMIT_LINE_BYTES]


def test_docker_lines() -> None:
    lines, codes = read(
        [
            docker("\x1b[32m√ Connected\x1b[0m\n"),
            docker("first half, ", second=1),
            docker("from stderr\r\n", "stderr"),
            docker("second half\n", second=2),
            docker("no newline at the end"),
        ]
    )
    assert [(line.number, line.text) for line in lines] == [
        (1, "√ Connected"),
        (3, "from stderr"),
        (2, "first half, second half"),
        (5, "no newline at the end"),
    ]
    assert lines[2].timestamp == datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
    assert codes == []


@pytest.mark.parametrize(
    "broken", ['{"log":"cut', "{}", "[1]", '{"log":5}', "plain", '{"log":' * 99]
)
def test_a_broken_docker_record_costs_one_line(broken: str) -> None:
    lines, codes = read([docker("a\n"), docker("b\n"), broken, docker("c\n")])
    assert [line.text for line in lines] == ["a", "b", broken, "c"]
    assert codes == [Code.JSON_SYNTAX]


def test_a_lone_surrogate_in_a_docker_record_can_be_printed() -> None:
    lines, _ = read([docker("a\n"), '{"log":"\\ud800 x\\n","stream":"stdout","time":"y"}'])
    assert lines[1].text == "\ufffd x"
    assert lines[1].timestamp is None


@given(
    st.text(max_size=8),
    st.sampled_from(["stdout", "stderr", "x y"]),
    st.sampled_from(["", "\n", "\r\n"]),
)
def test_a_docker_record_is_what_its_json_says(text: str, stream: str, end: str) -> None:
    for ascii_only in (True, False):
        record = {"log": text + end, "stream": stream, "time": STAMP.format(1)}
        raw = json.dumps(record, separators=(",", ":"), ensure_ascii=ascii_only)
        (line,), codes = read([raw])
        assert line.text == strip_ansi((text + end).removesuffix("\n").removesuffix("\r"))
        assert line.timestamp == datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
        assert codes == []


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["stdout", "stderr"]), st.booleans(), st.text("ab √", max_size=5)
        ),
        max_size=20,
    )
)
def test_no_text_is_lost_whatever_the_pieces(pieces: list[tuple[str, bool, str]]) -> None:
    anchor = cri(0, "stdout", "F", "")
    lines, _ = read([anchor, *(cri(1, s, "F" if last else "P", t) for s, last, t in pieces)])
    for stream in ("stdout", "stderr"):
        sent = "".join(text for name, _, text in pieces if name == stream)
        got = "".join(line.text for line in lines if f" {stream} " in line.raw)
        assert got == sent
