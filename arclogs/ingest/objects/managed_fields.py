"""Objects without who set which of their fields: a third of a dump, which nobody here asks for.

    metadata:
      managedFields:                 kubectl leaves it out since 1.21, API servers and must-gather
      - apiVersion: v1               do not
        fieldsV1:
          f:metadata:
      name: default

It is left out of the text, where what it is can be told from the lines: parsing it takes longer.
"""

from __future__ import annotations

import re
from functools import lru_cache


def without_managed_fields(text: str, column: int) -> str:
    """Return the YAML of an object whose keys stand at `column`, as the API server lays it out.

    Text in which that key may stand for anything else is returned as it is.
    """
    found = managed_fields(text, column)
    return text if found is None else text[: found[0]] + text[found[1] :]


def managed_fields(text: str, column: int) -> tuple[int, int] | None:
    """Return where in the YAML of an object they begin, with a line end, and where they end."""
    margin = " " * column
    at = text.find(f"\n{margin}  managedFields:\n")
    if at < 0:
        return None
    owner = f"\n{margin}metadata:\n"
    above = text.rfind(owner, 0, at + 1)
    between = text[above + len(owner) - 1 : at]
    if above < 0 or between.count("\n") != between.count(f"\n{margin} "):
        return None
    following = _next_key(column + 2).search(text, at + 1)
    end = following.start() if following is not None else len(text)
    if not between and not text.startswith(f"\n{margin}  ", end):
        return None  # without it, nothing would be left of the metadata
    return at, end


@lru_cache(maxsize=32)
def _next_key(column: int) -> re.Pattern[str]:
    """Return what finds the next line that is no part of a list whose dashes stand at a column."""
    return re.compile(rf"\n(?: {{0,{column}}}[^ \n-]| {{0,{max(0, column - 1)}}}-)")
