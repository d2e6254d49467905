"""Log lines that a mail program or a terminal broke at its width, put together again.

    2026-03-02T10:04:20.1142210Z ##[error]Error: failed to create job pod:
    pods "linux-k8s-7hx2q-runner-w9k4d-workflow" is forbidden: exceeded quota

A line goes on in the next one where that begins no record and its first word had no room any more. A
terminal breaks within words, so that all broken lines are of one length, and none is longer. An object
of JSON that is not closed goes on wherever it was broken: what a page showed is cut anywhere. Of a log
on k9s' screen a line goes on in the next one where it comes up to the frame.
"""

from __future__ import annotations

import json
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
_FRAMED: Final = lazy_compile(r"[│┃] ?(.*?) ?[│┃]\s*$")
_FRAME: Final = frozenset("│┃")
_TRACE: Final = lazy_compile(r"\s|[\w.%*/-]+\.[\w.()*\[\]{}-]+\(|[\w.@/-]+\.go:\d+$")
"""Frames of a stack trace: what stands above such a line was cut off, and does not go on in it."""
_USUAL: Final = frozenset({80, 100, 120, 132, 160, 200})
"""Widths of terminals: one broken line may be enough."""
_MOST_PIECES: Final = 6
"""Lines that one object of JSON may be broken into."""


def rejoined(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return whole lines with the index of the first line of each; None where none was broken."""
    if any(line[:1] in _FRAME for line in lines):
        return _of_frame(lines)
    objects = _of_json(lines)
    if objects is not None:
        return objects
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
    in_record = False
    broken: list[int] = []
    for index, line in enumerate(lines):
        starts = _START.match(line) is not None
        if in_record and not starts and not _NO_PROSE.match(line):
            if len(lines[index - 1]) + 1 + len(line.split(" ", 1)[0]) <= width:
                return None
            broken.append(index)
        else:
            in_record = starts
    goes_on = any(_SENTENCE_GOES_ON.match(lines[index]) for index in broken)
    sure = len(broken) > 1 or (width in _MAIL and goes_on)
    return _joined(lines, broken, " ") if sure else None


def _of_terminal(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return lines that were broken at one width, put together; None where there are no records."""
    width = max(map(len, lines), default=0)
    first = next((at for at, line in enumerate(lines) if _START.match(line)), len(lines))
    if width not in _TERMINAL:
        return None
    broken = [
        index
        for index in range(first + 1, len(lines))
        if len(lines[index - 1]) == width and lines[index] and not _START.match(lines[index])
    ]
    prose = not any(_NO_PROSE.match(lines[index]) for index in broken)
    sure = len(broken) > 1 or (broken and width in _USUAL and prose)
    return _joined(lines, broken, "") if sure else None


def _of_json(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return the lines, objects of JSON that were broken put together; None where there are none."""
    broken: list[int] = []
    for index, line in enumerate(lines):
        if line.startswith('{"') and not line.rstrip().endswith("}"):
            broken += _rest_of_object(lines, index)
    return _joined(lines, broken, "") if broken else None


def _rest_of_object(lines: Sequence[str], first: int) -> list[int]:
    """Return the lines below that close an object of JSON, none where they do not."""
    text = lines[first]
    for index in range(first + 1, min(first + _MOST_PIECES, len(lines))):
        if _START.match(lines[index]):
            return []
        text += lines[index]
        if text.rstrip().endswith("}") and _is_json(text):
            return list(range(first + 1, index + 1))
    return []


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _of_frame(lines: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """Return lines that were broken inside of a frame, put together and in their frame again."""
    inner = [match[1] if (match := _FRAMED.match(line)) else None for line in lines]
    width = max((len(text) for text in inner if text is not None), default=0)
    in_record = False
    broken: list[int] = []
    for index, text in enumerate(inner):
        above = inner[index - 1] if index else None
        if text is not None and _START.match(text):
            in_record = True
        elif text is None or above is None or len(above.rstrip()) < width - 1:
            in_record = False
        elif in_record and text.strip() and not _TRACE.match(text):
            broken.append(index)
        else:
            in_record = False
    if width not in _TERMINAL or not broken:
        return None
    bare = [line if text is None else text for line, text in zip(lines, inner)]
    joined, numbers = _joined(bare, broken, "")
    return [
        text if inner[index] is None else f"│ {text.rstrip()} │"
        for text, index in zip(joined, numbers)
    ], numbers


def _joined(lines: Sequence[str], broken: Sequence[int], by: str) -> tuple[list[str], list[int]]:
    """Return the lines, those that go on from the ones above them put behind these."""
    joined: list[str] = []
    numbers: list[int] = []
    rests = set(broken)
    for index, line in enumerate(lines):
        if index in rests:
            joined[-1] += by + line
        else:
            joined.append(line)
            numbers.append(index)
    return joined, numbers
