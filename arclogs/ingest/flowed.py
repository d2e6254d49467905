"""Log lines that a mail program or a terminal broke at its width, put together again.

    2026-03-02T10:04:20.1142210Z ##[error]Error: failed to create job pod:
    pods "linux-k8s-7hx2q-runner-w9k4d-workflow" is forbidden: exceeded quota

A line goes on in the next one where that begins no record and its first word had no room any more. A
terminal breaks within words, so that all broken lines are of one length, and none is longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

_START: Final = lazy_compile(
    r"\d{4}-\d\d-\d\d[T ]\d|\[(?:RUNNER|WORKER|\d{4}-)|##\[|::(?:error|warning|debug)|time="
    r"|\{\"(?:severity|level|ts|time|log)\":"
    r"|[IWEF]\d{4} \d|(?:Error|Warning|error|fatal): |(?:Warning|Normal)\s{2,}[A-Z]\w+\s"
)
_NO_PROSE: Final = lazy_compile(
    r"\s|$|[#>|`~*$…√]|\.\.\.|[-*] |(?:at|Caused by|Message|Body|Headers)\b"
)
_SENTENCE_GOES_ON: Final = lazy_compile(r"[a-z\"'(]")
_NARROWEST, _WIDEST = 56, 90
_MAIL: Final = range(64, 81)
"""Widths at which mail programs break: one broken line may be enough."""
_TERMINAL: Final = range(72, 401)
_USUAL: Final = frozenset({80, 100, 120, 132, 160, 200})
"""Widths of terminals: one broken line may be enough."""


def rejoined(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return whole lines with the index of the first line of each; None where none was broken."""
    mail, terminal = _of_mail(lines), _of_terminal(lines)
    if mail is None or terminal is None:
        return mail or terminal
    # Of a terminal's all broken lines are full, which of a mail's few are.
    full = len(terminal[0]) <= len(mail[0]) < len(lines) - 1
    return terminal if full else mail


def _of_mail(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return lines that were broken between words, put together.

    None where a line goes on below though its first word had room: then nobody broke these.
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


def _of_terminal(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return lines that were broken at one width, put together; None where there are no records."""
    width = max(map(len, lines), default=0)
    if width not in _TERMINAL:
        return None
    joined: list[str] = []
    numbers: list[int] = []
    broken: list[str] = []
    in_record = False
    for index, line in enumerate(lines):
        starts = _START.match(line) is not None
        if in_record and not starts and line and len(lines[index - 1]) == width:
            joined[-1] += line
            broken.append(line)
            continue
        in_record |= starts
        joined.append(line)
        numbers.append(index)
    sure = len(broken) > 1 or (width in _USUAL and not any(map(_NO_PROSE.match, broken)))
    return (joined, numbers) if broken and sure else None
