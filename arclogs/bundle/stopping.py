"""Ending the reading of a bundle before its end, in the middle of a member if need be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from arclogs.bundle.member import Member
from arclogs.model.coverage import Code, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.bundle.bundle import Bundle


def until_stopped(bundle: Bundle, stopped: Callable[[], bool]) -> Iterator[Member | Note]:
    """Yield what a bundle yields until `stopped` says so, then a note of what was left out."""
    last = ""
    for found in bundle:
        if isinstance(found, Member):
            last = found.name
            yield replace(found, chunks=_pieces(found.chunks, stopped))
        else:
            yield found
        if stopped():
            where = f"in {last}" if last else "before the first file"
            detail = f"reading was stopped {where}; nothing after it was read"
            yield Note(bundle.name, Code.READ_STOPPED, detail)
            return


def _pieces(chunks: Iterator[bytes], stopped: Callable[[], bool]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        if stopped():
            return
