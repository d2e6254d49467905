"""The second look at what is about to be written: shares no pattern with the first.

A hit means that the redactor has a gap, and that nothing may leave. So the forms here are few and
unmistakable: what they find is a secret.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.redact.known import Sweep

_FORMS: Final = (
    ("github-token", "gh", lazy_compile(r"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30}|github_pat_\w{40}")),
    ("private-key", "PRIVATE KEY",
     lazy_compile(r"-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----[\s\\nr]{0,16}[A-Za-z0-9+/]{40}")),
    ("jwt", "eyJ", lazy_compile(r"(?<![A-Za-z0-9_])eyJ[\w-]{12,}\.eyJ[\w-]{12,}\.[\w-]{16}")),
    ("aws-key", "A", lazy_compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?=[A-Z]*\d)[A-Z0-9]{16}\b")),
    ("slack-token", "xox", lazy_compile(r"(?<![A-Za-z0-9])xox[abprs]-\d[A-Za-z0-9-]{16}")),
    ("registry-token", "glpat-", lazy_compile(r"(?<![A-Za-z0-9])glpat-[\w-]{20}")),
    ("google-key", "AIza", lazy_compile(r"(?<![A-Za-z0-9])AIza[\w-]{35}")),
    ("url-credentials", "://",
     lazy_compile(r"[a-z]://[A-Za-z0-9._-]{1,64}:[A-Za-z0-9._~!$+-]{6,128}@(?!sha256:)[A-Za-z0-9]")),
)  # fmt: skip
_NAMED = lazy_compile(
    r"(?i)(?:password|passwd|token)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?([\w+/=-]{20,256})"
)
_RANDOM_BITS: Final = 3.9  # a character, of 20 random ones; a name of words has 3.5


class Leak(NamedTuple):
    """A secret that is still there. Its value is not told."""

    line: int
    kind: str


def leaks(text: str, known: Sweep | None = None) -> Iterator[Leak]:
    """Yield what would leak, by line from 1."""
    for kind, word, form in _FORMS:
        if word in text:
            for match in form.finditer(text):
                yield Leak(text.count("\n", 0, match.start()) + 1, kind)
    for named in _NAMED.finditer(text):
        if _random(named[1]):
            yield Leak(text.count("\n", 0, named.start()) + 1, "secret")
    for start, _, kind, _value in known.places(text) if known else ():
        yield Leak(text.count("\n", 0, start) + 1, kind)


def _random(value: str) -> bool:
    if not (re.search("[a-z]", value) and re.search("[A-Z]", value) and re.search(r"\d", value)):
        return False
    counts = Counter(value).values()
    bits = -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
    return bits >= _RANDOM_BITS
