"""Searching with patterns of rule packs without ever hanging on one.

Most patterns are first tried by a linear-time engine (`rules.filtering.prefilter`). What is searched
here runs under a timeout, and a pattern that has run into it twice is not tried on further texts: a
pack may come from anywhere, and so may the texts.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex
from msgspec import Struct, field

from arclogs.model.coverage import Code, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT: Final = 0.5
"""Seconds for one pattern on one text."""
STRIKES: Final = 2
"""Timeouts of one pattern after which it is given up."""
MOST_TIMEOUTS: Final = 20
"""Of all patterns together; then the timeout is short and every pattern has one strike."""
SHORT_TIMEOUT: Final = 0.01


class Patience(Struct):
    """How long the patterns of one run may still take."""

    notes: list[Note] = field(default_factory=list)
    rule: str = ""
    """The rule that is being judged, to be named in notes."""
    _strikes: Counter[str] = field(default_factory=Counter)
    _given_up: set[str] = field(default_factory=set)

    def search(self, pattern: str, text: str, flags: int) -> regex.Match[str] | None:
        """Return the first match in a text; None, and a note, where finding it takes too long."""
        if pattern in self._given_up:
            return None
        worn = self._strikes.total() >= MOST_TIMEOUTS
        timeout = SHORT_TIMEOUT if worn else TIMEOUT
        try:
            return compiled(pattern, flags).search(text, timeout=timeout, concurrent=True)
        except TimeoutError:
            self._strikes[pattern] += 1
            if worn or self._strikes[pattern] >= STRIKES:
                self._given_up.add(pattern)
            self._tell(timeout)
            return None

    def _tell(self, timeout: float) -> None:
        detail = f"a pattern took over {timeout} s on one text, so not all texts were searched"
        self.notes.append(Note(f"rule {self.rule}", Code.RULE_TIMEOUT, detail))


@lru_cache(maxsize=4096)
def compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    """Compile a pattern once; the library's own cache holds 500, and a pack has more."""
    return regex.compile(pattern, flags)


_CURRENT: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def patience(notes: list[Note]) -> Iterator[Patience]:
    """Share one patience among all searches of a run; what takes too long goes to `notes`."""
    shared = Patience(notes)
    token = _CURRENT.set(shared)
    try:
        yield shared
    finally:
        _CURRENT.reset(token)


def search(pattern: str, text: str, flags: int = int(regex.MULTILINE)) -> regex.Match[str] | None:
    """Search under the patience of the run, or under one of its own."""
    return (_CURRENT.get() or Patience()).search(pattern, text, flags)
