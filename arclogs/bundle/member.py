"""One file of the bundle, as a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class Member(Struct, frozen=True):
    """One file of the bundle.

    `chunks` can be read once, and only until the next member is asked for: what is not read by then
    is skipped. The bytes are decompressed and limited, never written to disk.
    """

    name: str
    """Path inside the bundle, `/` between parts, control characters escaped. Members of a nested
    archive are named `outer.tgz!/inner.log`."""
    size: int | None
    """Declared size in bytes; None where the container does not tell. Not to be relied upon."""
    modified: datetime | None
    """Modification time by the container, UTC."""
    chunks: Iterator[bytes]
