"""A member read: bytes to lines, lines to blocks, each block by the parser that knows its format."""

from __future__ import annotations

import re
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.ingest.blocks import divides, lines_with_marks, may_have_blocks, split_blocks
from arclogs.ingest.interface import Block, Elided, Head, Item, Unparsed
from arclogs.ingest.pasted import is_ticket
from arclogs.ingest.registry import choose, named
from arclogs.ingest.text.lines import (
    LINE_LIMIT,
    LineReader,
    decode_lines,
    decode_texts,
    looks_binary,
)
from arclogs.ingest.text.origin import origin_of
from arclogs.ingest.text.places import put_back
from arclogs.ingest.text.texts import Texts
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code, MemberCoverage, Note
from arclogs.model.event import Event
from arclogs.model.observation import Observation
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.bundle.member import Member
    from arclogs.ingest.interface import Parser, Quick, Sifted

WHOLE_BYTES = 16 * 1024 * 1024
"""A member up to this size is held and may be cut into blocks; a larger one is one stream."""

_SHORT = 16 * 1024
"""A text of this size may be a mail, and is looked at as one."""
_HEAD_BYTES = 8192
_SOME_BYTES = 1024 * 1024
_HEAD_LINES = 200
_HEAD_CHARS = 4096
_LONG_LINE = 16 * 1024 * 1024  # a JSON dump can be one line, an annotation 256 KiB
_HTML = lazy_compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html[\s>])", re.I
)
_OBJECTS = lazy_compile(
    rb"^[\s-]{0,16}\"?(?:apiVersion|kind|items)\"?\s?:|\"(?:apiVersion|kind|items)\":[\s\"\[]", re.M
)
# oc adm inspect writes its events a second time, as a page to look at.
_COPY = lazy_compile(r"(?:^|/)event-filter\.html$")
_DUMP = lazy_compile(
    rb"(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n)?[\s{]*\"?(?:apiVersion|kind|items)\"?\s?:"
)
_JSON = lazy_compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]\s*(?:\"|[{\[])")
_OF_DUMPS = "manifest"
_DEPTH = 3
"""Texts inside of texts: a log, in an export, in a ticket."""


class _Count(Struct):
    """What was read of a member so far."""

    records: int = 0
    unparsed: int = 0
    cut_lines: int = 0
    parsers: dict[str, None] = field(default_factory=dict)


def shows_objects(head: bytes) -> bool:
    """Tell whether objects of Kubernetes stand in the first bytes of a member."""
    return _OBJECTS.search(head[:_HEAD_BYTES]) is not None


def read_member(member: Member, quick: Quick | None = None) -> Iterator[Item | MemberCoverage]:
    """Yield everything that a member holds, and last how it was covered.

    Bytes of any kind are normal input: what cannot be read becomes a note or an `Unparsed`. With
    `quick`, dull records of large logs are counted instead of made, where it knows the format.
    """
    held, whole = _hold(member)
    head = _first_bytes(held)
    if not head:
        yield MemberCoverage(member.name, "empty", 0, 0)
        return
    reason = _unreadable(member.name, head)
    if reason is not None:
        code, detail = reason
        if code is not None:
            yield Note(member.name, code, detail)
        yield MemberCoverage(member.name, "none", 0, 0, skipped=detail)
        return
    objects = shows_objects(head)  # which have the marks of blocks at once
    marked = may_have_blocks if quick is None or objects else quick.may_have_blocks
    ticket = is_ticket(member.name)
    short = whole and sum(map(len, held)) < _SHORT
    cut = whole and (ticket or short or any(map(marked, _overlapping(held))))
    limit = _LONG_LINE if objects or _JSON.match(head) else LINE_LIMIT
    large = quick is not None and not (whole and sum(map(len, held)) < quick.least_bytes)
    divisible = large and not (ticket or short)
    undivided = divisible and not (cut and (objects or not _one_block(held)))
    first = _first_lines(held, limit) if undivided else None
    chunks = chain(_drain(held), member.chunks)
    notes: list[Note] = []
    count = _Count()
    origin = origin_of(member.name)
    reader = LineReader(limit)
    parser, sifted = None, None
    if quick is not None and first is not None:
        parser = _parser_of_a_dump(head, first)
        if parser is None:
            parser = named(quick.parser_of(first.lines)) or choose(first)
            sifted = quick.sift(parser.name, first.lines, chunks, reader)
    if sifted is not None and parser is not None and first is not None:
        empty = Block(member.name, 1, (), None, origin, head=first.lines)
        yield from _parse_sifted(sifted, parser, empty, count)
        notes.extend(Note(member.name, code, detail) for code, detail in reader.findings())
    else:
        dump = limit == _LONG_LINE
        decoded = (decode_texts if dump else decode_lines)(
            chunks, member.name, notes, line_limit=limit
        )
        lines = Texts(decoded) if dump else decoded
        blocks: Iterable[Block] = (Block(member.name, 1, lines, None, origin),)
        cut = cut and not undivided
        for block in split_blocks(list(lines), member.name, origin) if cut else blocks:
            yield from _parse(block, count)
    yield from notes
    if count.cut_lines:
        detail = f"{count.cut_lines} line(s) cut at {LINE_LIMIT} characters, the rest not read"
        yield Note(member.name, Code.LIMIT_LINE_BYTES, detail)
    name = "+".join(count.parsers) or "empty"
    yield MemberCoverage(member.name, name, count.records, count.unparsed)


