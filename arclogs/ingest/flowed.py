"""Log lines that a mail program broke at its width, put together again.

    2026-03-02T10:04:20.1142210Z ##[error]Error: failed to create job pod:
    pods "linux-k8s-7hx2q-runner-w9k4d-workflow" is forbidden: exceeded quota

A line goes on in the next one where that begins no record and its first word had no room any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

_START: Final = lazy_compile(
    r"\d{4}-\d\d-\d\d[T ]\d|\[(?:RUNNER|WORKER|\d{4}-)|##\[|::(?:error|warning|debug)|time="
    r"|[IWEF]\d{4} \d|(?:Error|Warning|error|fatal): |(?:Warning|Normal)\s{2,}[A-Z]\w+\s"
)
_NO_PROSE: Final = lazy_compile(
    r"\s|$|[#>|`~*$…√]|\.\.\.|[-*] |(?:at|Caused by|Message|Body|Headers)\b"
)
_SENTENCE_GOES_ON: Final = lazy_compile(r"[a-z\"'(]")
_NARROWEST, _WIDEST = 56, 90
_MAIL: Final = range(64, 81)
"""Widths at which mail programs break: one broken line may be enough."""


def rejoined(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return whole lines with the index of the first line of each; None where none was broken.

    None too where a line goes on below though its first word had room: then nobody broke these.
    """
    width = max((len(line) for line in lines if " " in line.strip()), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    joined: list[str] = []
    numbers: list[int] = []
    broken: list[str] = []
    in_record = False
    for index, line in enumerate(lines):
        if in_record and not (_START.match(line) or _NO_PROSE.match(line)):
            if len(lines[index - 1]) + 1 + len(line.split(" ", 1)[0]) <= width:
                return None
            joined[-1] += f" {line}"
            broken.append(line)
            continue
        in_record = _START.match(line) is not None
        joined.append(line)
        numbers.append(index)
    sure = len(broken) > 1 or (width in _MAIL and any(map(_SENTENCE_GOES_ON.match, broken)))
    return (joined, numbers) if sure else None
