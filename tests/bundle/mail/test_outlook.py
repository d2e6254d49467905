"""Messages that Outlook saved: text, attachments, messages in them; broken ones cost a note."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Limits
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, compound, outlook, read, tar

LARGE = CANARY * (1 + 20_000 // len(CANARY))
FILES = {"a.log": b"one\n", "large.log": LARGE, "bundle.tar": tar({"in/b.log": CANARY})}


@pytest.mark.parametrize("inner", [False, True])
def test_text_and_attachments(inner: bool) -> None:
    outcome = read(outlook(FILES, "Grüße\n\n##[error]x", inner=inner))
    places = ["", "forwarded.msg!/"] if inner else [""]
    titles = {"": "a ticket", "forwarded.msg!/": "forwarded"}
    assert outcome.members == {
        f"{place}{name}": data
        for place in places
        for name, data in {
            "body.txt": f"Subject: {titles[place]}\n\nGrüße\n\n##[error]x\n".encode(),
            "a.log": b"one\n", "large.log": LARGE, "bundle.tar!/in/b.log": CANARY,
        }.items()
    }  # fmt: skip
    assert not outcome.notes


def test_a_page_and_the_old_code_page() -> None:
    tree = {"__substg1.0_0037001E": b"caf\xe9", "__substg1.0_10130102": b"<p>a &amp; b</p><p>c</p>"}
    assert read(compound(tree)).members == {"body.txt": "Subject: café\n\na & b\nc\n".encode()}


def test_what_cannot_be_read_is_said() -> None:
    tree = {
        "__substg1.0_10090102": b"LZFu....",
        "__attach_version1.0_#00000000": {"__substg1.0_3707001F": "link.log".encode("utf-16-le")},
        "__attach_version1.0_#00000001": {
            "__substg1.0_3707001F": "shot.png".encode("utf-16-le"),
            "__substg1.0_370E001F": "image/png".encode("utf-16-le"),
            "__substg1.0_37010102": b"\x89PNG" * 20,
        },
    }
    outcome = read(compound(tree))
    assert not outcome.members
    assert {(note.member, note.code) for note in outcome.notes} == {
        ("stdin", Code.ARCHIVE_UNSUPPORTED),
        ("link.log", Code.ARCHIVE_UNSUPPORTED),
        ("shot.png", Code.TEXT_BINARY_SKIPPED),
    }


def test_another_document_of_office_is_named() -> None:
    outcome = read(compound({"WordDocument": b"x" * 5000}))
    assert [(note.code, "Office document" in note.detail) for note in outcome.notes] == [
        (Code.ARCHIVE_UNSUPPORTED, True)
    ]


@given(
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=8),
    st.floats(0, 1),
)
@settings(max_examples=80, deadline=None)
def test_damage_ends_soon(edits: list[tuple[float, bytes]], cut: float) -> None:
    data = bytearray(outlook(FILES, inner=True))
    whole = len(data)
    for place, patch in edits:
        at = int(place * place * (len(data) - 4))  # the head, most of all
        data[at : at + len(patch)] = patch
    start = time.process_time()
    outcome = read(bytes(data[: int(len(data) * (1 - cut**4))]), limits=Limits(total_bytes=1 << 24))
    assert outcome.members or outcome.lost
    assert sum(map(len, outcome.members.values())) < 8 * whole
    assert time.process_time() - start < 10


def test_sectors_that_go_round_end() -> None:
    data = bytearray(outlook({"a.log": b"x" * 40_000}))
    table = len(data) - 512
    for at in range(table, len(data), 4):
        data[at : at + 4] = (1).to_bytes(4, "little")
    outcome = read(bytes(data))
    assert outcome.lost
