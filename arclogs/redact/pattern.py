"""What a row of the tables of patterns is."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

# Where a token begins: not inside a word, but the `m` that ends a colour code is none.
START: Final = r"(?:(?<![A-Za-z0-9_])|(?<=[0-9\[]m))"


class Pattern(Struct, frozen=True, eq=False):
    """One form of a secret. Its regex runs only on passages that hold one of the keywords."""

    name: str
    """What the placeholder says: `<name>`."""
    keywords: tuple[str, ...]
    """Lower-case words, one of which is in every match; none for what only its length tells."""
    regex: re.Pattern[str]
    spans_lines: bool = False
    also: str = ""
    """Another lower-case word that is in every match."""
    lead: int | None = None
    """Characters before a keyword at which a match begins at the most; None for any number."""
    run: int = 0
    """For one without keywords: letters, digits, `+` and `/` in a row that are in every match, among
    them a capital letter; not fewer than `candidates.RUN`."""


def token(name: str, prefixes: tuple[str, ...], rest: str) -> Pattern:
    """Return the row of a token that begins with one of the prefixes, as they are."""
    begin = "|".join(map(re.escape, prefixes))
    keywords = tuple(prefix.lower() for prefix in prefixes)
    return Pattern(name, keywords, lazy_compile(rf"{START}(?:{begin}){rest}"))
