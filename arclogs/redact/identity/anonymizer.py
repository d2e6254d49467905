"""Replaces names by pseudonyms: where a text says that they are names, and wherever else they stand."""

from __future__ import annotations

from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Final

import ahocorasick_rs
from msgspec import Struct, field

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.identity.addresses import addresses
from arclogs.redact.identity.allowed import CLUSTER, WORDS
from arclogs.redact.identity.forms import FORMS, Form, named
from arclogs.redact.identity.hosts import (
    HOST_WORDS,
    MAIL_WORDS,
    hosts,
    mail_pseudonym,
    mails,
    pseudonym_of,
)
from arclogs.redact.identity.level import Level
from arclogs.redact.identity.lines import Lexicon, folded
from arclogs.redact.identity.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.redact.identity.pseudonyms import Pseudonyms

    Finder = Callable[[str, int, int], Iterator[Mention]]

_SHORTEST: Final = 4
_MOST: Final = 50_000
# What a name could be that was met as two: an organisation before a repository, and so on.
_ORDER: Final = ("mail", "host", "org", "user", "repo", "account", "node", "set", "ns", "cluster",
                 "group", "branch")  # fmt: skip
_COLUMN_GAP = lazy_compile(r" {2,}(?=\S)")
_BEFORE = lazy_compile(rb"(?:%[0-9a-f]{2}|\\[nrtbf]|\\u00[0-9a-f]{2}|\x1b\[[0-9;]*m)\Z")
_ALNUM: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")


class Anonymizer(Struct):
    """Learns the names of a bundle; then replaces them.

    Applying it twice changes nothing more, and the number of lines stays.
    """

    level: Level
    keep: frozenset[str] = frozenset()
    """Names and domains, in lower case, that stay."""
    forms: tuple[Form, ...] = FORMS
    _kinds: dict[str, str] = field(default_factory=dict)
    _matcher: tuple[list[str], ahocorasick_rs.BytesAhoCorasick] | None = None

    def learn(self, text: str) -> None:
        """Remember the names that a text shows, as far as they cannot be words as well."""
        for one in self._mentions(text):
            value = one.value.lower()
            if one.kind.startswith(("ip", "mac")) or len(self._kinds) >= _MOST:
                continue
            before = self._kinds.get(value)
            if before is None or _ORDER.index(one.kind) < _ORDER.index(before):
                self._kinds[value] = one.kind
                self._matcher = None

    def replace(
        self, text: str, names: Pseudonyms, seen: Callable[[str, str], None] = lambda *_: None
    ) -> str:
        """Return the text with its names replaced; `seen` is told kind and value of each."""
        out: list[str] = []
        at = 0
        found = {*self._mentions(text), *self._again(text)}
        for start, end, kind, value in sorted(found, key=lambda m: (m.start, -m.end, m.kind)):
            if start < at:
                continue
            kind = self._kinds.get(value.lower(), kind)
            seen(_TOLD.get(kind, kind), value.lower())
            new = _pseudonym(kind, value, text[start:end], names)
            out += (text[at:start], new)
            at = end
            # In a table the next column stays where it was, as far as there is room.
            if blanks := _COLUMN_GAP.match(text, end):
                gap = len(blanks[0])
                out.append(" " * max(2, gap - len(new) + end - start))
                at += gap
        return "".join([*out, text[at:]]) if out else text

    def left(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield line, from 1, and kind of the names that are left in a text without names."""
        for one in {*self._mentions(text), *self._again(text)}:
            yield text.count("\n", 0, one.start) + 1, one.kind

    def _mentions(self, text: str) -> Iterator[Mention]:
        data = folded(text)
        for one in chain(addresses(text, data), self._in_lines(text, data)):
            if not self._kept(one.value):
                yield one

    def _in_lines(self, text: str, data: bytes) -> Iterator[Mention]:
        finders = _finders(self.level, self.forms)
        for number, lines in _lexicon(self.level, self.forms).lines(data).items():
            find = finders[number][1]
            for start, end in lines:
                yield from find(text, start, end)

    def _kept(self, value: str) -> bool:
        if not self.keep:
            return False
        labels = value.lower().rpartition("@")[2].split(".")
        below = any(".".join(labels[at:]) in self.keep for at in range(len(labels)))
        return below or value.lower() in self.keep

    def _again(self, text: str) -> Iterator[Mention]:
        """Yield where names that were learned stand, without anything that says so."""
        if self._matcher is None:
            terms = sorted(term for term, kind in self._kinds.items() if _telling(term, kind))
            self._matcher = (
                terms,
                ahocorasick_rs.BytesAhoCorasick(
                    [term.encode("utf-8", "surrogatepass") for term in terms]
                ),
            )
        terms, matcher = self._matcher
        if not terms:
            return
        data = text.encode("utf-8", "surrogatepass").lower()
        byte = char = 0
        for index, start, end in sorted(
            matcher.find_matches_as_indexes(data, overlapping=True), key=lambda m: (m[1], -m[2])
        ):
            if not _alone(data, start, end):
                continue
            char += len(data[byte:start].decode("utf-8", "surrogatepass"))
            byte = start
            term = terms[index]
            yield Mention(char, char + len(term), self._kinds[term], term)


@cache
def _finders(level: Level, forms: tuple[Form, ...]) -> list[tuple[tuple[str, ...], Finder]]:
    """Return what finds names in a line, each with the words that such a line holds."""
    wanted = [form for form in forms if form.level is not Level.MAX or level is Level.MAX]
    return [(MAIL_WORDS, mails), (HOST_WORDS, hosts),
            *((form.words, partial(named, form)) for form in wanted)]  # fmt: skip


@cache
def _lexicon(level: Level, forms: tuple[Form, ...]) -> Lexicon:
    return Lexicon([words for words, _ in _finders(level, forms)])


_TOLD: Final = {"ip4-name": "ip4"}


def _telling(term: str, kind: str) -> bool:
    """Tell whether a name stands for itself wherever it is read, and is no word of some other use."""
    if kind in ("mail", "host", "account"):
        return True
    if len(term) < _SHORTEST or term in WORDS or term in CLUSTER or term.isdigit():
        return False
    return kind != "branch" or "/" in term or "-" in term


def _alone(data: bytes, start: int, end: int) -> bool:
    """Tell whether nothing goes on before or after, in lower-case bytes."""
    if end < len(data) and data[end] in _ALNUM:
        return False
    return (
        start == 0
        or data[start - 1] not in _ALNUM
        or bool(_BEFORE.search(data[max(0, start - 12) : start]))
    )


def _pseudonym(kind: str, value: str, text: str, names: Pseudonyms) -> str:
    match kind:
        case "ip4":
            return names.ip4(value)
        case "ip4-name":
            return "ip-" + names.ip4(value).replace(".", "-")
        case "ip6":
            return names.ip6(value)
        case "mac":
            return names.mac(text)
        case "mail":
            return mail_pseudonym(value, names)
        case "host":
            return pseudonym_of(value, names)
        case _:
            return names.name(kind, value)
