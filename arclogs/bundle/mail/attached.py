"""What a mail holds, whatever program saved it: entries made of bytes that are in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.bundle.container import Entry
from arclogs.bundle.stream import Stream
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.bundle.container import Container

_SMALL_PICTURE: Final = 32 * 1024
"""Bytes: what signatures are decorated with."""


def entry_of(name: str, data: bytes, box: Container, when: datetime | None = None) -> Entry:
    """Return a part as a file of its container."""
    shown = box.file(name)
    box.reading.spend(len(data), shown)
    stream = Stream(iter((data,)), shown, box.reading)
    return Entry(shown, stream, f"{shown}!/", len(data), when, box.depth)


def body_of(
    subject: str, text: str, box: Container, when: datetime | None = None
) -> Iterator[Entry]:
    """Yield subject and text as `body.txt`; nothing where there is neither."""
    if subject or text:
        head = f"Subject: {subject}\n\n" if subject else ""
        yield entry_of("body.txt", f"{head}{text}\n".encode("utf-8", "replace"), box, when)


def note_picture(name: str, data: bytes, box: Container, *, in_text: bool) -> None:
    """Say that a picture is not read, unless it is a decoration of the text."""
    if not (in_text and len(data) < _SMALL_PICTURE):
        detail = "a picture, which is not read; ask for the text that it shows"
        box.note_on(name, Code.TEXT_BINARY_SKIPPED, detail)


def too_deep(name: str, box: Container) -> bool:
    """Tell whether a mail in a mail is one too many, and note it."""
    if box.depth < box.reading.limits.nesting:
        return False
    box.note_on(name, Code.LIMIT_DEPTH, f"a mail inside {box.depth} others; not opened")
    return True
