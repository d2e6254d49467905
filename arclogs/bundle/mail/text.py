"""The text of a mail as its reader sees it: decoded, unflowed, HTML as plain text."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Final

from arclogs.bundle.mail.page_text import plain
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from email.message import Message

_LONGEST_NAME: Final = 4096
_FOLD = lazy_compile(r"[ \t]*[\r\n]+[ \t]*")
_QUOTE = lazy_compile(r"(>*) ?")
_SIGNATURE: Final = "-- "
_STUB: Final = 200
"""Characters: `This mail is to be read as HTML.`"""


def header_text(value: object) -> str:
    """Return a header's text with its encoded words decoded (RFC 2047), on one line."""
    if value is None:
        return ""
    raw = str(value)[:_LONGEST_NAME]
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError, HeaderParseError):
        text = raw
    return _FOLD.sub(" ", text).strip()


def body_text(part: Message) -> str:
    """Return the text of a part, lines ended by a line feed."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    if not isinstance(data, bytes):
        data = str(part.get_payload()).encode("utf-8", "replace")
    text = _decoded(data, str(part.get_content_charset() or "utf-8"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/html":
        return plain(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unflowed(text, delete=str(part.get_param("delsp") or "").lower() == "yes")
    return text.strip("\n")


def is_stub(text: str, page: str) -> bool:
    """Tell of a text beside a page that it only says to look at the page."""
    return len(text.strip()) < _STUB and len(text.strip()) * 4 < len(page.strip())


def unflowed(text: str, *, delete: bool) -> str:
    """Join the lines that end in a space to the next (RFC 3676, format=flowed)."""
    out: list[str] = []
    going = ""  # the quotation marks of the line that goes on
    flows = False
    for line in text.split("\n"):
        mark = _QUOTE.match(line)
        assert mark is not None
        rest = line[mark.end() :] if mark[1] else line.removeprefix(" ")
        if flows and mark[1] == going and rest != _SIGNATURE:
            out[-1] += rest
        else:
            out.append(f"{mark[1]} {rest}" if mark[1] else rest)
        flows, going = rest.endswith(" ") and rest != _SIGNATURE, mark[1]
        if flows and delete:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _decoded(data: bytes, charset: str) -> str:
    for codec in (charset, "utf-8"):
        try:
            return data.decode(codec)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("latin-1")
