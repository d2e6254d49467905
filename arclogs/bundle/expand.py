"""From a file to the members in it: an archive is opened, anything else is a member itself."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from arclogs.bundle import magic
from arclogs.bundle.archives import office, tar
from arclogs.bundle.archives.zip import entries as zip_entries
from arclogs.bundle.compression.compressed import decompress, without_suffix
from arclogs.bundle.container import Container
from arclogs.bundle.magic import COMPRESSED, HEAD, LONG_HEAD, Kind
from arclogs.bundle.member import Member
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.bundle.container import Entry
    from arclogs.bundle.reading import Reading
    from arclogs.bundle.stream import Stream


def members(entries: Iterable[Entry], reading: Reading) -> Iterator[Member]:
    """Yield the members of entries, each to be read before the next is asked for."""
    for entry in entries:
        if reading.stopped:
            return
        yield from _members(entry, reading)


def _members(entry: Entry, reading: Reading) -> Iterator[Member]:
    kind = magic.sniff(entry.stream.peek(HEAD))
    if kind is Kind.PLAIN:
        yield from _member(entry, reading)
    elif entry.depth > reading.limits.nesting:
        detail = f"inside {entry.depth} other archives; not opened, unpack it to see what it holds"
        reading.note(entry.name, Code.LIMIT_DEPTH, detail)
    elif kind in COMPRESSED:
        yield from _members_of_compressed(kind, entry, reading)
    else:
        box = Container(entry.name, entry.inner_prefix, entry.depth + 1, reading)
        yield from members(_inside(kind, entry, box), reading)


def _inside(kind: Kind, entry: Entry, box: Container) -> Iterator[Entry]:
    if kind is Kind.TAR:
        return tar.entries(entry.stream, box)
    if kind in (Kind.ZIP, Kind.OUTLOOK):  # their directory stands anywhere
        file = entry.file or _spool(entry.stream, box.reading.limits.spool_bytes)
        if kind is Kind.ZIP:
            return office.readable(zip_entries(file, box), box)
        from arclogs.bundle.mail import outlook

        return outlook.entries(file, box)
    from arclogs.bundle.mail import mbox, message  # 25 ms, and few bundles are mails

    if kind is Kind.MAILBOX:
        return mbox.entries(entry.stream, box)
    return message.entries(entry.stream, box)


def _members_of_compressed(kind: Kind, entry: Entry, reading: Reading) -> Iterator[Member]:
    inner = decompress(kind, entry.stream)
    unpacked = replace(entry, stream=inner, size=None, file=None)
    match magic.sniff(inner.peek(HEAD)):
        case Kind.TAR:  # one archive, as everybody means it
            yield from _members(unpacked, reading)
        case Kind.PLAIN:
            if inner.peek(1) or not inner.broken:
                yield from _members(
                    replace(unpacked, name=without_suffix(kind, entry.name)), reading
                )
        case _:
            yield from _members(replace(unpacked, depth=entry.depth + 1), reading)


def _member(entry: Entry, reading: Reading) -> Iterator[Member]:
    head = entry.stream.peek(HEAD)
    if what := magic.foreign_archive(head):
        detail = f"a {what} file, which is not opened; pack it as .tar.gz or .zip"
        reading.note(entry.name, Code.ARCHIVE_UNSUPPORTED, detail)
    elif what := magic.foreign_document(head):
        detail = f"{what} document, which is not read; save its text, or the log that it shows"
        reading.note(entry.name, Code.ARCHIVE_UNSUPPORTED, detail)
    elif entry.alone and (problem := _no_log(entry.stream)):
        reading.note(entry.name, *problem)
    elif not magic.container_metadata(entry.name, head):
        name = reading.unique(entry.name)
        yield Member(name, entry.size, entry.modified, iter(entry.stream))


def _no_log(stream: Stream) -> tuple[Code, str] | None:
    """Say why a file that was given alone cannot be a log."""
    head = stream.peek(LONG_HEAD)
    if not head:
        return Code.ARCHIVE_EMPTY, "the file is empty"
    if len(head) < LONG_HEAD and not head.strip(b"\x00"):
        return Code.ARCHIVE_EMPTY, "nothing but zeros: an archive without members"
    if magic.is_page(head):
        detail = "looks like an HTML page, perhaps of a login that had run out; download it again"
        return Code.ARCHIVE_UNSUPPORTED, detail
    if magic.looks_binary(head):
        return Code.TEXT_BINARY_SKIPPED, "neither text nor an archive that can be opened"
    return None


def _spool(stream: Stream, limit: int) -> BytesIO:
    """Keep in memory what arrives in a stream and is not read from front to back."""
    file = BytesIO()
    try:
        for piece in stream.take(limit):
            file.write(piece)
    except MemoryError:
        detail = "not enough memory for a file inside a stream; only its head is read"
        stream.reading.note(stream.name, Code.LIMIT_MEMORY, detail)
    if stream.peek(1):
        detail = f"more than {limit} bytes of a zip or message in a stream; only its head is read"
        stream.reading.note(stream.name, Code.LIMIT_TMP, detail)
    return file
