"""The level that free text seems to have, of whole columns: `ingest.text.levels.level_by_word`."""

from __future__ import annotations

from typing import Final

import polars as pl

from arclogs.ingest.text.levels import LEVELS
from arclogs.model.record import Level

_SPACE: Final = r"[\s\x1c-\x1f]"
_OPENING: Final = r"^(?i:warn(?:ing)?):"
_NAME: Final = r"(?:level|lvl|severity|log\.level)"
_KEY: Final = rf"(?i:(?:^|[{{,]|{_SPACE})\"?{_NAME}\"?{_SPACE}*[:=]{_SPACE}*\"?([a-z]+))"
_KEY_CHARS: Final = 400
_WORD: Final = r"\b(WARNING|WARN|INFO|NOTICE|DEBUG|TRACE)\b"
_HEAD_CHARS: Final = 80
_DEBUGS: Final = "^(?:debug|level)"


def level_by_word(text: pl.Expr) -> pl.Expr:
    """Return the levels of ASCII texts that hold nothing by which one would be an error's; 0: none."""
    key = text.str.head(_KEY_CHARS).str.extract(_KEY).str.to_lowercase()
    token = text.str.head(_HEAD_CHARS).str.extract(_WORD).str.to_lowercase()
    return (
        pl.when(text.str.contains(_OPENING))
        .then(pl.lit(int(Level.WARNING), pl.UInt8))
        .otherwise(pl.coalesce(_known(key), _debug(key), _known(token), pl.lit(0, pl.UInt8)))
    )


def _known(word: pl.Expr) -> pl.Expr:
    numbers = {name: int(level) for name, level in LEVELS.items()}
    return word.replace_strict(numbers, default=None, return_dtype=pl.UInt8)


def _debug(word: pl.Expr) -> pl.Expr:
    return pl.when(word.str.contains(_DEBUGS)).then(pl.lit(int(Level.DEBUG), pl.UInt8))
