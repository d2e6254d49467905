"""Runs of lines that a parser could not read, said once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.interface import Unparsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Item


def passages(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, of unreadable lines that follow each other only the first."""
    last: Unparsed | None = None
    for item in items:
        if not isinstance(item, Unparsed):
            last = None
            yield item
            continue
        here = item.location
        follows = last is not None and last.reason == item.reason
        if not (follows and last is not None and here.line == last.location.line + 1):
            yield item
        last = item
