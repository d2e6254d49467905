"""Log lines that were copied out of a page or a cell and came as one, taken apart.

    2026-03-02T10:04:20Z INFO EphemeralRunner Removing … {"x":1} 2026-03-02T10:04:21Z INFO Ephemeral…

Only before what begins a line of one of ARC's logs, level and all, and only in a line that begins so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEGINS: Final = (
    r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\s+(?:DEBUG|INFO|WARN|ERROR)\s"
    r"|\[(?:RUNNER|WORKER) \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ (?:INFO|WARN|ERR ) "
    r"|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d Application returned an error: "
    r"|\{\"severity\":\"[a-z]{1,8}\",\"ts\":\")"
)
_FIRST: Final = lazy_compile(_BEGINS)
_NEXT: Final = lazy_compile(rf"(?<=\S)\s+(?={_BEGINS})")


def apart(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return each line of a log with the index of the line it stood in; None where all stand alone."""
    if not any(_FIRST.match(line) and _NEXT.search(line) for line in lines):
        return None
    found: list[str] = []
    numbers: list[int] = []
    for index, line in enumerate(lines):
        pieces = _NEXT.split(line) if _FIRST.match(line) else [line]
        found += pieces
        numbers += [index] * len(pieces)
    return found, numbers
