"""What a run of bytes is, told by the bytes and never by its name."""

from __future__ import annotations

import re
from enum import Enum

from arclogs.bundle.archives.tar_header import looks_like_tar
from arclogs.lazy_regex import lazy_compile

HEAD = 1024
"""Bytes that `sniff` wants to see."""
LONG_HEAD = 64 * 1024
"""Bytes that `page_title`, `all_zeros` and `looks_binary` want to see."""


class Kind(Enum):
    """Formats that are opened, and everything else."""

    GZIP = "gzip"
    ZSTD = "zstd"
    BZIP2 = "bzip2"
    XZ = "xz"
    TAR = "tar"
    ZIP = "zip"
    MAIL = "mail"
    MAILBOX = "mailbox"
    OUTLOOK = "outlook"
    PLAIN = "plain"


COMPRESSED = frozenset({Kind.GZIP, Kind.ZSTD, Kind.BZIP2, Kind.XZ})

# Longer than the two or three bytes that `file` looks at: a log may begin with anything.
_SIGNATURES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (lazy_compile(rb"\x1f\x8b\x08[\x00-\x1f]"), Kind.GZIP),
    (lazy_compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), Kind.ZSTD),
    (lazy_compile(rb"BZh[1-9](?:\x31\x41\x59\x26\x53\x59|\x17\x72\x45\x38\x50\x90)"), Kind.BZIP2),
    (lazy_compile(rb"\xfd7zXZ\x00"), Kind.XZ),
    (lazy_compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08PK)"), Kind.ZIP),
    (lazy_compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Kind.OUTLOOK),
)
_FOREIGN: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (lazy_compile(rb"7z\xbc\xaf\x27\x1c"), "7-Zip"),
    (lazy_compile(rb"Rar!\x1a\x07"), "RAR"),
    (lazy_compile(rb"\x04\x22\x4d\x18"), "LZ4"),
    (lazy_compile(rb"LZIP\x01"), "lzip"),
    (lazy_compile(rb"\x1f\x9d[\x80-\x9f]"), "compress (.Z)"),
    (lazy_compile(rb"MSCF\x00\x00\x00\x00"), "cabinet"),
    (lazy_compile(rb"\x78\x9f\x3e\x22"), "winmail.dat (TNEF)"),
    (lazy_compile(rb"!<arch>\n"), "ar"),
    # Six digits alone are also how old MySQL begins a line; the header that follows is not.
    (lazy_compile(rb"07070[12][0-9A-Fa-f]{104}"), "cpio"),
)
_DOCUMENTS = {b"%PDF-": "a PDF", b"{\\rtf1": "an RTF"}
_FROM_LINE = lazy_compile(rb"From [^\n]{1,512}\n")
_HEADER = lazy_compile(rb"[A-Za-z][A-Za-z0-9-]{1,70}:(?:[ \t]|$)")
_SERVER = lazy_compile(
    rb"(?:received|return-path|message-id|mime-version|dkim-signature|delivered-to"
    rb"|authentication-results|x-mozilla-status):",
    re.IGNORECASE,
)
_PAGE = lazy_compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", re.IGNORECASE)
_NUL_RUN = lazy_compile(rb"\x00{512,}")
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\a\b\t\n\v\f\r\x1b"))) + b"\x7f"
_BINARY_SHARE = 0.05  # compressed or encrypted bytes hold 0.1, logs of any encoding next to none


def sniff(head: bytes) -> Kind:
    """Tell the format from the first `HEAD` bytes."""
    for signature, kind in _SIGNATURES:
        if signature.match(head):
            return kind
    if looks_like_tar(head):
        return Kind.TAR
    box = _FROM_LINE.match(head)
    if _is_mail(head[box.end() :] if box else head):
        return Kind.MAILBOX if box else Kind.MAIL
    return Kind.PLAIN


def _is_mail(head: bytes) -> bool:
    """Tell a mail as a server or program saved it, not one whose head somebody pasted."""
    headers, end, _ = head.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = headers.split(b"\n")
    whole = lines if end else lines[:-1]
    return (
        len(whole) > 1
        and _HEADER.match(whole[0]) is not None
        and all(line[:1] in (b" ", b"\t") or _HEADER.match(line) for line in whole)
        and any(_SERVER.match(line) for line in whole)
    )


def foreign_archive(head: bytes) -> str | None:
    """Name the archive format that these bytes begin and that is not opened."""
    return next((name for signature, name in _FOREIGN if signature.match(head)), None)


def foreign_document(head: bytes) -> str | None:
    """Name the format of a document that these bytes begin and whose text is not read."""
    return next((name for begin, name in _DOCUMENTS.items() if head.startswith(begin)), None)


def container_metadata(name: str, head: bytes) -> bool:
    """Tell whether a file is only what macOS keeps beside files: AppleDouble or a `.DS_Store`.

    Both the name and the bytes must say so: a log that happens to be called `._x` is a log.
    """
    base = name.rpartition("/")[2]
    return (base.startswith("._") and head.startswith(b"\x00\x05\x16\x07")) or (
        base == ".DS_Store" and head.startswith(b"\x00\x00\x00\x01Bud1")
    )


def is_page(head: bytes) -> bool:
    """Tell whether this is HTML: what a browser saves when the login has run out."""
    return _PAGE.match(head) is not None


def looks_binary(head: bytes) -> bool:
    """Tell whether no encoding makes these bytes a log.

    Blocks of NUL do not count: copytruncate and crashes leave them in logs.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf16(head):
        return False
    rest = _NUL_RUN.sub(b"", head)
    controls = len(rest) - len(rest.translate(None, _CONTROLS))
    return controls > _BINARY_SHARE * len(rest)


def _is_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    return max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half
