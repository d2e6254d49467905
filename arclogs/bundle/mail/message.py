"""Mails (RFC 5322 with MIME): the text that a reader sees, and what is attached, as members.

    ticket.eml                              one file
    ticket.eml!/body.txt                    subject and text, as plain text
    ticket.eml!/runner.log                  an attachment
    ticket.eml!/bundle.tgz!/pods.yaml       what is in an attached archive
    ticket.eml!/forwarded.eml!/body.txt     a mail in a mail

Python's `email` takes any bytes for a mail. What makes it slow, long headers and multiparts in
multiparts, is looked for before.
"""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from arclogs.bundle.container import Container
from arclogs.bundle.mail.attached import body_of, entry_of, note_picture, too_deep
from arclogs.bundle.mail.parts import Leaf, leaves
from arclogs.bundle.mail.text import body_text, header_text
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from arclogs.bundle.container import Entry
    from arclogs.bundle.stream import Stream

_MOST_MULTIPARTS: Final = 200
_MOST_PARTS: Final = 5_000
_LONGEST_HEADER: Final = 4096
_MULTIPART = lazy_compile(rb"multipart/", re.IGNORECASE)
_PARAMETERS = lazy_compile(rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
_SIGNATURES: Final = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_ENCRYPTED: Final = frozenset(
    {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
)


def entries(stream: Stream, box: Container) -> Iterator[Entry]:
    """Yield the text of a mail and its attachments; each is to be read before the next."""
    data = stream.read(box.reading.limits.mail_bytes)
    if stream.peek(1):
        detail = f"a mail of more than {len(data)} bytes; only its beginning is read"
        box.note(Code.LIMIT_TMP, detail)
    yield from entries_of(data, box)


def entries_of(data: bytes, box: Container) -> Iterator[Entry]:
    """Yield what a mail in memory holds."""
    if problem := _too_much(data):
        box.note(Code.ARCHIVE_CORRUPT, f"{problem}; read as plain text")
        yield entry_of("body.txt", data, box)
        return
    try:
        message = message_from_bytes(data)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        box.note(Code.ARCHIVE_CORRUPT, f"no mail that can be read: {type(error).__name__}")
        yield entry_of("body.txt", data, box)
        return
    yield from _in_message(message, box)
    box.finish()


def _too_much(data: bytes) -> str | None:
    if len(_MULTIPART.findall(data)) > _MOST_MULTIPARTS:
        return f"more than {_MOST_MULTIPARTS} multiparts in one mail"
    lengths = [match.end() - match.start() for match in _PARAMETERS.finditer(data)]
    if len(lengths) > 2 * _MOST_PARTS:
        return f"more than {_MOST_PARTS} parts in one mail"
    if max(lengths, default=0) > _LONGEST_HEADER:
        return f"a header of more than {_LONGEST_HEADER} bytes"
    return None


def _in_message(message: Message, box: Container) -> Iterator[Entry]:
    when = _date(message)
    text: list[Leaf] = []
    attached: list[Leaf] = []
    for leaf in leaves(message):
        (text if leaf.is_body else attached).append(leaf)
    body = "\n\n".join(filter(None, (body_text(leaf.part) for leaf in text)))
    yield from body_of(header_text(message.get("Subject")), body, box, when)
    for number, leaf in enumerate(attached, 1):
        if not box.reading.admits(box.label):
            return
        yield from _attached(leaf, number, box, when)


def _attached(leaf: Leaf, number: int, box: Container, when: datetime | None) -> Iterator[Entry]:
    name = leaf.name or f"attachment-{number}{leaf.suffix}"
    if leaf.mail is not None:
        if too_deep(name, box):
            return
        shown = box.file(name)
        inner = Container(shown, f"{shown}!/", box.depth + 1, box.reading)
        yield from _in_message(leaf.mail, inner)
        inner.finish()
        return
    if leaf.kind in _SIGNATURES:
        return
    if leaf.kind in _ENCRYPTED:
        box.note_on(name, Code.ARCHIVE_ENCRYPTED, "an encrypted mail; save it decrypted")
        return
    data = _payload(leaf.part)
    if leaf.kind.startswith("image/"):
        note_picture(name, data, box, in_text=leaf.inline)
        return
    yield entry_of(name, data, box, when)


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (binascii.Error, ValueError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else str(part.get_payload()).encode("utf-8", "replace")


def _date(message: Message) -> datetime | None:
    try:
        date = parsedate_to_datetime(str(message.get("Date")))
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
