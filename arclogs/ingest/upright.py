"""Logs that a log store showed with the newest line first, turned.

2026-03-02T10:04:20.1211108Z ##[error]Executing the custom container implementation failed.
2026-03-02T10:04:20.1203391Z ##[error]Process completed with exit code 1.
2026-03-02T10:04:19.9020441Z ##[group]Run '/home/runner/k8s/index.js'
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

_STAMP: Final = lazy_compile(
    r"(?:\[(?:[A-Z]+ )?|time=\"?|\{\"severity\":\"[a-z]+\",\"ts\":\")?"
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?)"
)
_FEWEST: Final = 3


def upright(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return the lines, the oldest first, with the index of each; None for any other order.

    None for an export with a header, too, which is not turned: its parser knows the order.
    """
    if not lines or not _STAMP.match(lines[0]):
        return None
    found = [match[1] for line in lines if (match := _STAMP.match(line)) is not None]
    if len(found) < _FEWEST or found[0] <= found[-1] or len({*map(len, found)}) > 1:
        return None
    if any(before < after for before, after in pairwise(found)):
        return None
    return [*reversed(lines)], list(range(len(lines) - 1, -1, -1))
