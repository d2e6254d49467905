"""What the user named on the command line: files, folders, streams."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from arclogs.bundle import files, folder
from arclogs.bundle.container import Container, Entry, modified_at
from arclogs.bundle.names import clean, numbered
from arclogs.bundle.stream import Stream
from arclogs.errors import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from arclogs.bundle.limits import Limits
    from arclogs.bundle.reading import Reading


class Source(Struct, frozen=True):
    """One of the inputs, under a name that none of the others has."""

    name: str
    origin: Path | BinaryIO
    status: os.stat_result | None
    """None for a stream that is open already."""
    prefix: str
    """What the names of its members begin with: nothing if it is the only source."""

    @property
    def is_file(self) -> bool:
        """Tell a regular file, whose size is known."""
        return self.status is not None and stat.S_ISREG(self.status.st_mode)


def identify(origins: Sequence[Path | BinaryIO], limits: Limits) -> tuple[Source, ...]:
    """Name the sources; raises UsageError for what does not exist or is a device."""
    if not origins:
        raise UsageError("no input given")
    taken: dict[str, int] = {}
    sources = []
    for given in origins:
        origin = sys.stdin.buffer if isinstance(given, Path) and str(given) == "-" else given
        status = _status(origin) if isinstance(origin, Path) else None
        name = numbered(clean(_basename(origin), limits).text, taken)
        sources.append(Source(name, origin, status, f"{name}/" if len(origins) > 1 else ""))
    return tuple(sources)


def open_source(source: Source, reading: Reading) -> tuple[Iterator[Entry], int | None]:
    """Return the entries of a source and its size on disk, as far as that can be known.

    A folder is listed at once, files are opened one at a time.
    """
    if not (source.status and isinstance(source.origin, Path)):
        return _stream(source, reading), None
    if stat.S_ISDIR(source.status.st_mode):
        box = Container(source.name, source.prefix, 1, reading)
        found = folder.scan(source.origin, box)
        return folder.entries(found, box), sum(file.size for file in found)
    size = source.status.st_size if source.is_file else None
    return _file(source, source.origin, reading), size


def _file(source: Source, path: Path, reading: Reading) -> Iterator[Entry]:
    try:
        with path.open("rb", buffering=0) as file:
            yield _alone(source, file, reading)
    except OSError as error:
        reading.note(source.name, files.code(error), f"not opened: {files.reason(error)}")


def _stream(source: Source, reading: Reading) -> Iterator[Entry]:
    assert not isinstance(source.origin, Path)
    yield _alone(source, source.origin, reading)


def _alone(source: Source, file: BinaryIO, reading: Reading) -> Entry:
    regular = source.status is not None and stat.S_ISREG(source.status.st_mode)
    pieces = files.pieces(file, source.name, reading, watch=regular)
    return Entry(
        source.name,
        Stream(pieces, source.name, reading),
        source.prefix,
        source.status.st_size if source.status and regular else None,
        modified_at(source.status.st_mtime) if source.status and regular else None,
        file=file if _from_start(file) else None,
        alone=True,
    )


def _from_start(file: BinaryIO) -> bool:
    """Tell whether a file can be read at any place and nothing of it has been read yet."""
    try:
        return file.seekable() and file.tell() == 0
    except OSError:
        return False


def _status(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except OSError as error:
        raise UsageError(f"{path}: {files.reason(error)}") from None
    if not any(kind(status.st_mode) for kind in (stat.S_ISREG, stat.S_ISDIR, stat.S_ISFIFO)):
        raise UsageError(f"{path}: a device or socket, not a file or folder")
    return status


def _basename(origin: Path | BinaryIO) -> str:
    if isinstance(origin, Path):
        return (
            origin.name if origin.name not in ("", "..") else origin.resolve().name or str(origin)
        )
    name = getattr(origin, "name", None)
    return "stdin" if not isinstance(name, str) or name == "<stdin>" else Path(name).name
