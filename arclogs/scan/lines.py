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
        view = chunk if plain and b"\r" not in chunk else chunk.translate(_PRINTABLE)
        text = view.decode("ascii")
        whole = text[:-1] if text.endswith("\n") else text
        self.texts = _split(whole)
        self.starts = _starts(self.texts)
        self._plain = plain
        self._end = len(chunk) - chunk.endswith(b"\n")
        self._fits: dict[str, pl.Series] = {}

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def exact(self) -> pl.Series:
        """Return the lines as they stand, without the CR at their ends."""
        if self._plain and b"\r" not in self.chunk:
            return self.texts
        text = self.chunk.replace(b"\r\n", b"\n").decode("utf-8", "replace")
        whole = text.removesuffix("\n") if self.chunk.endswith(b"\n") else text.removesuffix("\r")
        return _split(whole)

    def fits(self, pattern: str) -> pl.Series:
        """Return of each line whether a pattern finds something in it."""
        known = self._fits.get(pattern)
        if known is None:
            known = self._fits[pattern] = self.texts.str.contains(pattern, literal=False)
        return known

    def matching(self, pattern: str) -> list[int]:
        """Return the lines in which a pattern finds something."""
        return _rows(self.fits(pattern))

    def odd(self, pattern: str) -> list[int]:
        """Return the lines in which a pattern finds nothing."""
        return _rows(~self.fits(pattern))

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
    def _places(self) -> list[int]:
        return self.starts.to_list()


def _rows(mask: pl.Series) -> list[int]:
    return mask.arg_true().to_list()


def _split(text: str) -> pl.Series:
    return pl.Series([text]).str.split("\n").explode()


def _starts(texts: pl.Series) -> pl.Series:
    sizes = texts.str.len_bytes().cast(pl.Int64) + 1
    return sizes.cum_sum() - sizes
