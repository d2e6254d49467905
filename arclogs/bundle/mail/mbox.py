"""Mailboxes: mails one after the other, each after a line `From sender date` (RFC 4155)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.container import Container
from arclogs.bundle.mail import message
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.bundle.container import Entry
    from arclogs.bundle.stream import Stream

_SEPARATOR = lazy_compile(rb"(?:\A|\n\r?\n)(From [^\n]{1,512}\n)(?=[!-9;-~]{1,80}:)")
_PIECE = 1 << 20
_OVERLAP = 1024


def entries(stream: Stream, box: Container) -> Iterator[Entry]:
    """Yield what the mails of a mailbox hold; a mail is kept in memory while it is read."""
    for number, data in enumerate(_mails(stream, box), 1):
        if box.reading.stopped or not box.reading.admits(box.label):
            return
        if box.depth > box.reading.limits.nesting:
            box.note(Code.LIMIT_DEPTH, f"a mailbox inside {box.depth - 1} archives; not opened")
            return
        shown = box.file(f"{number}.eml")
        yield from message.entries_of(
            data, Container(shown, f"{shown}!/", box.depth + 1, box.reading)
        )
    box.finish()


def _mails(stream: Stream, box: Container) -> Iterator[bytes]:
    limit = box.reading.limits.mail_bytes
    held = bytearray()
    looked = 0
    cut = False
    while piece := stream.read(_PIECE):
        held += piece
        at = 0
        for match in _SEPARATOR.finditer(held, max(0, looked - _OVERLAP)):
            if match.start() > at:
                cut = cut or match.start() - at > limit
                yield bytes(held[at : min(match.start(1), at + limit)])
            at = match.end()
        del held[:at]
        cut = cut or len(held) > limit + _PIECE
        del held[limit + _PIECE :]
        looked = len(held)
    if held.strip():
        cut = cut or len(held) > limit
        yield bytes(held[:limit])
    if cut:
        box.note(Code.LIMIT_TMP, f"mails of more than {limit} bytes; only their beginning is read")
