"""Comparing versions as charts, runners and Kubernetes write them."""

from __future__ import annotations

import re
from functools import lru_cache

from arclogs.lazy_regex import lazy_compile

_NUMBERS = lazy_compile(r"\d+")


@lru_cache(maxsize=1024)
def version_key(text: str) -> tuple[int, ...]:
    """Return a sortable key of `v1.31.2`, `0.14.0-rc1`, `2.329`: the release numbers only."""
    release = re.split(r"[-+ ]", text.lstrip("v"), maxsplit=1)[0]
    numbers = tuple(int(n) for n in _NUMBERS.findall(release)[:4])
    return numbers + (0,) * (4 - len(numbers))
