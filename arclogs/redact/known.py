"""The third layer: what was found secret in one place is replaced wherever else it stands.

This is what catches a copy without a telling name or form: the runner's own masking works so, too.
"""

from __future__ import annotations

import base64
import html
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

import ahocorasick_rs

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.redact.placeholder import Naming

SHORTEST: Final = 8
_NEEDLE: Final = 96  # longer values are looked for by their beginning
_MOST: Final = 20_000
# Whatever these are secret for in one place, elsewhere they are something that an analysis needs.
_COMMON = lazy_compile(
    r"\d+|[a-z]+|[A-Z]+|[A-Za-z]{1,15}"  # numbers and words
    r"|[a-z0-9]+(?:[-.][a-z0-9]+)+|[a-z0-9]{1,15}"  # names in Kubernetes
    r"|[\w+.-]+://[^@]*|[/~.][\w./-]*|[\w.-]+@[\w.-]+"  # addresses and paths
    r"|[A-Z0-9_]+|\d[\d:.TZ+-]*"  # names of variables, times
)


class Known:
    """Values that are secret, each with its kind."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.kinds)

    def add(self, kind: str, value: str) -> None:
        """Remember a value, unless it could as well be a word or a name; a key by its lines."""
        for piece in value.split("\n") if "\n" in value else (value,):
            stripped = piece.strip(" \t\r\"'")
            if len(self.kinds) < _MOST and worth_looking_for(stripped[: 4 * _NEEDLE]):
                self.kinds.setdefault(stripped, kind)


def worth_looking_for(value: str) -> bool:
    """Tell whether a value cannot stand somewhere by chance, with another meaning."""
    if len(value) < SHORTEST or len(set(value)) < SHORTEST - 2:
        return False
    if _REGISTRATION.fullmatch(value):
        return True
    return not (any(map(str.isspace, value)) or _COMMON.fullmatch(value)
                or PLACEHOLDER.search(value))  # fmt: skip


_REGISTRATION = lazy_compile(r"A(?=[A-Z]*\d)[A-Z0-9]{28}")


def spellings(value: str) -> set[str]:
    """Return the forms in which programs write a value: as the runner's masker knows them."""
    return _escaped(value) | set(_base64(value.encode("utf-8", "replace")))


def _escaped(value: str) -> set[str]:
    if _NOTHING_TO_ESCAPE.fullmatch(value):
        return {value}
    escaped = json.dumps(value)[1:-1]
    forms = {
        value,
        escaped,
        json.dumps(escaped)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        html.escape(value),
        quote_plus(value),
    }
    for safe in ("", "/", "/:@", "!~*'()"):
        coded = quote(value, safe=safe)
        forms |= {coded, re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), coded)}
    return forms


_NOTHING_TO_ESCAPE = lazy_compile(r"[A-Za-z0-9_.~-]+")


def _base64(data: bytes) -> Iterator[str]:
    """Yield the letters that a value gives in base64, wherever in three bytes it begins."""
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + data).decode("ascii")
        whole = coded[(0, 2, 3)[shift] : (shift + len(data)) * 8 // 6]
        yield whole
        yield whole.replace("+", "-").replace("/", "_")


class Sweep:
    """Finds the spellings of known values in a text, all at once."""

    def __init__(self, kinds: Iterable[tuple[str, str]]) -> None:
        self._forms: dict[str, tuple[str, str, bool]] = {}
        for value, kind in kinds:
            needle = value[:_NEEDLE]
            runs_on = len(value) > _NEEDLE
            for form in _base64(needle.encode("utf-8", "replace")):
                self._add(form, (kind, value, True))
            for form in _escaped(needle):
                self._add(form, (kind, value, runs_on))
        self._list = sorted(self._forms)
        self._matcher = ahocorasick_rs.BytesAhoCorasick(  # three times as fast as the one for str
            [form.encode("utf-8", "surrogatepass") for form in self._list],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        )

    def _add(self, form: str, meaning: tuple[str, str, bool]) -> None:
        if len(form) >= SHORTEST:
            self._forms.setdefault(form, meaning)

    def places(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield start, end, kind and value of each copy; base64 counts with all that it is part of."""
        reached = 0
        for index, start, end in self._matches(text):
            kind, value, runs_on = self._forms[self._list[index]]
            if start < reached:
                continue
            if runs_on:
                start, end = _whole_run(text, start, end, reached)
            reached = end
            yield start, end, kind, value

    def _matches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the index of a form, and start and end of it in a text."""
        data = text.encode("utf-8", "surrogatepass")
        found = self._matcher.find_matches_as_indexes(data)
        if len(data) == len(text):
            yield from found
            return
        byte = char = 0
        for index, start, end in found:
            char += len(data[byte:start].decode("utf-8", "surrogatepass"))
            byte = start
            length = len(data[start:end].decode("utf-8", "surrogatepass"))
            yield index, char, char + length

    def replace(self, text: str, naming: Naming, seen: Callable[[str, str], None]) -> str:
        """Return the text with each copy replaced."""
        out: list[str] = []
        at = 0
        for start, end, kind, value in self.places(text):
            seen(kind, value)
            out += (text[at:start], naming(kind, value))
            at = end
        return "".join([*out, text[at:]]) if out else text


_AFTER = lazy_compile(r"[A-Za-z0-9+/_=-]*")


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
