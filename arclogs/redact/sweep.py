"""The third layer: what was found secret in one place is replaced wherever else it stands.

This is what catches a copy without a telling name or form: the runner's own masking works so, too.
Almost all values stand nowhere else, so a first search knows only how each form of each value ends;
the forms themselves are searched for only those values of which it met an end.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.spellings import NEEDLE, SHORTEST, endings, escaped, in_base64

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.redact.known import Known
    from arclogs.redact.placeholder import Naming

_FEW: Final = 1000
"""Ends for which a table of all transitions is worth its memory."""
_OFTEN: Final = 8
"""Times that the search for forms is made anew for a few values more; then it is for all."""
_AFTER = lazy_compile(r"[A-Za-z0-9+/_=-]*")


class Sweep:
    """Finds the spellings of known values in a text, all at once."""

    def __init__(self, kinds: Iterable[tuple[str, str]]) -> None:
        self._kinds = list(kinds)
        self._values = {value for value, _ in self._kinds}
        ends: defaultdict[bytes, list[int]] = defaultdict(list)
        for number, (value, _) in enumerate(self._kinds):
            for end in endings(value[:NEEDLE]):
                ends[end].append(number)
        self._ending = list(ends.values())
        few = ahocorasick_rs.Implementation.DFA if len(ends) < _FEW else None
        self._ends = ahocorasick_rs.BytesAhoCorasick(list(ends), implementation=few)
        self._forms = _Forms(())
        self._for: set[int] = set()
        """Numbers of the values whose forms these are."""
        self._times = 0

    def knows(self, values: Iterable[str]) -> bool:
        """Tell whether these values are among its own."""
        return self._values.issuperset(values)

    def places(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield start, end, kind and value of each copy; base64 counts with all that it is part of."""
        if not self._kinds:
            return
        data = text.encode("utf-8", "surrogatepass")
        ends = self._ends.find_matches_as_indexes(data, overlapping=True)
        suspects = {number for index, _, _ in ends for number in self._ending[index]}
        if not suspects:
            return
        reached = 0
        for start, end, (kind, value, runs_on) in self._forms_of(suspects).matches(text, data):
            if start < reached:
                continue
            if runs_on:
                start, end = _whole_run(text, start, end, reached)
            reached = end
            yield start, end, kind, value

    def _forms_of(self, suspects: set[int]) -> _Forms:
        if not suspects <= self._for:
            self._times += 1
            few = self._times < _OFTEN and len(suspects | self._for) * 4 < len(self._kinds)
            self._for = suspects | self._for if few else set(range(len(self._kinds)))
            self._forms = _Forms(self._kinds[number] for number in sorted(self._for))
        return self._forms

    def replace(self, text: str, naming: Naming, seen: Callable[[str, str], None]) -> str:
        """Return the text with each copy replaced."""
        out: list[str] = []
        at = 0
        for start, end, kind, value in self.places(text):
            seen(kind, value)
            out += (text[at:start], naming(kind, value))
            at = end
        return "".join([*out, text[at:]]) if out else text


class _Forms:
    """All forms of some values."""

    def __init__(self, kinds: Iterable[tuple[str, str]]) -> None:
        self._meanings: dict[str, tuple[str, str, bool]] = {}
        for value, kind in kinds:
            needle = value[:NEEDLE]
            for coded in in_base64(needle):
                self._add(coded.decode("ascii"), (kind, value, True))
            for form in escaped(needle):
                self._add(form, (kind, value, len(value) > NEEDLE))
        self._list = sorted(self._meanings)
        self._matcher = ahocorasick_rs.BytesAhoCorasick(  # three times as fast as the one for str
            [form.encode("utf-8", "surrogatepass") for form in self._list],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        )

    def _add(self, form: str, meaning: tuple[str, str, bool]) -> None:
        if len(form) >= SHORTEST:
            self._meanings.setdefault(form, meaning)

    def matches(self, text: str, data: bytes) -> Iterator[tuple[int, int, tuple[str, str, bool]]]:
        """Yield start and end of each form, and its kind, value and whether it runs on."""
        found = self._matcher.find_matches_as_indexes(data)
        ascii_only = len(data) == len(text)
        byte = char = 0
        for index, start, end in found:
            meaning = self._meanings[self._list[index]]
            if ascii_only:
                yield start, end, meaning
                continue
            char += len(data[byte:start].decode("utf-8", "surrogatepass"))
            byte = start
            length = len(data[start:end].decode("utf-8", "surrogatepass"))
            yield char, char + length, meaning


def _whole_run(text: str, start: int, end: int, reached: int) -> tuple[int, int]:
    after = _AFTER.match(text, end)
    while start > reached and (text[start - 1].isalnum() or text[start - 1] in "+/_-"):
        start -= 1
    return start, after.end() if after else end


@lru_cache(maxsize=64)
def _sweep(kinds: tuple[tuple[str, str], ...]) -> Sweep:
    return Sweep(kinds)


def sweep_of(known: Known) -> Sweep:
    """Return the sweep for values; the last ones are kept."""
    return _sweep(tuple(sorted(known.kinds.items())))
