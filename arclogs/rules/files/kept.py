"""Rule files that were read and found valid before, kept between runs: YAML is slow to read and check.

What a file came to is kept under the digest of its text, so that nothing kept can be out of date; and
with the rules what follows from their patterns.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from arclogs.rules.files.kept_models import Unkept, fingerprint, from_text, to_text
from arclogs.rules.language.literals import required_literals, take_over
from arclogs.rules.language.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from arclogs.cache import Cache

_KIND = "rules"


class KeptFiles:
    """What the files of a rule folder came to."""

    def __init__(self, cache: Cache, folder: Path) -> None:
        self._cache = cache
        self._folder = str(folder.absolute())
        self._known, literals = self._load()
        self._used: dict[str, Any] = {}
        take_over(literals)

    def get(self, text: str, read: Callable[[], Any]) -> tuple[Any, str]:
        """Return what a text came to, known or newly read, and the digest of the text.

        A text that stands in two files is read twice: what comes of it may be told apart.
        """
        digest = hashlib.sha256(text.encode()).hexdigest()
        value = self._known.get(digest) if digest not in self._used else None
        if value is None:
            value = read()
        self._used[digest] = value
        return value, digest

    def keep(self) -> None:
        """Keep what was read, now that all of it has turned out to be valid."""
        if self._cache.folder is None or self._used.keys() == self._known.keys():
            return
        try:
            text = to_text({"files": self._used, "literals": _literals(self._used.values())})
        except Unkept:
            return
        self._cache.put(_KIND, text.encode(), self._folder, fingerprint())

    def _load(self) -> tuple[dict[str, Any], dict[str, frozenset[str] | None]]:
        if self._cache.folder is None:
            return {}, {}
        content = self._cache.get(_KIND, self._folder, fingerprint())
        try:
            if content is None:
                return {}, {}
            kept = from_text(content)
            literals = {p: t if t is None else frozenset(t) for p, t in kept["literals"].items()}
            return dict(kept["files"]), literals
        except (Unkept, AttributeError, KeyError, TypeError, ValueError):
            return {}, {}


def _literals(values: Iterable[Any]) -> dict[str, list[str] | None]:
    """Return what each pattern by which lines and events are found requires."""
    patterns = {p for rule in values if isinstance(rule, Rule) for p in rule.patterns()}
    found = {pattern: required_literals(pattern) for pattern in sorted(patterns)}
    return {p: None if texts is None else sorted(texts) for p, texts in found.items()}
