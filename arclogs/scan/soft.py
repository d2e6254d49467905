"""Lines of a job log that differ from dull ones in nothing but colours and characters.

All are looked at as one text: there may be thousands in a chunk.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.engines.interface import Engine
    from arclogs.scan.lines.lines import Lines, Rows

_RETURNS: Final = lazy_compile(r"\r+$", re.MULTILINE)
_COLOURS: Final = lazy_compile(r"\x1b\[[0-9;]*m")
_FIRST: Final = lazy_compile(r"[^\W_]|[!-/:-@\[-`{-~\u2190-\u2bff]")
"""What a dull text may begin with."""
_SPOILS: Final = "\x1b\r\x90\x98\x9b\x9d\x9e\x9f"
"""What may be more than a character to a terminal, or to the parser."""


def soft(lines: Lines, rows: Rows, start: int, engine: Engine) -> Rows:
    """Return the lines whose text, which begins after `start` bytes, is dull without its colours."""
    rows, texts = _texts(lines, rows, start)
    clean = _clean(texts)
    found = engine.finds([texts[index] for index in clean]) if clean else ()
    dull: Rows = rows[[index for index, hit in zip(clean, found) if not hit]]
    return dull


def _texts(lines: Lines, rows: Rows, start: int) -> tuple[Rows, list[str]]:
    """Return the lines that are text, and their texts without colours."""
    chunk = lines.chunk
    places = zip((lines.starts[rows] + start).tolist(), lines.ends[rows].tolist())
    pieces = [chunk[begin:end] for begin, end in places]
    try:
        whole = b"\n".join(pieces).decode()
    except UnicodeDecodeError:
        good = [index for index, piece in enumerate(pieces) if _is_text(piece)]
        rows, whole = rows[good], b"\n".join(pieces[index] for index in good).decode()
    if "\r" in whole:
        whole = _RETURNS.sub("", whole)
    if "\x1b" in whole:
        whole = _COLOURS.sub("", whole)
    return rows, whole.split("\n") if len(rows) else []


def _is_text(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def _clean(texts: Sequence[str]) -> list[int]:
    """Return which texts begin like a dull one and hold nothing that spoils it."""
    begins = {first for first in {text[:1] for text in texts} if _FIRST.match(first)}
    whole = "\n".join(texts)
    spoilt = [character for character in _SPOILS if character in whole]
    clean = [index for index, text in enumerate(texts) if text[:1] in begins]
    if not spoilt:
        return clean
    return [index for index in clean if not any(c in texts[index] for c in spoilt)]
