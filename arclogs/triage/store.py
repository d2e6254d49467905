"""What was judged already, so that a run that was ended goes on where it stopped.

One small JSON file a ticket in the user's cache folder, readable by its owner only, secrets already
replaced. The key holds what a verdict depends on: names, sizes and times of the files, the rules,
the version.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import platformdirs
from msgspec import Struct
from pydantic import ValidationError

import arclogs
from arclogs.triage.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from arclogs.triage.tickets import Ticket

MOST_FILES: Final = 100_000
"""A folder with more is judged anew each time."""


class Store(Struct, frozen=True):
    """Rows of earlier runs."""

    rules_hash: str
    folder: Path

    @classmethod
    def of_user(cls, rules_hash: str) -> Store:
        """Return the store in the user's cache folder."""
        return cls(rules_hash, platformdirs.user_cache_path("arclogs") / "triage")

    def get(self, ticket: Ticket) -> Row | None:
        """Return the row of a ticket that has not changed since; None for any other."""
        key = self._key(ticket)
        if key is None:
            return None
        try:
            row = Row.model_validate_json((self.folder / key).read_bytes())
        except (OSError, ValidationError, ValueError):
            return None  # not there, of another version, or broken
        return row.model_copy(update={"ticket": ticket.name})

    def put(self, ticket: Ticket, row: Row) -> None:
        """Keep a row, whole or not at all. A cache that cannot be written is none."""
        key = self._key(ticket)
        if key is None:
            return
        half = self.folder / f".{key}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half.touch(mode=0o600)
            half.write_text(row.model_dump_json(), encoding="utf-8")
            half.replace(self.folder / key)
        except OSError:
            with suppress(OSError):
                half.unlink()

    def _key(self, ticket: Ticket) -> str | None:
        digest = hashlib.sha256(f"{arclogs.__version__}\0{self.rules_hash}\0".encode())
        try:
            for count, line in enumerate(_identity(ticket.path)):
                if count > MOST_FILES:
                    return None
                digest.update(line.encode("utf-8", "surrogateescape") + b"\n")
        except OSError:
            return None
        return f"{digest.hexdigest()[:40]}.json"


def _identity(path: Path) -> Iterator[str]:
    yield str(path.resolve())
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        status = file.lstat()
        yield f"{file}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_mode}"
