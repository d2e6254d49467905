"""How deep the values of a JSON text nest: objects of the API server do so to some 20 levels."""

from __future__ import annotations

from typing import Any

from arclogs.ingest.objects.yaml_text import MAX_DEPTH

MOST_BRACKETS = MAX_DEPTH // 2
"""A text with no more of them is not deep, whatever it is a part of."""


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
