"""What a JSON text may hold that objects of the API server do not: great depth, halves of characters."""

from __future__ import annotations

from typing import Any

from arclogs.ingest.objects.yaml.text import MAX_DEPTH
from arclogs.lazy_regex import lazy_compile

MOST_BRACKETS = MAX_DEPTH // 2
"""A text with no more of them is not deep, whatever it is a part of."""

SURROGATE = lazy_compile(r"\\u[dD][89a-fA-F]")
"""Half of a character, which may have lost the other half."""


def too_deep(value: Any, text: str) -> bool:
    """Tell whether a value nests deeper than an object may, given its text."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            child
            for holder in level
            for child in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
