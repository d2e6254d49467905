"""The test whether redaction could change a text, of whole columns at once.

It is that of `redact.prefilter`, loosened where Rust's engine cannot say the same: too often yes costs a
closer look, too rarely would cost a secret.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from arclogs.redact.patterns import PATTERNS
from arclogs.redact.prefilter import EVERYDAY, VIEW_WORDS

# Words of patterns and of carriers; a Secret; colours, which may stand within a word.
_WORDS: Final = sorted(
    {word for pattern in PATTERNS for word in pattern.keywords} | {*VIEW_WORDS, "secret", "\x1b"}
)
_EVERYDAY: Final = sorted(EVERYDAY - {"secret"})
_TELLING: Final = sorted({*_WORDS} - EVERYDAY - {"@"} | {"secret"})
_ANY: Final = rf"(?:{'|'.join(_EVERYDAY)})"
_VALUE_FOLLOWS: Final = (
    rf"{_ANY}[\w.-]{{0,32}}\\*(?:[\"']|&quot;|&#34;)?[ \t]{{0,8}}(?:[:=,]|%3d|%22|\\u00|\\[rn]|$)"
)
_OPTION: Final = rf"--.{{0,14}}{_ANY}"
_BEFORE_AT: Final = r"://[^\s/?]*@"
# What no word gives away is as long as this, and has a capital letter or is longer still.
_RUN: Final = "[A-Za-z0-9+/]{29,}"
_RUN_WITH_CAPITALS: Final = "[A-Z]|[0-9+/]{60}"
_LONG: Final = "[A-Za-z0-9+/_-]{24}"


def suspicious(column: str) -> pl.Expr:
    """Return the test whether redaction could change a text: too often yes, never too rarely."""
    text = pl.col(column)
    # Lower case first, as the redactor does: it also folds letters that are not ASCII.
    folded = text.str.to_lowercase()
    everyday = folded.str.contains_any(_EVERYDAY) & (
        folded.str.contains(_VALUE_FOLLOWS) | folded.str.contains(_OPTION)
    )
    address = text.str.contains("@", literal=True) & text.str.contains(_BEFORE_AT)
    run = text.str.contains(_RUN) & _capitals(text)
    # A terminal may have broken a word at the end of a line.
    broken = text.str.contains("\n", literal=True) & (
        folded.str.contains_any(_WORDS) | text.str.contains(_LONG)
    )
    return folded.str.contains_any(_TELLING) | everyday | address | run | broken


def _capitals(text: pl.Expr) -> pl.Expr:
    runs = text.str.extract_all(_RUN)
    return runs.list.eval(pl.element().str.contains(_RUN_WITH_CAPITALS)).list.any()
