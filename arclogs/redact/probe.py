"""The second look at what is about to be written: shares no pattern with the first.

A hit means that the redactor has a gap, and that nothing may leave. So the forms here are few and
unmistakable: what they find is a secret.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import ahocorasick_rs

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.redact.sweep import Sweep

_FORMS: Final = (
    ("github-token", ("ghp_", "gho_", "ghu_", "ghr_", "ghs_"),
     lazy_compile(r"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30}")),
    ("github-token", ("github_pat_",), lazy_compile(r"github_pat_\w{40}")),
    ("private-key", ("-----BEGIN ",),
     lazy_compile(r"-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----[\s\\nr]{0,16}[A-Za-z0-9+/]{40}")),
    ("jwt", ("eyJ",), lazy_compile(r"(?<![A-Za-z0-9_])eyJ[\w-]{12,}\.eyJ[\w-]{12,}\.[\w-]{16}")),
    ("aws-key", ("AKIA", "ASIA"), lazy_compile(r"(?<![A-Za-z0-9])A[KS]IA(?=[A-Z]*\d)[A-Z0-9]{16}\b")),
    ("slack-token", ("xox",), lazy_compile(r"(?<![A-Za-z0-9])xox[abprs]-\d[A-Za-z0-9-]{16}")),
    ("registry-token", ("glpat-",), lazy_compile(r"(?<![A-Za-z0-9])glpat-[\w-]{20}")),
    ("google-key", ("AIza",), lazy_compile(r"(?<![A-Za-z0-9])AIza[\w-]{35}")),
    ("url-credentials", ("://",), lazy_compile(
        r"(?<=[a-z])://[A-Za-z0-9._-]{1,64}:[A-Za-z0-9._~!$+-]{6,128}@(?!sha256:)[A-Za-z0-9]")),
    ("secret", ("password", "passwd", "token"), lazy_compile(
        r"(?i)(?:password|passwd|token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([\w+/=-]{20,256})")),
)  # fmt: skip
_RANDOM_BITS: Final = 3.9  # a character, of 20 random ones; a name of words has 3.5


class Leak(NamedTuple):
    """A secret that is still there. Its value is not told."""

    line: int
    kind: str


def leaks(text: str, known: Sweep | None = None) -> Iterator[Leak]:
    """Yield what would leak, by line from 1."""
    folded = text.encode("latin-1", "replace").lower()  # a byte for each character
    matcher, kinds = _matcher()
    for index, at, _ in matcher.find_matches_as_indexes(folded, overlapping=True):
        kind, form = kinds[index]
        found = form.match(text, at)
        if found and (form.groups == 0 or _random(found[1])):
            yield Leak(text.count("\n", 0, at) + 1, kind)
    for start, _, kind, _value in known.places(text) if known else ():
        yield Leak(text.count("\n", 0, start) + 1, kind)


@cache
def _matcher() -> tuple[ahocorasick_rs.BytesAhoCorasick, list[tuple[str, re.Pattern[str]]]]:
    """Return what finds the words with which forms begin, and the kind and form of each."""
    words = [(word.lower(), kind, form) for kind, words, form in _FORMS for word in words]
    matcher = ahocorasick_rs.BytesAhoCorasick(
        [word.encode("ascii") for word, _, _ in words],
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return matcher, [(kind, form) for _, kind, form in words]


def _random(value: str) -> bool:
    if not (re.search("[a-z]", value) and re.search("[A-Z]", value) and re.search(r"\d", value)):
        return False
    counts = Counter(value).values()
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
    return bits >= _RANDOM_BITS
