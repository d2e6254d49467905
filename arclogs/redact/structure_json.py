r"""Values of Secrets in JSON, in one line or many, also written as a string inside of JSON.

{"apiVersion":"v1","data":{"github_token":"Z2hwX3g4MS…"},"kind":"Secret"}
{\"data\":{\"github_token\":\"Z2hwX3g4MS…\"},\"kind\":\"Secret\"}
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import MASKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.redact.views import Range

_KIND = lazy_compile(r"kind(\\*)\"\s{0,8}:\s{0,8}\1\"Secret(List)?\1\"")
_FURTHEST: Final = 2 * 1024 * 1024
_MOST_WORK: Final = 16 * 1024 * 1024
_BRACE = lazy_compile(r"[{}]")


def json_values(text: str) -> Iterator[list[Range]]:
    """Yield the place of each value."""
    budget = _MOST_WORK + 4 * len(text)
    for kind in _KIND.finditer(text):
        if budget < 0:
            return
        start, end = _object_around(text, kind.start())
        budget -= end - start
        quote = re.escape(kind[1]) + '"'
        yield from _values(text, start, end, quote, anywhere=bool(kind[2]))


def _object_around(text: str, at: int) -> tuple[int, int]:
    """Return the object that an offset lies in; braces in its strings come in pairs."""
    depth, start = 0, at
    limit = max(0, at - _FURTHEST)
    while depth >= 0:
        opening, closing = text.rfind("{", limit, start), text.rfind("}", limit, start)
        if opening < 0:
            start = limit
            break
        depth += 1 if closing > opening else -1
        start = max(opening, closing)
    depth = 0
    for brace in _BRACE.finditer(text, at, at + _FURTHEST):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return start, brace.start()
    return start, min(len(text), at + _FURTHEST)


def _values(
    text: str, start: int, end: int, quote: str, *, anywhere: bool
) -> Iterator[list[Range]]:
    key_or_brace = re.compile(rf"(?<!\\){quote}(?:data|stringData){quote}\s*:\s*\{{|[{{}}]")
    entry = re.compile(
        rf"(?<!\\){quote}[^\"\\\n]*{quote}\s*:\s*{quote}(?!{MASKED}{quote})(.+?)(?<!\\){quote}"
    )
    depth = 0
    for opened in key_or_brace.finditer(text, start, end):
        if opened[0] != "}" and len(opened[0]) > 1 and (anywhere or depth == 1):
            closed = text.find("}", opened.end(), end)
            for found in entry.finditer(text, opened.end(), end if closed < 0 else closed):
                yield [found.span(1)]
        depth += -1 if opened[0] == "}" else 1
