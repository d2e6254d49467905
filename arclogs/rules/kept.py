"""Rule files that were parsed and found valid before, kept between runs: YAML is slow to read.

Each is kept under the digest of its text, so that nothing kept can be out of date.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from arclogs.rules.source import RuleSource, parse_source, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from arclogs.cache import Cache

_KIND = "rules"


class KeptSources:
    """Reads rule files, those that are known without parsing them."""

    def __init__(self, cache: Cache, folders: Sequence[Path]) -> None:
        self._cache = cache
        self._key = tuple(str(folder.absolute()) for folder in folders)
        self._known = _load(cache.get(_KIND, *self._key))
        self._used: dict[str, Any] = {}

    def read(self, path: Path) -> tuple[RuleSource, bool]:
        """Return a rule file, and whether it is known to be valid; raise RuleError with its place.

        A known one does not tell the places of its keys.
        """
        text = read_text(path)
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = self._known.get(digest)
        source = RuleSource(path, known) if known is not None else parse_source(text, path)
        self._used[digest] = source.data
        return source, known is not None

    def keep(self) -> None:
        """Keep what was read, now that all of it has turned out to be valid."""
        if self._used.keys() != self._known.keys():
            self._cache.put(_KIND, json.dumps(self._used).encode(), *self._key)


def _load(content: bytes | None) -> dict[str, Any]:
    if content is None:
        return {}
    try:
        known = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
