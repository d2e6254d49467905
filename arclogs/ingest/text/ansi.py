r"""Terminal control sequences out of log text.

    \x1b[36;1mnpm ci\x1b[0m
    \x1b]8;;https://example.com\x07link\x1b]8;;\x07
    \x9b31mred\x9b0m

Sequence forms: ECMA-48 (CSI, and the OSC, DCS, SOS, PM, APC strings), 7-bit and 8-bit introducers.
"""

from __future__ import annotations

import re

from arclogs.lazy_regex import lazy_compile

_SEQUENCE = lazy_compile(
    r"""
      (?:\x1b\[|\x9b) [0-?]* [ -/]* [@-~]?          # CSI 36;1 m
    | (?:\x1b\]|\x9d) [^\x07\x1b\x9c]* (?:\x07|\x1b\\|\x9c)?         # OSC 8;;url BEL
    | (?:\x1b[PX^_]|[\x90\x98\x9e\x9f]) [^\x1b\x9c]* (?:\x1b\\|\x9c)?  # DCS, SOS, PM, APC … ST
    | \x1b [ -/]* [0-~]?                            # ESC ( B, ESC c, a lone ESC
    """,
    re.VERBOSE,
)
_INTRODUCER = lazy_compile("[\x90\x98\x9b\x9d-\x9f]")  # 8-bit forms; ESC is looked for first


def strip_ansi(text: str) -> str:
    """Return `text` without terminal control sequences; what they enclose (a link's text) stays.

    An unterminated OSC or DCS string swallows the rest of the line, as it does on a terminal.
    """
    if "\x1b" not in text and (text.isascii() or _INTRODUCER.search(text) is None):
        return text
    return _SEQUENCE.sub("", text)
