r"""Captured text in Jira's wiki markup: shown, never acted upon.

Jira's renderer takes a backslash before one of `-#*_+?^~|%{}[]()!@` for "no markup": its
BackslashEscapeRendererComponent, ported in Atlassian's npm package editor-wikimarkup-transformer. For
what that does not help against there are character references, which the renderer keeps: the backslash
itself, `|` (ends a cell), the colon of a link, the eyes of a smiley, `&`, and `[~` (a mention). In
`{noformat}` nothing can be escaped: macros are taken apart there.
"""

from __future__ import annotations

import re
from typing import Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views.sanitize import sanitize, sanitize_lines

_ACTS: Final = lazy_compile(
    r"(?<=[^\W_])[-_](?=[^\W\d_])"  # within a word; before a digit it may be the key of an issue
    r"|(?<=\b\d\d)-(?=\d)|(?<=\b\d{4})-(?=\d)"  # a date
    r"|(?P<escaped>[-#*_+?^~%{}\]!@]|\[(?!~)|(?<=[:;])[()]|(?<=[:;]-)[()]"
    r"|\((?=(?:[a-z/!+?-]|on|off|\*[rgby]?|flag|flagoff)\)))"
    r"|(?P<referred>\\|\||\[(?=~)|&(?=#?\w)|:(?=//|-?[dp])|(?<=mailto):)",
    re.IGNORECASE,
)
_AUTHORED: Final = lazy_compile(r"`([^`\n]+)`")
# A word that is no word of a sentence is easier to read as code.
_TECHNICAL: Final = lazy_compile(r"[\\*_{}\[\]<>#@&|~$^!]|://|^mailto:")
_WORD: Final = lazy_compile(r"^([\"'(]*)(.*?)([\"').,;:!?]*)$", re.DOTALL)
_BLOCK: Final = lazy_compile(r"(h[1-6]|bq)\.", re.IGNORECASE)
# Jira itself looks for the end of the block only, its port for the Cloud for macros within lists, too.
_MACRO: Final = lazy_compile(
    r"\{(?=(?:noformat|code|quote|panel|color|adf|anchor|loremipsum)[:}])", re.IGNORECASE
)


def escaped(text: str) -> str:
    """Return the text as one line without markup."""
    return _ACTS.sub(_inert, sanitize(text))


def code(text: str) -> str:
    """Return the text as monospaced."""
    shown = escaped(text).strip()
    return f"{{{{{shown}}}}}" if shown else ""


def prose(text: str) -> str:
    """Return one paragraph. Words in backticks and words with signs in them are monospaced."""
    parts = _AUTHORED.split(" ".join(sanitize_lines(text).split()))
    shown = "".join(
        code(part) if index % 2 else " ".join(map(_word, part.split(" ")))
        for index, part in enumerate(parts)
    )
    return _BLOCK.sub(lambda found: f"{found[1]}&#46;", shown, 1) if _BLOCK.match(shown) else shown


def noformat(text: str) -> list[str]:
    """Return the lines of a block that nothing in the text can close."""
    shown = _MACRO.sub("{ ", sanitize_lines(text))
    return ["{noformat}", *shown.split("\n"), "{noformat}"]


def _word(word: str) -> str:
    if not _TECHNICAL.search(word):
        return escaped(word)
    found = _WORD.match(word)
    if found and found[2]:
        return f"{escaped(found[1])}{code(found[2])}{escaped(found[3])}"
    return code(word)


def _inert(found: re.Match[str]) -> str:
    if found["escaped"]:
        return f"\\{found[0]}"
    return f"&#{ord(found[0])};" if found["referred"] else found[0]
