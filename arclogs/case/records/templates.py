"""Templates of log lines: the same message with its numbers, ids and names masked.

Used to fold repeats and to group what no rule explains. The masks are the usual first step of log
template miners (Drain and its kin); their tree is not needed for the few thousand lines that are
left after rules and bounds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re

_MASKS: Final = {
    "uuid": r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b",
    "digest": r"\bsha256:[0-9a-f]{12,64}\b",
    "time": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?",
    "ip": r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b",
    # what Kubernetes and ARC append to names: of a replica set, a runner, a pod
    "id": r"-(?:[0-9a-f]{8,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}"
    r"(?:-(?:runner-[a-z0-9]{5}|listener))?(?:-workflow)?\b",
    "hex": r"\b0x[0-9a-fA-F]+\b|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,}\b|\b[0-9a-fA-F]{16,}\b",
    "duration": r"\b(?:\d+(?:\.\d+)?(?:ns|µs|us|ms|s|m|h))+\b",
    "n": r"\d+(?:\.\d+)?",
}
_VARIES: Final = lazy_compile("|".join(f"(?P<{name}>{mask})" for name, mask in _MASKS.items()))
_LONGEST: Final = 400


def template_of(text: str) -> str:
    """Return the first line of a message with everything that varies masked."""
    return _masked_line(text.split("\n", 1)[0][:_LONGEST])


@lru_cache(maxsize=4096)
def _masked_line(line: str) -> str:
    return _VARIES.sub(_masked, line).strip()


def _masked(found: re.Match[str]) -> str:
    return f"-<{found.lastgroup}>" if found.lastgroup == "id" else f"<{found.lastgroup}>"
