"""Mails and mailboxes: the text as a reader sees it, and attachments as members."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Bundle, Limits, Member
from arclogs.bundle.mail.page_text import plain
from arclogs.bundle.mail.text import unflowed
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, Pipe, mail, read, tar, zipped

MAILS = Path(__file__).parent / "mails"
CASES = sorted(path for path in MAILS.iterdir() if path.is_dir())


def put(path: Path) -> Path:
    (file,) = path.glob("mail.*")
    return file


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_case(path: Path) -> None:
    case: dict[str, Any] = yaml.safe_load((path / "case.yaml").read_text(encoding="utf-8"))
    outcome = read(put(path))
    assert {name: data.decode() for name, data in outcome.members.items()} == case["members"]
    assert {note.member: note.code.value for note in outcome.notes} == case.get("notes", {})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_lines_ended_as_on_the_wire_are_the_same(path: Path) -> None:
    data = put(path).read_bytes()
    names = [read(Pipe(d)).members.keys() for d in (data, data.replace(b"\n", b"\r\n"))]
    assert names[0] == names[1]


def test_the_date_of_a_mail_is_that_of_its_parts() -> None:
    (member,) = (
        m for m in Bundle([put(MAILS / "plain text, quoted-printable")]) if isinstance(m, Member)
    )
    assert member.modified == datetime(2026, 9, 17, 10, 10, 41, tzinfo=UTC)


files = st.dictionaries(
    st.from_regex(r"[a-zé][a-z0-9 _-]{0,30}\.(?:log|yaml|txt)", fullmatch=True),
    st.binary(min_size=1, max_size=400).map(lambda data: b"line " + data.replace(b"\r", b"")),
    max_size=4,
)


@given(files, st.sampled_from(["", "two\nlines", "Grüße\n> quoted 😀\nFrom me"]), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_what_was_attached_comes_out(attached: dict[str, bytes], text: str, deep: int) -> None:
    message = mail(attached, text + "\n")
    for _ in range(deep):
        outer = mail({}, "see below\n")
        outer.add_attachment(message)
        message = outer
    inside = "a ticket.eml!/" * deep
    outcome = read(message.as_bytes(policy=SMTP))
    expected = {f"{inside}{name}": data for name, data in attached.items()}
    body = outcome.members.pop(f"{inside}body.txt").decode()
    assert body.rstrip("\n") == f"Subject: a ticket\n\n{text}".rstrip("\n")
    assert {n: d for n, d in outcome.members.items() if not n.endswith("body.txt")} == expected
    assert outcome.lost == set()


def test_an_archive_in_a_mail_in_an_archive() -> None:
    message = mail({"bundle.tar": tar({"a.log": CANARY}), "b.zip": zipped({"c.log": CANARY})})
    outcome = read(tar({"ticket.eml": message.as_bytes()}))
    assert outcome.members["ticket.eml!/bundle.tar!/a.log"] == CANARY
    assert outcome.members["ticket.eml!/b.zip!/c.log"] == CANARY
    assert not outcome.notes


def test_mails_in_mails_end_at_the_limit() -> None:
    message = mail({"deep.log": CANARY})
    for _ in range(8):
        outer = mail({})
        outer.add_attachment(message)
        message = outer
    outcome = read(message.as_bytes())
    assert Code.LIMIT_DEPTH in outcome.codes
    assert len([name for name in outcome.members if name.endswith("body.txt")]) == 4


def test_a_large_mail_is_cut() -> None:
    message = mail({"a.log": b"x" * 5000})
    outcome = read(message.as_bytes(), limits=Limits(mail_bytes=2000))
    assert Code.LIMIT_TMP in outcome.codes
    assert set(outcome.members) == {"body.txt", "a.log"}


def test_a_mailbox_keeps_what_follows_a_large_mail() -> None:
    one = mail({"a.log": b"x" * 400_000}).as_bytes()
    box = b"From a Thu Sep 17 12:10:41 2026\n" + one + b"\n\nFrom b Thu Sep 17 12:10:41 2026\n"
    outcome = read(box + mail({"b.log": CANARY}).as_bytes(), limits=Limits(mail_bytes=100_000))
    assert outcome.members["2.eml!/b.log"] == CANARY
    assert Code.LIMIT_TMP in outcome.codes


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3000,
        b"Content-Type: text/plain; " + b"a;" * 200_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: a/b\n\nx\n" * 30_000,
        b"Content-Type: multipart/mixed; boundary=\n\n--\n\nx\n----\n",
        b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
        b"Content-Type: text/html\n\n" + b"<![CDATA[" * 100_000 + b"<a " * 100_000,
        b"Content-Type: text/html\n\n" + b"<style><title>" * 100_000 + b"&#" * 100_000,
        b"Content-Type: text/plain; charset=\xff\xfe\n\nx",
        b"Content-Type: text/plain; charset=punycode\n\n" + b"x-" * 50_000,
        b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\nnonsense\n",
        b"Subject: =?utf-8?b?" + b"=?" * 100_000 + b"\n\nx",
        b"Content-Type: message/rfc822\n\n" * 400,
        b"Content-Type: message/partial; id=1; number=1\n\nx",
        b"Date: Thu, 99 Foo 99999 99:99:99 +9999\n\nx",
    ],
    ids=map(str, range(15)),
)  # fmt: skip
def test_hostile_mails_end_soon(hostile: bytes) -> None:
    start = time.process_time()
    outcome = read(b"Message-ID: <1@x>\nMIME-Version: 1.0\n" + hostile)
    assert outcome.members or outcome.lost
    assert time.process_time() - start < 20


@given(st.text(st.sampled_from("<>/!-ab pre td=\"'&;\n"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_page_gives_text(page: str) -> None:
    assert "\n\n\n" not in plain(page)


def test_flowed_lines_are_joined_within_one_depth_of_quotation() -> None:
    text = "> a \n> b\n>> c \nd \n e \n-- \nsig"
    assert unflowed(text, delete=False) == "> a b\n>> c \nd e \n-- \nsig"
    assert unflowed("ab \ncd", delete=True) == "abcd"


def test_a_tnef_file_is_named() -> None:
    outcome = read(mail({"winmail.dat": b"\x78\x9f\x3e\x22" + bytes(60)}).as_bytes())
    assert Code.ARCHIVE_UNSUPPORTED in outcome.codes
