r"""Log files of container runtimes, which cut long lines into pieces.

    2026-11-23T02:06:24.214553000Z stdout P first 16 KiB of a message,
    2026-11-23T02:06:24.214554000Z stdout F and its end
    {"log":"\u001b[32m√ Connected\n","stream":"stdout","time":"2026-11-23T02:06:24.2145Z"}

Sources: containerd internal/cri/io/logger.go (tags P and F), moby daemon/logger/jsonfilelog (a piece
without a newline goes on in the next record of its stream).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.line import Line, Pods
from arclogs.ingest.text.lines import replace_surrogates
from arclogs.ingest.text.timestamps import RFC3339, parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from arclogs.ingest.logs.assemble import Notebook

_CRI = lazy_compile(
    rf"(?P<time>{RFC3339}) (?P<stream>stdout|stderr) (?P<tag>[PF])(?::[^ ]*)?(?: |$)"
)
# A whole line without escapes, as nearly all are.
_PLAIN_DOCKER = lazy_compile(
    r'\{"log":"([^"\\\x00-\x1f]*)\\n","stream":"([a-z]+)","time":"([^"\\\x00-\x1f]*)"\}\Z'
)
_JOINED_CHARS = 64 * 1024

_Piece: TypeAlias = "tuple[int, str, datetime | None, list[str], int]"
"""Number, prefix and time of the first piece, the pieces, their length."""


def is_cri(line: str) -> bool:
    """Tell whether a line has the form of a CRI log file."""
    return _CRI.match(line) is not None


def is_docker(line: str) -> bool:
    """Tell whether a line looks like a record of docker's json-file driver."""
    return line.startswith('{"log":"') and '"stream":"' in line[-200:]


def cri_lines(lines: Iterable[tuple[int, str]], pods: Pods, book: Notebook) -> Iterator[Line]:
    """Yield the lines of a CRI log, pieces joined per stream.

    A joined line has the place and time of its first piece. Beyond 64 KiB the pieces are cut, as any
    line is. Pieces without an end are yielded as they are, and noted.
    """
    open_pieces = _Pieces(pods, book)
    for number, raw in lines:
        match = _CRI.match(raw)
        if match is None:
            yield Line(number, raw, strip_ansi(raw), None, pods.base)
            continue
        stream, last, text = match["stream"], match["tag"] == "F", raw[match.end() :]
        if last and stream not in open_pieces.of:
            yield Line(number, raw, strip_ansi(text), parse_timestamp(match["time"]), pods.base)
            continue
        open_pieces.add(stream, number, match[0], parse_timestamp(match["time"]), text)
        if last:
            yield open_pieces.join(stream)
    if open_pieces.of:
        book.once(Code.CRI_PARTIAL_UNTERMINATED, "a split line has no last piece, shown as it is")
    yield from open_pieces.rest()


def docker_lines(lines: Iterable[tuple[int, str]], pods: Pods, book: Notebook) -> Iterator[Line]:
    """Yield the lines of a json-file log, pieces joined per stream; what is no JSON passes as is."""
    open_pieces = _Pieces(pods, book)
    for number, raw in lines:
        record = _docker_record(raw)
        if record is None:
            if raw.strip():
                detail = f"line {number} is no whole json-file record, read as plain text"
                book.once(Code.JSON_SYNTAX, detail)
            yield Line(number, raw, strip_ansi(raw), None, pods.base)
            continue
        text, stream, time = record
        whole = text.removesuffix("\n").removesuffix("\r")
        if text.endswith("\n") and stream not in open_pieces.of:
            yield Line(number, raw, strip_ansi(whole), time, pods.base)
            continue
        open_pieces.add(stream, number, "", time, whole)
        if text.endswith("\n"):
            yield open_pieces.join(stream)
    yield from open_pieces.rest()


def _docker_record(raw: str) -> tuple[str, str, datetime | None] | None:
    plain = _PLAIN_DOCKER.match(raw)
    if plain is not None:
        text, stream, time = plain.groups()
        return f"{text}\n", stream, parse_timestamp(time)
    if not raw.startswith("{"):
        return None
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("log"), str):
        return None
    stamp = parse_timestamp(str(record.get("time", "")))
    return replace_surrogates(record["log"]), str(record.get("stream")), stamp


class _Pieces:
    """Split lines that wait for their last piece, one per stream."""

    def __init__(self, pods: Pods, book: Notebook) -> None:
        self.pods = pods
        self.book = book
        self.of: dict[str, _Piece] = {}

    def add(self, stream: str, number: int, prefix: str, time: datetime | None, text: str) -> None:
        first, prefix, time, texts, size = self.of.get(stream, (number, prefix, time, [], 0))
        room = max(0, _JOINED_CHARS - size)
        if len(text) > room:
            self.book.once(Code.LIMIT_LINE_BYTES, f"line {first}, joined from pieces, was cut")
        if room:
            texts.append(text[:room])
        self.of[stream] = (first, prefix, time, texts, size + len(text))

    def join(self, stream: str) -> Line:
        number, prefix, time, texts, _ = self.of.pop(stream)
        text = "".join(texts)
        return Line(number, prefix + text, strip_ansi(text), time, self.pods.base)

    def rest(self) -> Iterator[Line]:
        for stream in sorted(self.of, key=lambda name: self.of[name][0]):
            yield self.join(stream)
