"""Templates of log lines: the same message with its numbers, ids and names masked.

Used to fold repeats and to group what no rule explains. The masks are the usual first step of log
template miners (Drain and its kin); their tree is not needed for the few thousand lines that are
left after rules and bounds.
"""

from __future__ import annotations

import re

_MASKS = (
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.I), "<uuid>"),
    (re.compile(r"\bsha256:[0-9a-f]{12,64}\b"), "<digest>"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?"), "<time>"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"), "<ip>"),
    (re.compile(r"-[bcdfghjklmnpqrstvwxz2456789]{5}(?:-runner-[a-z0-9]{5})?(?:-workflow)?\b"), "-<id>"),
    (re.compile(r"\b0x[0-9a-f]+\b|\b[0-9a-f]{16,}\b", re.I), "<hex>"),
    (re.compile(r"\d+(?:\.\d+)?"), "<n>"),
)  # fmt: skip
_LONGEST = 400


def template_of(text: str) -> str:
    """Return the first line of a message with everything that varies masked."""
    first = text.split("\n", 1)[0][:_LONGEST]
    for pattern, mask in _MASKS:
        first = pattern.sub(mask, first)
    return first.strip()
