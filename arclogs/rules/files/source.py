"""YAML of rule files with the place of every key, so that each error can name its line.

Rule files are data: plain scalars, lists and mappings. Aliases, tags and duplicate keys are errors,
and a file is limited in size and depth, since packs may come from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from arclogs.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 512 * 1024

KeyPath: TypeAlias = tuple[str | int, ...]


class RuleSource(Struct, frozen=True):
    """A parsed rule file and the place (line, column; from 1) of every key and item in it."""

    path: Path
    data: Any
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def position(self, path: KeyPath) -> tuple[int, int]:
        """Return line and column of a key path, or of its nearest parent that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def place(self, path: KeyPath) -> str:
        """Return `file:line:column` of a key path, or of its nearest parent."""
        line, column = self.position(path)
        return f"{self.path}:{line}:{column}"


def read_source(path: Path) -> RuleSource:
    """Read and parse a rule file; raise RuleError with its place."""
    return parse_source(read_text(path), path)


def read_text(path: Path) -> str:
    """Return the text of a rule file; raise RuleError where it is none."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror}", str(path)) from error
    if len(raw) > MAX_BYTES:
        raise RuleError(f"larger than {MAX_BYTES // 1024} KiB; split it", str(path))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RuleError("not UTF-8 text; save it as UTF-8", f"{path}:{line}:1") from error


def parse_source(text: str, path: Path) -> RuleSource:
    """Parse the text of a rule file; raise RuleError with its place."""
    from arclogs.rules.files.source_parser import parse  # 15 ms: not for rules that are kept parsed

    places: dict[KeyPath, tuple[int, int]] = {}
    return RuleSource(path, parse(text, path, places), places)
