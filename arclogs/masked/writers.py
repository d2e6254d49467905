"""What a masked copy is written to: tar, zip, folder or file, by the name it is to have."""

from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final, Protocol

from arclogs.bundle.names import numbered
from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

_engine: Callable[..., gzip.GzipFile]
try:
    from isal.igzip import IGzipFile
except ImportError:  # no wheel for this platform
    _engine, _LEVEL = gzip.GzipFile, 6
else:
    _engine, _LEVEL = IGzipFile, 2  # a tenth larger, in a tenth of the time

_LONGEST_PART: Final = 200
_EARLIEST_IN_ZIP: Final = datetime(1980, 1, 1, tzinfo=UTC)
_DRIVE = lazy_compile(r"^[A-Za-z]:")


class Writer(Protocol):
    """Takes one member after the other."""

    def add(self, name: str, modified: datetime | None, data: IO[bytes], size: int) -> None:
        """Write a member; its name is a safe one, its owner nobody."""

    def close(self) -> None:
        """Finish what is written."""


class TarWriter:
    """A tar, compressed where its name ends in gz."""

    def __init__(self, path: Path, *, compressed: bool) -> None:
        self._file = path.open("wb")
        self._gzip = (
            _engine("", "wb", fileobj=self._file, mtime=0, compresslevel=_LEVEL)
            if compressed
            else None
        )
        self._tar = tarfile.open(  # noqa: SIM115 - closed by `close`
            fileobj=self._gzip or self._file, mode="w", format=tarfile.PAX_FORMAT
        )

    def add(self, name: str, modified: datetime | None, data: IO[bytes], size: int) -> None:
        """Write a member."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o644
        info.mtime = int(modified.timestamp()) if modified else 0
        self._tar.addfile(info, data)

    def close(self) -> None:
        """Write the end of the archive."""
        self._tar.close()
        if self._gzip:
            self._gzip.close()
        _settle(self._file)


class ZipWriter:
    """A zip."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, modified: datetime | None, data: IO[bytes], size: int) -> None:
        """Write a member."""
        when = max(modified or _EARLIEST_IN_ZIP, _EARLIEST_IN_ZIP)
        info = zipfile.ZipInfo(name, when.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=size > 1 << 30) as target:
            shutil.copyfileobj(data, target)

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()
        _settle(self._file)


class FolderWriter:
    """A folder that does not exist yet, or is empty."""

    def __init__(self, path: Path) -> None:
        self._root = path

    def add(self, name: str, modified: datetime | None, data: IO[bytes], size: int) -> None:
        """Write a file, readable by its owner only."""
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, modified, data)

    def close(self) -> None:
        """Nothing is left to do."""


class FileWriter:
    """A single file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, name: str, modified: datetime | None, data: IO[bytes], size: int) -> None:
        """Write it."""
        with self._path.open("wb") as target:
            shutil.copyfileobj(data, target)

    def close(self) -> None:
        """Nothing is left to do."""


def _write(target: Path, modified: datetime | None, data: IO[bytes]) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
        shutil.copyfileobj(data, file)
    if modified:
        seconds = int(modified.timestamp())
        os.utime(target, (seconds, seconds))


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def writer_for(target: Path, *, single: bool) -> tuple[Callable[[Path], Writer], bool]:
    """Return what makes the writer, and whether it needs a folder; by the name of the target."""
    name = target.name.lower()
    if name.endswith((".tar.gz", ".tgz")):
        return (lambda path: TarWriter(path, compressed=True)), False
    if name.endswith(".tar"):
        return (lambda path: TarWriter(path, compressed=False)), False
    if name.endswith(".zip"):
        return ZipWriter, False
    if single and not target.is_dir():
        return FileWriter, False
    return FolderWriter, True


class Names:
    """Names that are safe to write under, without secrets, none of them twice."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self._redact = redact
        self._taken: dict[str, int] = {}
        self._folders: set[str] = set()

    def safe(self, name: str) -> str:
        """Return the name that a member gets in the copy: the one it has, in most cases."""
        clean = PLACEHOLDER.sub(lambda m: m[0][1:-1].replace(":", "-"), self._redact(name))
        parts = [_part(part) for part in clean.split("/") if part not in ("", ".")]
        parts = parts or ["unnamed"]
        path = "/".join(parts)
        parents = {str(parent) for parent in PurePosixPath(path).parents} - {"."}
        if path in self._folders or not parents.isdisjoint(self._taken):
            path, parents = "_".join(parts) + "#", set()  # a file where a folder is, or the reverse
        self._folders |= parents
        return numbered(path, self._taken)


def _part(part: str) -> str:
    if part == "..":
        return "__"
    part = _DRIVE.sub(lambda match: f"{match[0][0]}_", part).replace("\\", "_").replace("\0", "_")
    data = part.encode("utf-8", "replace")
    if len(data) > _LONGEST_PART:
        part = data[:_LONGEST_PART].decode("utf-8", "ignore") + "~"
    return part
