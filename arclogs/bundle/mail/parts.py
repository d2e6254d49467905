"""The parts of a mail: which are its text, which are attached, and what those are called."""

from __future__ import annotations

import mimetypes
from email.message import Message
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.bundle.mail.text import body_text, header_text, is_stub

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODIES: Final = ("text/plain", "text/html", "text/enriched")
_SUFFIXES: Final = {"text/plain": ".txt", "message/rfc822": ".eml", "text/x-log": ".log"}


class Leaf(Struct, frozen=True):
    """A part that holds no others but as a mail of its own."""

    part: Message
    kind: str
    """Its media type, in lower case."""
    name: str
    """Its file name; empty where it has none."""
    inline: bool
    """Shown in the text, as pictures are."""
    is_body: bool
    mail: Message | None = None

    @property
    def suffix(self) -> str:
        """Return the suffix that the name of a part of this type has."""
        return _SUFFIXES.get(self.kind) or mimetypes.guess_extension(self.kind) or ""


def leaves(message: Message) -> Iterator[Leaf]:
    """Yield the parts of a mail; of alternatives the one that says most, plain text if it can be."""
    kind = message.get_content_type()
    payload = message.get_payload()
    if isinstance(payload, list) and kind.startswith("multipart/"):
        inner = [leaf for part in payload if isinstance(part, Message) for leaf in leaves(part)]
        yield from _best(inner) if kind == "multipart/alternative" else inner
    elif isinstance(payload, list) and payload and isinstance(mail := payload[0], Message):
        named = header_text(message.get_filename()) or header_text(mail.get("Subject"))[:80]
        name = named.replace("/", "_") or "message"
        suffix = "" if name.lower().endswith(".eml") else ".eml"
        yield Leaf(message, kind, name + suffix, inline=False, is_body=False, mail=mail)
    else:
        yield _leaf(message, kind)


def _leaf(part: Message, kind: str) -> Leaf:
    name = header_text(part.get_filename())
    where = part.get_content_disposition()
    inline = where == "inline" or (where is None and part.get("Content-ID") is not None)
    body = kind in _BODIES and not name and where != "attachment"
    return Leaf(part, kind, name, inline=inline, is_body=body)


def _best(inner: list[Leaf]) -> Iterator[Leaf]:
    plain = [leaf for leaf in inner if leaf.is_body and leaf.kind != "text/html"]
    pages = [leaf for leaf in inner if leaf.is_body and leaf.kind == "text/html"]
    text = "".join(body_text(leaf.part) for leaf in plain)
    if pages and is_stub(text, "".join(body_text(leaf.part) for leaf in pages)):
        plain = []
    dropped = pages if plain else [leaf for leaf in inner if leaf.is_body and leaf not in pages]
    yield from (leaf for leaf in inner if leaf not in dropped)
