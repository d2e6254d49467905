"""Which lines of a ticket's running text may repeat what a program said.

    The pod ends at once with "Runner version v2.330.0 is deprecated and cannot receive messages."
    The controller logs: failed to find GitHub config secret: secrets "arc-secret" not found

The words around it are the writer's own: they make no record by themselves, but are read along.
"""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile

_LOOKED_AT: Final = 2000
"""Characters of a line that are looked at."""
_LOG_LIKE: Final = lazy_compile(
    r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|##\[|\b[A-Z]\w+(?:Error|Exception|BackOff)\b"
    r"|\b(?:[Ee]rror|ERROR|[Ff]atal|FATAL|panic|[Ww]arning|WARN|forbidden)(?: ?[:=]|\])"
)
# What programs say without such a word. A heading has it as well, and is the writer's.
_HEADING: Final = lazy_compile(r"\s{0,3}(?:#|h\d\. )")
_SAID: Final = lazy_compile(
    r"\b(?:[Ff]ailed to|[Uu]nable to|cannot|denied|not found|no such|timed out|connection refused"
    r"|forbidden|was rejected|is deprecated|is unhealthy|listener exit|has been deleted)\b"
)


def may_quote(line: str) -> bool:
    """Tell whether a line of running text may hold the words of a program."""
    shown = line[:_LOOKED_AT]
    if _LOG_LIKE.search(shown) is not None:
        return True
    return _SAID.search(shown) is not None and _HEADING.match(shown) is None
