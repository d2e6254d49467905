"""What a masked copy holds and what was replaced in it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from arclogs.model.coverage import Note


class Masking(Struct):
    """The account of a masked copy; never a value."""

    members: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By member and kind."""
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Names of people, hosts and so on, which have pseudonyms now; by member and kind."""
    values: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    withheld: int = 0
    lasting: bool = True
    """Whether another run gives the same pseudonyms."""
    notes: list[Note] = field(default_factory=list)

    def total(self) -> Counter[str]:
        """Return how often each kind was replaced."""
        return sum(self.counts.values(), Counter())

    def seen(self, member: str, kind: str, value: str) -> None:
        """Count a secret; of its value only a digest is kept, for as long as the run takes."""
        self.counts[member][kind] += 1
        self._digest(kind, value)

    def named(self, member: str, kind: str, value: str) -> None:
        """Count a name, in the same way."""
        self.names[member][kind] += 1
        self._digest(kind, value)

    def _digest(self, kind: str, value: str) -> None:
        self.values[kind].add(hashlib.sha256(value.encode("utf-8", "replace")).digest())
