"""A chunk as lines on which polars works."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.shapes import Shape

_PRINTABLE = bytes(0x20 if byte == 0x0D else byte if byte < 0x80 else 0x01 for byte in range(256))
"""CR becomes a blank, so that lines keep their length; what is not ASCII becomes a control character."""


class Lines:
    """The lines of a chunk, and what can be told of all of them at once."""

    def __init__(self, chunk: bytes) -> None:
        self.chunk = chunk
        plain = chunk.isascii()
        returns = b"\r" in chunk
        self.texts = _split(chunk.translate(_PRINTABLE) if returns or not plain else chunk)
        self._plain = plain
        self._end = len(chunk) - chunk.endswith(b"\n")
        self._returns = returns
        self._dull: pl.Series | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def dull(self, shape: Shape) -> pl.Series:
        """Return of each line whether it has the shape."""
        if self._dull is None:
            dull = self.texts.str.contains(shape.dull, literal=False)
            if shape.layout.opens:
                ends = self.texts.str.strip_chars_end(" ") if self._returns else self.texts
                opens = self.texts.str.contains(shape.layout.opens, literal=True)
                dull &= ends.str.ends_with("}") | ~opens
            self._dull = dull
        return self._dull

    def matching(self, pattern: str) -> list[int]:
        """Return the lines in which a pattern finds something."""
        return _rows(self.texts.str.contains(pattern, literal=False))

    def odd(self, shape: Shape) -> list[int]:
        """Return the lines that do not have the shape."""
        return _rows(~self.dull(shape))

    def holding(self, text: str) -> list[int]:
        """Return the lines that hold a text."""
        if text.encode() not in self.chunk:
            return []
        return _rows(self.texts.str.contains(text, literal=True))

    def holding_twice(self, key: str) -> list[int]:
        """Return the lines that hold a text more than once."""
        return _rows(self.texts.str.contains(f"{re.escape(key)}.*{re.escape(key)}"))

    def first_without(self, key: str, known: Sequence[str]) -> int | None:
        """Return the first line that holds `key` and none of `known`."""
        new = self.texts.str.contains(key, literal=True)
        if known:
            new = new & ~self.texts.str.contains_any(list(known))
        return new.arg_max() if new.any() else None

    def extract(self, rows: Sequence[int], pattern: str) -> list[str | None]:
        """Return of some lines what the one group of a pattern holds."""
        return self.texts.gather(rows).str.extract(pattern, 1).to_list()

    def behind(self, rows: Sequence[int], shape: Shape) -> list[str]:
        """Return of some lines what follows their time stamp."""
        return self.texts.gather(rows).str.slice(shape.offset + shape.width).to_list()

    def foreign(self) -> list[int]:
        """Return the lines with characters that are not ASCII."""
        return [] if self._plain else self.matching("[\x01-\x06]")

    def longer_than(self, limit: int) -> list[int]:
        """Return the lines with more bytes than `limit`."""
        return _rows(self.texts.str.len_bytes() > limit)

    def rows_at(self, pattern: re.Pattern[bytes]) -> list[int]:
        """Return the lines in which a pattern finds something in the bytes."""
        if b"\r" not in self.chunk:
            return []
        found = pl.Series([m.start() for m in pattern.finditer(self.chunk)], dtype=pl.Int64)
        return (self.starts.search_sorted(found, side="right") - 1).to_list() if len(found) else []

    def stamps(self, shape: Shape) -> pl.Series:
        """Return the time stamps of the lines as text, as far as they have the shape."""
        at = self.texts.str.slice(shape.offset, shape.width)
        if shape.layout.later is None:
            return at
        beginning, offset = shape.layout.later
        column = pl.col("line")
        frame = self.texts.alias("line").to_frame()
        carried = shape.carried
        other = column.str.slice(carried, len(beginning)) == beginning
        return frame.select(
            pl.when(other)
            .then(column.str.slice(carried + offset, shape.width))
            .otherwise(column.str.slice(shape.offset, shape.width))
            .alias("at")
        )["at"]

    def bytes_of(self, row: int) -> bytes:
        """Return a line as it stands in the chunk, without LF."""
        start = self._places[row]
        end = self._places[row + 1] - 1 if row + 1 < len(self._places) else self._end
        return self.chunk[start:end]

    @cached_property
    def starts(self) -> pl.Series:
        """Return where in the chunk each line begins."""
        sizes = self.texts.str.len_bytes().cast(pl.Int64) + 1
        return sizes.cum_sum() - sizes

    @cached_property
    def _places(self) -> list[int]:
        return self.starts.to_list()


def _rows(mask: pl.Series) -> list[int]:
    return mask.arg_true().to_list()


def _split(chunk: bytes) -> pl.Series:
    if hasattr(pl, "read_lines"):  # since polars 1.36, and twice as fast
        return pl.read_lines(chunk)["line"]
    return pl.Series([chunk.removesuffix(b"\n").decode("ascii")]).str.split("\n").explode()
