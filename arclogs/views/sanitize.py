r"""Makes captured text harmless to look at: the one place where control characters are dealt with.

Terminal escapes, bidirectional overrides, zero-width and tag characters become visible, searchable
escapes: `\x1b`, `\u202e`. Applied at every sink, to every text, whoever wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re

# Everything that a terminal, a browser or an eye does not show as what it is. TAB and LF are left to
# `sanitize`. U+FE0F (emoji presentation) is common in program output and harmless.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNSEEN: Final = lazy_compile(f"[{_UNSEEN}]")
_UNSEEN_OR_LINE_END: Final = lazy_compile(f"[\n{_UNSEEN}]")
_SHORT: Final = {"\n": "\\n", "\r": "\\r"}


def sanitize(text: str) -> str:
    """Return the text as one line in which nothing acts or hides."""
    return _UNSEEN_OR_LINE_END.sub(_escape, text)


def sanitize_lines(text: str) -> str:
    """Return the text with its line ends kept; CRLF counts as one."""
    return UNSEEN.sub(_escape, text.replace("\r\n", "\n"))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
