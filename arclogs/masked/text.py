"""A text member in windows: as much as fits at once, with the lines around for context."""

from __future__ import annotations

import codecs
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.ingest.text.lines import looks_binary, utf16_codec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

WINDOW: Final = 8 * 1024 * 1024
"""Characters that are looked at together; most members are one window."""
AROUND: Final = 1024 * 1024
"""Characters before and after, in which the name of a value may stand or the kind of its object."""
LONGEST_LINE: Final = 16 * 1024 * 1024
WITHHELD: Final = "<line-withheld>"
_HEAD: Final = 8192


class Encoding(NamedTuple):
    """How bytes become text and again the same bytes."""

    codec: str
    errors: str


class Text(NamedTuple):
    """A member that is text."""

    encoding: Encoding
    chunks: Iterator[bytes]


def open_text(chunks: Iterator[bytes]) -> Text | None:
    """Return a member as text, None for one that is binary; without reading more than its head."""
    head, size = [], 0
    for chunk in chunks:
        head.append(chunk)
        size += len(chunk)
        if size >= _HEAD:
            break
    begin = b"".join(head)
    if looks_binary(begin[:_HEAD]):
        return None
    codec = utf16_codec(begin[:_HEAD])
    # What is no UTF-8 comes out as it went in.
    encoding = Encoding(codec, "surrogatepass") if codec else Encoding("utf-8", "surrogateescape")
    return Text(encoding, chain((begin,), chunks))


def decoded(text: Text) -> Iterator[str]:
    """Yield a member as text."""
    utf8 = text.encoding.codec == "utf-8"
    decoder = codecs.getincrementaldecoder(text.encoding.codec)(
        "surrogateescape" if utf8 else "replace"
    )
    for chunk in text.chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def windows(pieces: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield before, body and after; the bodies are the text, cut at line ends."""
    before, held, size = "", [], 0
    for piece in _bounded_lines(pieces):
        held.append(piece)
        size += len(piece)
        if size < WINDOW + 2 * AROUND:
            continue
        pending = "".join(held)
        while (cut := pending.rfind("\n", 0, WINDOW) + 1 or pending.find("\n") + 1) and (
            len(pending) - cut >= AROUND
        ):
            body, pending = pending[:cut], pending[cut:]
            yield before, body, pending[: pending.rfind("\n", 0, AROUND) + 1]
            before = body[-AROUND:].partition("\n")[2] if len(body) > AROUND else body
        held, size = [pending], len(pending)
    yield before, "".join(held), ""


def _bounded_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield whole lines, without those that are too long to be looked at."""
    held: list[str] = []
    size, too_long = 0, False
    for piece in pieces:
        first, end, rest = piece.partition("\n")
        held.append(first)
        size += len(first)
        if size > LONGEST_LINE:
            held, too_long = [], True
        if not end:
            continue
        yield f"{WITHHELD}\n" if too_long else "".join([*held, "\n"])
        whole, end, last = rest.rpartition("\n")
        yield whole + end
        held, size, too_long = [last], len(last), False
    yield WITHHELD if too_long else "".join(held)


def masked(text: Text, redact: Callable[[str], str]) -> Iterator[bytes]:
    """Yield the bytes of a member with its secrets replaced, line by line the same as before."""
    codec, errors = text.encoding
    for before, body, after in windows(decoded(text)):
        whole = before + body + after
        clean = redact(whole)
        if clean == whole:
            clean = body
        elif before or after:
            first, count = before.count("\n"), body.count("\n")
            lines = clean.split("\n")
            kept = lines[first : first + count] + ([""] if after else lines[first + count :])
            clean = "\n".join(kept)
        yield clean.encode(codec, errors)
