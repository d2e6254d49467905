"""The readers of one bundle, and the bundle read with them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arclogs.readers.claims import Claims
from arclogs.readers.frames import Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import BinaryIO

    from arclogs.bundle import Limits
    from arclogs.bundle.member import Member
    from arclogs.cache import Cache
    from arclogs.ingest.interface import Item
    from arclogs.model.coverage import MemberCoverage
    from arclogs.readers.link import Link
    from arclogs.scan.on_demand import EngineName

MOST_READERS: Final = 3
FIRST_BYTES: Final = 128 * 1024 * 1024
"""A bundle up to this size is read in as little time without readers: they take 0.3 s to start."""
PACKED_BYTES: Final = 24 * 1024 * 1024
"""A file of this size holds more than that, if it is compressed."""


def readers_for(jobs: int | None) -> int:
    """Return how many readers there shall be with so many processes; None: as the machine allows."""
    if not sys.executable or getattr(sys, "frozen", False):
        return 0
    if jobs is not None:
        return jobs - 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(MOST_READERS, (cores or 1) - 1)


def errand_for(
    sources: Sequence[Path | BinaryIO],
    limits: Limits,
    rule_dirs: Sequence[Path],
    cache: Cache,
    engine: EngineName | None,
) -> Errand | None:
    """Return what readers are told, or None for sources that cannot be read twice."""
    paths = [source for source in sources if isinstance(source, Path) and str(source) != "-"]
    if len(paths) < len(sources) or not all(map(Path.exists, paths)):
        return None
    kept = None if cache.folder is None else str(cache.folder)
    return Errand(tuple(map(str, paths)), limits, tuple(map(str, rule_dirs)), kept, engine)


class Crew:
    """Reads members as `own` does, with readers from the moment a bundle proves to be large."""

    def __init__(
        self,
        own: Callable[[Member], Iterable[Item | MemberCoverage]],
        count: int,
        errand: Errand,
        first_bytes: int | None = None,
    ) -> None:
        self.claims = Claims()
        self._own = own
        self._count = count
        self._errand = errand
        self._first_bytes = _first_bytes(errand) if first_bytes is None else first_bytes
        self._links: list[Link] = []
        self._index = -1
        self._offset = 0

    def close(self) -> None:
        """End every process."""
        for link in self._links:
            link.end()

    def read(self, member: Member) -> Iterable[Item | MemberCoverage]:
        """Return what a member holds; to be called with all of a bundle's, in their order."""
        self._index += 1
        reader = self.claims.reach(self._index, self._offset)
        if self._count and not self._links and self._offset >= self._first_bytes:
            self._start()
        self._offset += member.size or 0
        return self._own(member) if reader is None else self._taken(member, reader)

    def _taken(self, member: Member, reader: int) -> Iterable[Item | MemberCoverage]:
        from arclogs.readers.link import Lost

        try:
            return self._links[reader].items(member.name)
        except Lost:
            return self._own(member)

    def _start(self) -> None:
        from arclogs.readers.link import Link

        try:
            for number in range(self._count):
                self._links.append(Link(number, self._errand, self.claims))
        except OSError:
            self._count = len(self._links)


def _first_bytes(errand: Errand) -> int:
    """Return how much of a bundle is read before readers start: nothing of one that is large anyhow."""
    try:
        sizes = [Path(source).stat().st_size for source in errand.sources]
    except OSError:
        return FIRST_BYTES
    return 0 if max(sizes) >= PACKED_BYTES else FIRST_BYTES
