from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.text.lines import decode_lines, looks_binary, replace_surrogates
from arclogs.model.coverage import Code, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

BOM = b"\xef\xbb\xbf"
UTF16LE = b"\xff\xfe"


def read(*chunks: bytes, limit: int = 64 * 1024) -> tuple[list[str], list[Code]]:
    notes: list[Note] = []
    lines = list(decode_lines(chunks, "a.log", notes, line_limit=limit))
    assert {note.member for note in notes} <= {"a.log"}
    codes = [note.code for note in notes]
    assert len(codes) == len(set(codes)), "one note per code"
    return lines, codes


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"a", ["a"]),
        (b"a\n", ["a"]),
        (b"a\n\nb", ["a", "", "b"]),
        (b"a\r\nb\r\r\nc\n", ["a", "b", "c"]),
        (b"10%\r20%\rdone\n", ["10%\r20%\rdone"]),
        (b"v\x0bf\x0cs\x1cn\n", ["v\x0bf\x0cs\x1cn"]),
        ("nel\x85ls\u2028ps\u2029\n".encode(), ["nel\x85ls\u2028ps\u2029"]),
        (BOM + b"one\r\n" + BOM + b"two\n", ["one", "two"]),
        (BOM, [""]),
        (UTF16LE + "√ ok\r\nzwei\n".encode("utf-16-le"), ["√ ok", "zwei"]),
        (b"\xfe\xff" + "√ ok\nzwei".encode("utf-16-be"), ["√ ok", "zwei"]),
    ],
)
def test_lines(data: bytes, lines: list[str]) -> None:
    assert read(data) == (lines, [])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark_is_guessed_and_noted(codec: str) -> None:
    text = "2026-11-23 02:05:37Z: Listening for Jobs\n" * 3
    lines, codes = read(text.encode(codec))
    assert lines == text.splitlines()
    assert codes == [Code.TEXT_ENCODING_REPLACED]


@pytest.mark.parametrize(
    "data",
    [b"caf\xe9", b"cut \xe2\x82", b"overlong \xc0\xaf", b"lone \x80", b"cesu \xed\xa0\x80"],
)
def test_bytes_that_are_no_utf8_are_replaced_and_noted(data: bytes) -> None:
    lines, codes = read(data + b"\nnext\n")
    assert "\ufffd" in lines[0]
    assert lines[1:] == ["next"]
    assert codes == [Code.TEXT_ENCODING_REPLACED]


def test_a_hole_of_nuls_does_not_hide_the_text_behind_it() -> None:
    hole = b"\0" * (1 << 20)
    lines, codes = read(b"before\n", hole, hole + b"##[error]behind\n", hole)
    assert lines == ["before", "##[error]behind"]
    assert codes == [Code.TEXT_NUL]


def test_a_long_line_is_cut_and_the_next_one_is_whole() -> None:
    lines, codes = read(b"x" * 30, b"x" * 90 + b"\nnext\n", limit=64)
    assert lines == ["x" * 64, "next"]
    assert codes == [Code.LIMIT_LINE_BYTES]
    assert read(b"x" * 64 + b"\r\n", limit=65) == (["x" * 64], [])


def test_a_cut_inside_a_character_is_no_encoding_error() -> None:
    assert read("a√√".encode() + b"\n", limit=6) == (["a√"], [Code.LIMIT_LINE_BYTES])


def test_an_endless_line_costs_no_memory() -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(256):
            yield b"x" * (1 << 18)
        yield b"##[error]at the very end\n##[error]canary\n"

    tracemalloc.start()
    notes: list[Note] = []
    lines = list(decode_lines(chunks(), "a.log", notes))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines[1:] == ["##[error]canary"]
    assert [note.code for note in notes] == [Code.LIMIT_LINE_BYTES]
    assert peak < 4 << 20


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_how_the_bytes_are_chunked_changes_nothing(data: st.DataObject) -> None:
    piece = st.sampled_from([b"a", b"\n", b"\r", b"\0", BOM, "√".encode(), b"\xff", b"x" * 9])
    body = b"".join(data.draw(st.lists(piece, max_size=40)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
    chunks = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)])]
    whole = read(body, limit=8)
    assert read(*chunks, limit=8) == whole
    if "\ufffd" not in "".join(whole[0]):
        assert len(whole[0]) in (body.count(b"\n"), body.count(b"\n") + 1)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_give_lines_that_can_be_printed(body: bytes) -> None:
    for line in read(body)[0]:
        assert "\n" not in line
        assert "\0" not in line
        line.encode()


@pytest.mark.parametrize(
    ("head", "binary"),
    [
        (b"", False),
        (b"2026-11-23 02:05:37Z: Listening\n" * 20, False),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 99, True),
        (b"\x1f\x8b\x08\x00rest", True),
        (bytes(range(256)) * 8, True),
        (b"\x1b[36;1mcolour\x1b[0m \x08\x08 bar\r\n" * 30, False),
        (b"text before a hole\n" + b"\0" * 4000, False),
        (b"\0" * 4096, False),
        (b"na\xefve caf\xe9 in Latin-1, as German as \xfcber\n" * 9, False),
        (UTF16LE + "plain".encode("utf-16-le"), False),
        ("ohne Marke\n".encode("utf-16-be") * 20, False),
        (b"\x01\x00\x02\x00\x00\x07tab\x00\x00le\x00\x01" * 60, True),
        (b"\x93\xc4\xe1\x8f\xf0\x9a" * 200, True),
    ],
)
def test_looks_binary(head: bytes, binary: bool) -> None:
    assert looks_binary(head) is binary


@pytest.mark.parametrize(
    ("text", "clean"),
    [("plain", "plain"), ("é√", "é√"), ("a\ud800b", "a\ufffdb"), ("\ud83d\ude00", "😀")],
)
def test_lone_surrogates_are_replaced(text: str, clean: str) -> None:
    assert replace_surrogates(text) == clean
