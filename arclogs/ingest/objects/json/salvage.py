"""JSON that ends too early, as far as it goes.

{"kind":"Pod","spec":{"nodeName":"ip-10-0-12-31","contai        →  {"kind":"Pod","spec":{"nodeName":…}}
"""

from __future__ import annotations

import re

from arclogs.lazy_regex import lazy_compile

_TOKEN = lazy_compile(r'"(?:[^"\\]|\\.)*+"|["{}\[\],]', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_DEPTH = 100


def salvage_json(text: str) -> str | None:
    """Return the text up to its last whole value, with what is open closed; None for none at all."""
    stack: list[str] = []
    end, still_open = 0, ""
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in _CLOSING:
            stack.append(_CLOSING[mark])
            if len(stack) > _DEPTH:
                return None
            end, still_open = match.end(), "".join(reversed(stack))
        elif mark in ("}", "]"):
            if not stack or stack.pop() != mark:
                return None
            end, still_open = match.end(), "".join(reversed(stack))
        elif mark == ",":
            end, still_open = match.start(), "".join(reversed(stack))
        elif mark == '"':  # a string that has no end
            break
    return text[:end] + still_open if end > 1 else None
