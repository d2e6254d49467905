"""Lines of a block as their program wrote them: without carrier, margin and terminal escapes.

        2026-11-23T02:06:24.214553000Z √ Connected to GitHub      indented in a ticket, and stamped
    > [pod/linux-k8s-x2f7d-runner-w9k4d/runner] Exiting...        quoted, and prefixed by kubectl

What can carry a line: `carriers`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from arclogs.ingest.carriers.prefixes import carrier_of
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.line import Pods
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.ingest.carriers.prefixes import Carrier, Numbered
    from arclogs.ingest.interface import Block, Head
    from arclogs.ingest.text.line import Line

_HEAD_LINES = 200
_SNIFF_CHARS = 2048
_MARGIN = lazy_compile(r"[ \t]{1,40}|> ")


def unwrap(block: Block, book: Notebook) -> Iterator[Line]:
    """Yield the lines of a block without what carried them; what went wrong is noted in `book`."""
    stream = iter(block.numbered_lines())
    if block.head is not None:
        return _unwrapped(block.head, stream, Pods(block.origin), book)
    head = list(islice(stream, _HEAD_LINES))
    texts = [text for _, text in head]
    return _unwrapped(texts, chain(head, stream), Pods(block.origin), book)


def head_texts(head: Head) -> tuple[str, ...]:
    """Return the lines that are not blank, unwrapped, for a parser to sniff at."""
    return _head_texts(head.lines)


def confidence(hits: int, of: int, most: int = 95) -> int:
    """Return a sniffing score for `hits` of `of` lines that have a parser's format.

    Below a third the block is a mixture, which is better read line by line by the fallback.
    """
    if not of:
        return 0
    score = most * hits // of
    return score if hits * 3 >= of else min(score, 5)


@lru_cache(maxsize=2)  # every parser sniffs at the same head
def _head_texts(lines: tuple[str, ...]) -> tuple[str, ...]:
    cut = [line[:_SNIFF_CHARS] for line in lines]
    unwrapped = _unwrapped(cut, enumerate(cut), Pods({}), Notebook(""))
    return tuple(line.text for line in unwrapped if line.text and not line.text.isspace())


def _unwrapped(head: Sequence[str], lines: Numbered, pods: Pods, book: Notebook) -> Iterator[Line]:
    margin = margin_of(head)
    if not margin:
        return carrier_of(head)(lines, pods, book)
    carrier = carrier_of([_inside(margin, raw) for raw in head])
    return _within(margin, carrier, lines, pods, book)


def _within(
    margin: str, carrier: Carrier, lines: Numbered, pods: Pods, book: Notebook
) -> Iterator[Line]:
    """Lines with a margin, carried or not; `raw` keeps the margin."""
    last = (0, "")

    def inner() -> Iterator[tuple[int, str]]:
        nonlocal last
        for last in lines:
            yield last[0], _inside(margin, last[1])

    for line in carrier(inner(), pods, book):
        number, raw = last
        # A line joined from pieces is not the last that was read.
        yield line._replace(raw=raw if number == line.number else margin + line.raw)


def _inside(margin: str, raw: str) -> str:
    if raw.startswith(margin):
        return raw[len(margin) :]
    return "" if raw in ("", margin.rstrip()) else raw


def margin_of(head: Sequence[str]) -> str:
    """Return the blanks, or the quotation mark, with which every line starts."""
    worn = [line for line in head if line and not line.isspace() and line != ">"]
    match = _MARGIN.match(worn[0]) if worn else None
    margin = match[0] if match is not None else ""
    while margin and not all(line.startswith(margin) for line in worn):
        margin = margin[:-1] if margin.isspace() else ""
    return margin
