"""A chunk as lines, and what can be told of all of them at once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from arclogs.scan.lines.buffer import Buffer
from arclogs.scan.lines.likeness import PLAIN, Stops

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl
    from numpy.typing import NDArray

    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.buffer import Mask, Places
    from arclogs.scan.lines.looks import Looks

    Rows = NDArray[np.int64]

_LF: Final = 0x0A
_CR: Final = 0x0D
_BRACE: Final = ord("}")
_LONGEST_TOLD: Final = 512
"""Bytes behind the time stamp up to which lines are told to be the same."""


class Lines:
    """The lines of a chunk."""

    def __init__(self, chunk: bytes, looks: Looks) -> None:
        self.chunk = chunk
        self.shape: Shape = looks.shape
        self.buffer = Buffer(chunk)
        self.stops = self._stops(looks.core_end)
        self.ends = self.stops.at[self.stops.last]
        self.starts = np.zeros_like(self.ends)
        self.starts[1:] = self.ends[:-1] + 1
        self.plain = chunk.isascii()
        self.returns = b"\r" in chunk
        look = looks.look(self)
        self.dull: Mask = look.dull
        """Of each line whether it has the shape."""
        self.stamped: Places = look.stamped
        """Where the time stamps stand, in lines that have the shape."""
        self.text_ends: Places | None = look.text_ends

    def _stops(self, core_end: int | None) -> Stops:
        """Find the line ends, and in the same pass the bytes that end cores."""
        octets = (_LF,) if core_end is None else (_LF, core_end)
        at = self.buffer.places_of(*octets)
        last = np.flatnonzero(self.buffer.bytes[at] == _LF) if core_end else np.arange(len(at))
        if self.chunk and not self.chunk.endswith(b"\n"):
            last = np.append(last, len(at))
            at = np.append(at, len(self.chunk))
        first = np.zeros_like(last)
        first[1:] = last[:-1] + 1
        return Stops(at, first, last)

    def __len__(self) -> int:
        return len(self.starts)

    def bytes_of(self, row: int) -> bytes:
        """Return a line as it stands in the chunk, without LF."""
        return self.chunk[self.starts[row] : self.ends[row]]

    def each(self, rows: Rows) -> Iterator[bytes]:
        """Yield some lines as they stand in the chunk, without LF."""
        chunk = self.chunk
        places = zip(self.starts[rows].tolist(), self.ends[rows].tolist())
        return (chunk[start:end] for start, end in places)

    def stamp(self, row: int) -> str:
        """Return the time stamp of a line that has the shape, as text."""
        at = self.stamped[row]
        return self.chunk[at : at + self.shape.width].decode("ascii", "replace")

    def view_of(self, row: int) -> bytes:
        """Return a line as engines see it (`likeness.PLAIN`)."""
        return self.bytes_of(row).translate(PLAIN)

    def rows_of(self, offsets: Places) -> Rows:
        """Return the lines in which bytes of the chunk stand."""
        return np.searchsorted(self.starts, offsets, side="right") - 1

    def foreign(self) -> Rows:
        """Return the lines with characters that are not ASCII."""
        if self.plain:
            return np.zeros(0, dtype=np.int64)
        return _once(self.rows_of(self.buffer.places_above(0x7F)))

    def longer_than(self, limit: int) -> Rows:
        """Return the lines with more bytes than `limit`."""
        return np.flatnonzero(self.ends - self.starts > limit)

    def holding(self, text: str) -> list[int]:
        """Return the lines that hold a text."""
        return self.rows_at(re.compile(re.escape(text.encode())), text.encode())

    def rows_at(self, pattern: re.Pattern[bytes], mark: bytes) -> list[int]:
        """Return the lines in which a pattern finds something; `mark` stands in all that it finds."""
        if mark not in self.chunk:
            return []
        found = [match.start() for match in pattern.finditer(self.chunk)]
        rows: list[int] = _once(self.rows_of(np.array(found, dtype=np.int64))).tolist()
        return rows

    def digests(self, rows: Rows, *, text: bool) -> tuple[NDArray[np.uint64], Mask]:
        """Return of some lines a hash of what follows the time stamp, and which are too long for it.

        With `text` that is level, logger and text, without fields, where the format has them.
        """
        at = self.stamped[rows] + self.shape.width
        ends = self.text_ends if text and self.text_ends is not None else self.ends
        sizes = np.maximum(ends[rows] - at, 0)
        long = sizes > _LONGEST_TOLD
        return self.buffer.digests(at, np.where(long, 0, sizes)), long

    def end_with_brace(self, rows: Rows) -> Mask:
        """Tell of some lines whether a brace ends them, but for CR."""
        octets = self.buffer.bytes
        last = octets[self.ends[rows] - 1]
        if self.returns:
            last = np.where(last == _CR, octets[self.ends[rows] - 2], last)
        mask: Mask = last == _BRACE
        return mask

    @cached_property
    def texts(self) -> pl.Series:
        """Return the lines as engines see them, as a series."""
        from arclogs.scan.lines.series import texts_of

        return texts_of(self.chunk if self._untouched else self.chunk.translate(PLAIN))

    @cached_property
    def exact(self) -> pl.Series:
        """Return the lines as they stand, without the CR at their ends, as a series."""
        from arclogs.scan.lines.series import exact_of

        return self.texts if self._untouched else exact_of(self.chunk)

    @property
    def _untouched(self) -> bool:
        return self.plain and not self.returns


def _once(rows: Rows) -> Rows:
    """Return rows that are in order, each once."""
    new = np.ones(len(rows), dtype=bool)
    new[1:] = rows[1:] != rows[:-1]
    return rows[new]
