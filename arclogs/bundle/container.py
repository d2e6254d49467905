"""An archive or folder while it is read: names of its entries, its links, its notes."""

from __future__ import annotations

import posixpath
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle.names import clean
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from typing import BinaryIO

    from arclogs.bundle.reading import Reading
    from arclogs.bundle.stream import Stream


class Entry(Struct, frozen=True):
    """A file found in a container, not yet looked into."""

    name: str
    stream: Stream
    inner_prefix: str
    """What the names of its members begin with if it is an archive."""
    size: int | None = None
    modified: datetime | None = None
    depth: int = 0
    file: BinaryIO | None = None
    """The same bytes with random access, where the file lies on disk."""
    alone: bool = False
    """Given by the user as such: what it is not must be said, no one else will."""


def modified_at(seconds: float) -> datetime | None:
    """Return a modification time; 0 is what reproducible archives hold instead of one."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


class Container:
    """Names and notes of one archive or folder.

    `label` names the container itself in notes, `prefix` begins the names of its entries. `depth`
    is that of the entries: how many archives they lie in.
    """

    def __init__(self, label: str, prefix: str, depth: int, reading: Reading) -> None:
        self.label = label
        self.prefix = prefix
        self.depth = depth
        self.reading = reading
        self._files: set[str] = set()
        self._links: list[tuple[str, str]] = []
        reading.containers += 1

    def note(self, code: Code, detail: str) -> None:
        self.reading.note(self.label, code, detail)

    def note_on(self, raw: str, code: Code, detail: str) -> None:
        """Note something about the entry that is stored under the name `raw`."""
        self._note(self.shown(raw), code, detail)

    def shown(self, raw: str) -> str:
        return clean(raw, self.reading.limits).text

    def file(self, raw: str) -> str:
        """Return the name to show for a file, and note what is odd about the stored one."""
        name = self._named(raw)
        self._files.add(name)
        return self.prefix + name

    def symlink(self, raw: str, target: str) -> None:
        """Leave a symbolic link alone; `finish` tells whether evidence is behind it."""
        target = self.reading.keep(target[: self.reading.limits.path_bytes])
        self._links.append((self._named(raw), target))

    def hardlink(self, raw: str, target: str) -> None:
        """Leave a hard link alone: a link to an earlier member hides nothing."""
        name, shown = self._named(raw), self.shown(target)
        if shown in self._files:
            self._note(name, Code.MEMBER_DUPLICATE, f"a hard link to {shown}, which is read")
        else:
            detail = f"a hard link to {shown}, which is no member before it"
            self._note(name, Code.MEMBER_LINK_SKIPPED, detail)

    def special(self, raw: str, what: str) -> None:
        """Leave alone what is neither file, link nor directory."""
        self._note(self._named(raw), Code.MEMBER_SPECIAL_SKIPPED, what)

    def finish(self) -> None:
        """Note the symbolic links: those that lead to a member hide nothing."""
        known = set(self._files)
        for name in self._files if self._links else ():
            while (name := posixpath.dirname(name)) and name not in known:
                known.add(name)
        for name, target in self._links:
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            shown = self.shown(target)
            if inside in known:
                self._note(name, Code.MEMBER_DUPLICATE, f"a link to {shown}, which is read")
            else:
                detail = f"a link to {shown}, not followed; collect the file itself"
                self._note(name, Code.MEMBER_LINK_SKIPPED, detail)

    def _note(self, name: str, code: Code, detail: str) -> None:
        self.reading.note(self.prefix + name, code, detail)

    def _named(self, raw: str) -> str:
        name = clean(raw, self.reading.limits)
        for code, detail in name.problems:
            self.reading.note(self.prefix + name.text, code, detail)
        return self.reading.keep(name.text)