def _hold(member: Member) -> tuple[deque[bytes], bool]:
    """Return the first chunks of a member and whether they are all of it.

    Of one that is said to be larger than is held, only as many as it takes to see what it is.
    """
    most = _SOME_BYTES if (member.size or 0) > WHOLE_BYTES else WHOLE_BYTES
    held: deque[bytes] = deque()
    size = 0
    for chunk in member.chunks:
        if chunk:
            held.append(chunk)
            size += len(chunk)
            if size > most:
                return held, False
    return held, True


def _first_bytes(held: Iterable[bytes]) -> bytes:
    head = b""
    for chunk in held:
        head += chunk[:_HEAD_BYTES]
        if len(head) >= _HEAD_BYTES:
            break
    return head[:_HEAD_BYTES]


def _drain(held: deque[bytes]) -> Iterator[bytes]:
    while held:
        yield held.popleft()


def _overlapping(held: Iterable[bytes]) -> Iterator[bytes]:
    """Yield chunks, each with the end of the one before, so that no word is cut in two."""
    end = b""
    for chunk in held:
        yield end + chunk
        end = (end + chunk[-16:])[-16:]


def _unreadable(name: str, head: bytes) -> tuple[Code | None, str] | None:
    """Return why a member is not read; without a code where that loses nothing."""
    if _HTML.match(head):
        if _COPY.search(name):
            return None, "a page that shows events.yaml"
        return Code.ARCHIVE_UNSUPPORTED, "an HTML page was not read, perhaps a login page was saved"
    if looks_binary(head):
        return Code.TEXT_BINARY_SKIPPED, "binary data was not read"
    return None


def _first_lines(held: Iterable[bytes], limit: int) -> Head | None:
    """Return the first lines of a member that has many, cut nowhere, for its parser to be chosen."""
    some = b""
    for chunk in held:
        some += chunk
        if len(some) >= _SOME_BYTES:
            break
    ends = [match.end() for match in islice(re.finditer(rb"\n", some[:_SOME_BYTES]), _HEAD_LINES)]
    if len(ends) < _HEAD_LINES:
        return None
    top = tuple(decode_lines([some[: ends[-1]]], "", [], line_limit=limit))
    plain = len(top) == _HEAD_LINES and max(map(len, top)) <= _HEAD_CHARS
    return Head("", top) if plain and any(line and not line.isspace() for line in top) else None


def _parser_of_a_dump(head: bytes, first: Head) -> Parser | None:
    """Return the parser of an object dump: none of its lines are dull, and to scan takes imports."""
    parser = choose(first) if _DUMP.match(head) else None
    return parser if parser is not None and parser.name == _OF_DUMPS else None


def _one_block(held: Iterable[bytes]) -> bool:
    """Tell of a member with marks of blocks whether it is one block all the same."""
    whole = b"".join(held)
    if b"\0" in whole:
        return False
    lines = (line.decode("utf-8", "replace").rstrip("\r") for line in lines_with_marks(whole))
    return not any(map(divides, lines))


def _parse_sifted(sifted: Sifted, parser: Parser, empty: Block, count: _Count) -> Iterator[Item]:
    """Yield what a parser makes of the lines it is given, and what is counted between them."""
    count.parsers[parser.name] = None
    lines = _cut_numbered(sifted.numbered(), count)
    for item in parser.parse(replace(empty, numbered=lines, clock=sifted.clock)):
        if not isinstance(item, Record):
            yield item
            continue
        for taken in sifted.take(item):
            yield from _counted(taken, count)
    for skipped in sifted.rest():
        yield from _counted(skipped, count)
    yield from (Note(empty.member, Code.TIME_UNORDERED, detail) for detail in sifted.stepped)


def _parse(block: Block, count: _Count, depth: int = 0) -> Iterator[Item]:
    top, lines = _top(block.lines)
    if not any(line and not line.isspace() for line in top):
        return
    head = Head(block.member, tuple(line[:_HEAD_CHARS] for line in top), block.command)
    parser = choose(head)
    count.parsers[parser.name] = None
    whole = replace(block, lines=lines, places=None)
    if not getattr(parser, "long_lines", False):
        whole = replace(whole, lines=_cut(whole.lines, count))
    for item in parser.parse(whole):
        found = _parse(item, count, depth + 1) if isinstance(item, Block) else _counted(item, count)
        if isinstance(item, Block) and depth >= _DEPTH:
            continue
        for inner in found:
            yield inner if block.places is None else put_back(inner, block.places)


def _top(lines: Iterable[str]) -> tuple[list[str], Iterable[str]]:
    """Return the first lines, one of which holds something if any does, and all lines."""
    if isinstance(lines, Texts):
        top = lines.top(_HEAD_LINES)
        if any(line and not line.isspace() for line in top):
            return top, lines
    rest = iter(lines)
    top = list(islice(rest, _HEAD_LINES))
    if not any(line and not line.isspace() for line in top):
        top += islice((line for line in rest if line and not line.isspace()), 1)
    return top, chain(top, rest)


def _counted(item: Item, count: _Count) -> tuple[Item]:
    if isinstance(item, Record | Event | Observation):
        count.records += 1
    elif isinstance(item, Unparsed):
        count.unparsed += 1
    elif isinstance(item, Elided):
        count.records += item.count
    return (item,)


def _cut(lines: Iterable[str], count: _Count) -> Iterator[str]:
    """Yield the lines as a log parser takes them: it never sees more than rules do."""
    return (line for _, line in _cut_numbered(enumerate(lines), count))


def _cut_numbered(lines: Iterable[tuple[int, str]], count: _Count) -> Iterator[tuple[int, str]]:
    for number, line in lines:
        if len(line) > LINE_LIMIT:
            count.cut_lines += 1
            yield number, line[:LINE_LIMIT]
        else:
            yield number, line
