"""Time stamps of one width as times: arithmetic on their digits, 20 times as fast as parsing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from arclogs.browse.rows import SCHEMA

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SECONDS: Final = len("2026-11-23T02:06:24")
_MICROSECONDS: Final = len("2026-11-23T02:06:24.214553")
_MARCH: Final = 3
_DAYS_BEFORE_1970: Final = 719_468


def times_of(stamps: NDArray[np.uint8]) -> pl.Series:
    """Return the times that stamps, a row of characters each, state: cut to whole microseconds."""
    width = stamps.shape[1]
    if not width:
        return pl.Series("time", [None], SCHEMA["time"]).new_from_index(0, len(stamps))
    digits = stamps - ord("0")

    def number(first: int, end: int) -> NDArray[Any]:
        value = digits[:, first].astype(np.int64)
        for place in range(first + 1, end):
            value = value * 10 + digits[:, place]
        return value

    day = _days(number(0, 4), number(5, 7), number(8, 10))
    second = ((day * 24 + number(11, 13)) * 60 + number(14, 16)) * 60 + number(17, 19)
    end = min(width, _MICROSECONDS)
    fraction: Any = 0
    if end > _SECONDS:
        fraction = number(_SECONDS + 1, end) * 10 ** (_MICROSECONDS - end)
    return pl.Series("time", second * 1_000_000 + fraction).cast(SCHEMA["time"])


def _days(year: NDArray[Any], month: NDArray[Any], day: NDArray[Any]) -> NDArray[Any]:
    """Return days since 1970 of dates, in years that begin with March: no month is irregular then.

    The algorithm is H. Hinnant's `days_from_civil`, for years from 0 on.
    """
    early = month < _MARCH
    year = year - early
    of_year = (153 * (month + 12 * early - _MARCH) + 2) // 5 + day - 1
    days: NDArray[Any] = 365 * year + year // 4 - year // 100 + year // 400 + of_year
    return days - _DAYS_BEFORE_1970
