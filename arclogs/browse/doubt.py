"""The test whether redaction could change a text, of whole columns at once.

It is that of `redact.words`, loosened where Rust's engine cannot say the same: too often yes costs a
closer look, too rarely would cost a secret.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from arclogs.redact.patterns import PATTERNS
from arclogs.redact.words import EVERYDAY, VIEW_WORDS

# Words of patterns and of carriers; a Secret; colours, which may stand within a word.
WORDS: Final = sorted(
    {word for pattern in PATTERNS for word in pattern.keywords} | {*VIEW_WORDS, "secret", "\x1b"}
)
"""A text of one line without any of them and without a run is not doubtful."""
EVERYDAY_WORDS: Final = sorted(EVERYDAY - {"secret"})
TELLING: Final = sorted({*WORDS} - EVERYDAY - {"@"} | {"secret"})
_ANY: Final = rf"(?:{'|'.join(EVERYDAY_WORDS)})"
VALUE_FOLLOWS: Final = (
    rf"{_ANY}[\w.-]{{0,32}}\\*(?:[\"']|&quot;|&#34;)?[ \t]{{0,8}}(?:[:=,]|%3d|%22|\\u00|\\[rn]|$)"
)
OPTION: Final = rf"--.{{0,14}}{_ANY}"
BEFORE_AT: Final = r"://[^\s/?]*@"
# What no word gives away is as long as this, and has a capital letter or is longer still.
LEAST_RUN: Final = 29
_RUN: Final = f"[A-Za-z0-9+/]{{{LEAST_RUN},}}"
_RUN_WITH_CAPITALS: Final = "[A-Z]|[0-9+/]{60}"
_LONG: Final = "[A-Za-z0-9+/_-]{24}"


def doubtful(texts: pl.Series) -> pl.Series:
    """Return of each text whether redaction could change it; of what is missing, that it could not."""
    frame = texts.alias("text").to_frame()
    text = pl.col("text")
    # Lower case first, as the redactor does: it also folds letters that are not ASCII.
    folded = text.str.to_lowercase()
    found = frame.select(
        # A terminal may have broken a word at the end of a line.
        broken=text.str.contains("\n", literal=True) & text.str.contains(_LONG),
        word=folded.str.contains_any(WORDS),
        run=text.str.contains(_RUN),
    ).fill_null(value=False)
    doubt = found["broken"]
    if found["word"].any():
        everyday = folded.str.contains(VALUE_FOLLOWS) | folded.str.contains(OPTION)
        many = text.str.contains("\n", literal=True)
        telling = folded.str.contains_any(TELLING) | text.str.contains(BEFORE_AT)
        doubt = doubt | _where(frame, found["word"], everyday | many | telling)
    if found["run"].any():
        capitals = pl.element().str.contains(_RUN_WITH_CAPITALS)
        runs = text.str.extract_all(_RUN).list.eval(capitals).list.any()
        doubt = doubt | _where(frame, found["run"], runs)
    return doubt


def _where(frame: pl.DataFrame, some: pl.Series, test: pl.Expr) -> pl.Series:
    """Return of each row whether it is one of some for which a test holds."""
    rows = some.arg_true()
    held = frame[rows].select(test.alias("held"))["held"]
    return some.scatter(rows, held)
