"""Where people left something out of YAML that they paste.

metadata: {...}
spec:
  ...
  serviceAccountName: default
<snip>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ELIDED = "# elided"
"""Stands in for what was left out: an object that holds it is not complete."""

_DOTS = r"(?:\.{3,}|…)"
_WORDS = r"(?:snip(?:ped|pet)?|truncated|omitted|cut|removed|shortened)"
_LINE = lazy_compile(
    rf"(\s*)(?:- )?(?:#\s*)?(?:{_DOTS}|[<\[({{]\s*(?:{_DOTS}|{_WORDS})\s*[>\])}}]|[-=~]{{2,}}\s*{_WORDS}"
    r"\s*[-=~]{2,})\s*$",
    re.IGNORECASE,
)
_VALUE = lazy_compile(
    rf"(\s*)[\w./\"'-]+:\s+(?:{_DOTS}|[<\[({{]\s*(?:{_DOTS}|{_WORDS})\s*[>\])}}])\s*$",
    re.IGNORECASE,
)
_LONGEST = 400
_ENDS = (".", "…", ">", ")", "]", "}", "-", "=", "~")


def marked(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, those that say "something was here" as comments, which YAML skips."""
    for line in lines:
        if line.endswith(_ENDS) and len(line) < _LONGEST:
            whole = _LINE.match(line)
            if whole is not None:
                yield f"{whole[1]}{ELIDED}"
                continue
            value = _VALUE.match(line)
            if value is not None:
                yield f"{value[1]}{ELIDED}"
                continue
        yield line
