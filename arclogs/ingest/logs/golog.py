"""Lines of Go's log package and of klog, which any Go program mixes into its own log.

    2025/08/07 08:02:43 Application returned an error: failed to create session
    2026/05/04 10:07:22 [ERR] GET https://api.github.com/x request failed: EOF
    E0808 15:47:17.668000       1 event.go:280] Server rejected event

Sources: log/log.go, k8s.io/klog/v2 (no year, no zone), hashicorp/go-retryablehttp client.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.logs.assemble import Draft
from arclogs.ingest.text.levels import level_by_word, level_of
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.ingest.logs.assemble import Notebook
    from arclogs.ingest.text.line import Line

_STD = lazy_compile(
    r"(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) (?:\[([A-Z]{3,5})\] )?(.*)", re.S
)
_KLOG = lazy_compile(
    r"""
    ([IWEF])\d{4}[ ]\d\d:\d\d:\d\d\.\d{6}   # I0121 19:44:45.360355
    \s+\d+[ ]([^\s\]]{1,200}:\d+)\][ ]?     # 1 leaderelection.go:248]
    (.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_KLOG_LEVELS = {"I": Level.INFO, "W": Level.WARNING, "E": Level.ERROR, "F": Level.ERROR}
_FATAL = ("Application returned an error: ", "Failed to read config: ")  # cmd/ghalistener


def read_golog(
    line: Line, source: Source, book: Notebook, fields: Mapping[str, str] | None = None
) -> Draft | None:
    """Return the draft of a line in one of the two forms, or None.

    A klog line has no year: its time is left to the carrier, and that is noted.
    """
    text = line.text
    match = _STD.match(text)
    if match is not None:
        stamp, word, message = match.groups()
        level = level_of(word) if word else level_by_word(message)
        if message.startswith(_FATAL):
            source, level = Source.LISTENER, Level.ERROR
        time = parse_timestamp(stamp)
        return Draft(line, source, message, time or line.timestamp, level, None, fields)
    match = _KLOG.match(text)
    if match is None:
        return None
    if line.timestamp is None:
        book.once(Code.TIME_NO_YEAR, f"klog prints no year (line {line.number}), time left open")
    letter, place, message = match.groups()
    return Draft(line, source, message, line.timestamp, _KLOG_LEVELS[letter], place, fields)


def is_golog(text: str) -> bool:
    """Tell whether a line has one of the two forms."""
    first = text[:1]
    return (first.isdigit() and _STD.match(text) is not None) or (
        first in "IWEF" and _KLOG.match(text) is not None
    )
