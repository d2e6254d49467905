"""What k9s shows of an object, copied off the screen: the frame taken off, broken lines made whole.

    │ Events:                                                              │
    │   Type     Reason            Age   From               Message        │
    │   Warning  FailedScheduling  83s   default-scheduler  0/9 nodes are  │
    │ available: 8 Insufficient cpu.                                       │

k9s breaks a long line at the frame, within a word, and begins the rest at the left edge. Logs keep
their frame: its title tells the pod, and `carriers` takes it off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME: Final = "\N{BOX DRAWINGS LIGHT VERTICAL}"
_FRAMED: Final = lazy_compile(rf"\s*{FRAME} ?(.*?)\s*{FRAME}\s*$")
_OF_OBJECTS: Final = lazy_compile(
    r"  Type\s+Reason\s+Age|Events:\s*$|Name:\s{2,}\S|(?:apiVersion|kind|metadata|spec|status):"
    r"|NAMESPACE\s|NAME\s{2,}|LAST SEEN\s"
)
_FEWEST: Final = 3


def unboxed(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines, those of an object without the frame around them; as many as before.

    The rest of a broken line is put behind its beginning and leaves an empty line.
    """
    if not any(line.lstrip()[:1] == FRAME for line in lines):
        return lines
    found: list[str] | None = None
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _FRAMED.match(lines[end]):
            end += 1
        inner = [_FRAMED.sub(r"\1", line) for line in lines[at:end]]
        if end - at >= _FEWEST and any(map(_OF_OBJECTS.match, inner)):
            found = list(lines) if found is None else found
            found[at:end] = _whole(inner, lines[at:end])
        at = max(end, at + 1)
    return lines if found is None else found


def _whole(inner: list[str], framed: Sequence[str]) -> list[str]:
    """Return lines of which each that fills its frame goes on with the next one."""
    whole: list[str] = []
    target = 0
    for index, text in enumerate(inner):
        if index and _is_full(framed[index - 1]) and text[:1] not in ("", " "):
            whole[target] += text
            whole.append("")
        else:
            target = index
            whole.append(text)
    return whole


def _is_full(framed: str) -> bool:
    """Tell a line whose text comes up to the frame; one blank is the frame's own."""
    return not framed.rstrip()[:-1].endswith("  ")
