"""A bundle that was read to be looked at: its case, and how far it was covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle import Bundle, Limits
from arclogs.case.case import Case, build_case
from arclogs.case.gather import Gathered, gather
from arclogs.model.record import Record, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import BinaryIO


class Opened(Struct, frozen=True):
    """A bundle, read and understood, not judged."""

    bundle: Bundle
    gathered: Gathered
    case: Case


def open_case(
    sources: Sequence[Path | BinaryIO],
    on_bytes: Callable[[int, int | None], None] | None = None,
    limits: Limits | None = None,
) -> Opened:
    """Read bundles; raise UsageError for a source that is not there."""
    bundle = Bundle(sources, limits or Limits(), on_bytes)
    gathered = gather(bundle, _hooks)
    return Opened(bundle, gathered, build_case(gathered.evidence))


def _hooks(records: Sequence[Record]) -> list[bool]:
    """Keep what tells the environment: the container mode follows from the hook's path."""
    return [record.source is Source.HOOK for record in records]
