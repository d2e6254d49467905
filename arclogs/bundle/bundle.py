"""The bundle: whatever the user gave, as one stream of members and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from arclogs.bundle.content import Content, Digest
from arclogs.bundle.expand import members
from arclogs.bundle.limits import Limits
from arclogs.bundle.reading import Reading
from arclogs.bundle.sources import identify, open_source
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from arclogs.bundle.container import Entry
    from arclogs.bundle.member import Member
    from arclogs.bundle.sources import Source
    from arclogs.model.coverage import Note

_DEFAULT = Limits()


class Bundle:
    """Archives, folders, files and streams, read once from front to back.

    Iterate it to get the members and, as they become known, the notes on what was lost. Each
    member's `chunks` are to be read before the next item is asked for; what is not read by then is
    skipped, but still counted and hashed. Nothing that the input holds raises an exception, is
    followed as a link, or is written. Files that only macOS put there (AppleDouble, `.DS_Store`)
    are left out.

    Raises UsageError at once if a source does not exist. `on_bytes` is told how many bytes have
    been taken from disk and how many there are, None if that is unknown. Not `hashed`, it has no digest.
    """

    def __init__(
        self,
        sources: Sequence[Path | BinaryIO],
        limits: Limits = _DEFAULT,
        on_bytes: Callable[[int, int | None], None] | None = None,
        *,
        hashed: bool = True,
    ) -> None:
        self._hashed = hashed
        self._sources = identify(sources, limits)
        self._reading = Reading(limits, on_bytes)
        self._digest = Digest()
        self._items = self._read()
        self.name = ", ".join(source.name for source in self._sources)
        """How to call it: base names, `stdin` for a stream."""
        self.bytes_read = 0
        """Bytes of all members so far, unpacked."""
        self.member_count = 0

    def __iter__(self) -> Iterator[Member | Note]:
        return self._items

    @property
    def sha256(self) -> str:
        """Return the digest of names and contents, complete when the iteration has ended.

        The same files give the same in a tar, a zip and a folder. A single file has its own.
        """
        own = None if self._reading.containers else self._digest.of_single_file()
        return own or self._digest.of_files()

    @property
    def single_file(self) -> bool:
        """Tell whether it was one file in no archive or folder, when the iteration has ended."""
        return not self._reading.containers and self.member_count == 1

    def _read(self) -> Iterator[Member | Note]:
        reading = self._reading
        opened = [open_source(source, reading) for source in self._sources]
        sizes = [size for _, size in opened]
        reading.total = None if None in sizes else sum(size or 0 for size in sizes)
        for source, (entries, _) in zip(self._sources, opened):
            yield from self._read_source(source, entries)
        yield from reading.notes()
        yield from reading.unlisted(self.name)

    def _read_source(self, source: Source, entries: Iterator[Entry]) -> Iterator[Member | Note]:
        reading = self._reading
        before = self.member_count, reading.noted
        for member in members(entries, reading):
            yield from reading.notes()
            yield from self._account(member)
        if before == (self.member_count, reading.noted):
            reading.note(source.name, Code.ARCHIVE_EMPTY, "holds no files")

    def _account(self, member: Member) -> Iterator[Member]:
        """Yield the member, then see to it that all of it is counted and hashed."""
        limit = self._reading.limits.member_bytes
        size = "" if member.size is None else f" of {member.size}"

        def on_cut() -> None:
            detail = f"only the first {limit}{size} bytes are read"
            self._reading.note(member.name, Code.LIMIT_MEMBER_BYTES, detail)

        content = Content(member.chunks, limit, on_cut, hashed=self._hashed)
        self.member_count += 1
        yield replace(member, chunks=content)
        self._digest.add(member.name, content.finish())
        self.bytes_read += content.count
