"""Things that are costly to make, kept between runs: a folder of small files, each of which may be lost.

A file is named after everything that its content follows from and carries its own checksum. Whatever is
missing, damaged, cut, written by another user or writable by others is as if it were not there; nothing
that goes wrong here is ever an error. Files are written beside and renamed, so that runs at the
same time see all of one or nothing.

Content is JSON, or a database that hyperscan made and checks: never pickle.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from msgspec import Struct

import arclogs
from arclogs.user_folders import user_cache_folder

_MAGIC: Final = b"arclogs-cache 1 "
_MOST_FILES: Final = 64
_MOST_BYTES: Final = 64 * 1024 * 1024


class Cache(Struct, frozen=True):
    """A folder of kept things; None keeps nothing."""

    folder: Path | None

    def get(self, kind: str, *key: str | bytes) -> bytes | None:
        """Return what was kept under a key, or None."""
        if self.folder is None:
            return None
        try:
            return _checked(self.folder / _name(kind, key))
        except (OSError, ValueError):
            return None

    def put(self, kind: str, content: bytes, *key: str | bytes) -> None:
        """Keep `content` under a key, if that can be done."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_ours(self.folder.stat()):
                _write(self.folder / _name(kind, key), content)
                _thin_out(self.folder)
        except OSError:
            return


NO_CACHE: Final = Cache(None)


def user_cache(*, wanted: bool = True) -> Cache:
    """Return the user's cache, or one that keeps nothing where ARCLOGS_NO_CACHE is set."""
    if not wanted or os.environ.get("ARCLOGS_NO_CACHE"):
        return NO_CACHE
    return Cache(user_cache_folder())


def _name(kind: str, key: tuple[str | bytes, ...]) -> str:
    digest = hashlib.sha256()
    for part in (arclogs.__version__, *key):
        data = part if isinstance(part, bytes) else part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"{kind}-{digest.hexdigest()[:40]}"


def _checked(path: Path) -> bytes:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not _is_ours(status) or status.st_size > _MOST_BYTES:
            raise ValueError("not a file of ours")
        head, _, content = file.read().partition(b"\n")
    if head != _head(content):
        raise ValueError("damaged")
    return content


def _head(content: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(content).hexdigest().encode()


def _is_ours(status: os.stat_result) -> bool:
    """Tell whether only this user can have written it; where there are no users, all is."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, content: bytes) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_head(content) + b"\n" + content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _thin_out(folder: Path) -> None:
    """Drop the files that were made first, where there are many: of old versions and rules."""
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink(missing_ok=True)
