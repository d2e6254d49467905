"""Where people left something out of YAML that they paste.

metadata: {...}
spec:
  ...
  serviceAccountName: default
<snip>
"""

from __future__ import annotations

import re

from arclogs.lazy_regex import lazy_compile

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
_STEMS = ("snip", "truncated", "omitted", "cut", "removed", "shortened")
_SAID = lazy_compile(rf"[<\[({{=~-]\s*{_WORDS}\s*[>\])}}=~-]")
_LONGEST = 400
_ENDS = (".", "…", ">", ")", "]", "}", "-", "=", "~")


def marked(line: str) -> str:
    """Return a line that says "something was here" as a comment, which YAML skips."""
    if line.endswith(_ENDS) and len(line) < _LONGEST:
        whole = _LINE.match(line)
        if whole is not None:
            return f"{whole[1]}{ELIDED}"
        value = _VALUE.match(line)
        if value is not None:
            return f"{value[1]}{ELIDED}"
    return line


def may_be_marked(text: str) -> bool:
    """Tell cheaply whether any line of a text may say so; most objects have none of the words."""
    if "..." in text or "…" in text:
        return True
    words = text.lower()
    return any(word in words for word in _STEMS) and _SAID.search(words) is not None
