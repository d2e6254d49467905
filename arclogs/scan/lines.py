"""A chunk as lines on which polars works."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.shapes import Shape

_PRINTABLE = bytes(0x20 if byte == 0x0D else byte if byte < 0x80 else 0x01 for byte in range(256))
"""CR becomes a blank, so that lines keep their length; what is not ASCII becomes a control character."""
_LINE: Final = pl.col("line")
_FEW: Final = 64
"""Places fewer than which are found one by one."""


class Lines:
    """The lines of a chunk, and what can be told of all of them at once."""

    def __init__(self, chunk: bytes, shape: Shape) -> None:
        self.chunk = chunk
        self._plain = chunk.isascii()
        returns = b"\r" in chunk
        view = chunk.translate(_PRINTABLE) if returns or not self._plain else chunk
        # One query: many small ones cost more than what they ask.
        frame = (
            _split(view)
            .select(
                _LINE,
                _LINE.str.len_bytes().cast(pl.Int64).alias("size"),
                _is_dull(shape, returns=returns).alias("dull"),
                _stamp(shape).alias("stamp"),
            )
            .collect()
        )
        self.texts = frame["line"]
        self.dull = frame["dull"]
        """Of each line whether it has the shape."""
        self.stamps = frame["stamp"]
        """The time stamps of the lines as text, as far as they have the shape."""
        self._sizes = frame["size"]
        self._end = len(chunk) - chunk.endswith(b"\n")

    def __len__(self) -> int:
        return len(self.texts)

    def odd(self) -> list[int]:
        """Return the lines that do not have the shape."""
        return [] if self.dull.all() else _rows(~self.dull)

    def matching(self, pattern: str) -> list[int]:
        """Return the lines in which a pattern finds something."""
        return _rows(self.texts.str.contains(pattern, literal=False))

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
        longest = self._sizes.max()
        if not isinstance(longest, int) or longest <= limit:
            return []
        return _rows(self._sizes > limit)

    def rows_at(self, pattern: re.Pattern[bytes]) -> list[int]:
        """Return the lines in which a pattern finds something in the bytes."""
        if b"\r" not in self.chunk:
            return []
        return self.rows_of([match.start() for match in pattern.finditer(self.chunk)])

    def bytes_of(self, row: int) -> bytes:
        """Return a line as it stands in the chunk, without LF."""
        start = self._places[row]
        end = self._places[row + 1] - 1 if row + 1 < len(self._places) else self._end
        return self.chunk[start:end]

    def rows_of(self, offsets: Sequence[int]) -> list[int]:
        """Return the lines in which bytes of the chunk stand."""
        if len(offsets) < _FEW:
            places = self._places
            return [bisect_right(places, offset) - 1 for offset in offsets]
        return (self._starts.search_sorted(pl.Series(offsets), side="right") - 1).to_list()

    @cached_property
    def _starts(self) -> pl.Series:
        sizes = self._sizes + 1
        return sizes.cum_sum() - sizes

    @cached_property
    def _places(self) -> list[int]:
        return self._starts.to_list()


def _rows(mask: pl.Series) -> list[int]:
    return mask.arg_true().to_list()


def _split(chunk: bytes) -> pl.LazyFrame:
    if hasattr(pl, "scan_lines"):  # since polars 1.36, and twice as fast
        return pl.scan_lines(chunk, name="line")
    text = chunk.removesuffix(b"\n").decode("ascii")
    return pl.Series("line", [text]).str.split("\n").explode().to_frame().lazy()


def _is_dull(shape: Shape, *, returns: bool) -> pl.Expr:
    dull = _LINE.str.contains(shape.dull, literal=False)
    if not shape.layout.opens:
        return dull
    whole = _LINE.str.strip_chars_end(" ") if returns else _LINE
    return dull & (whole.str.ends_with("}") | ~_LINE.str.contains(shape.layout.opens, literal=True))


def _stamp(shape: Shape) -> pl.Expr:
    at = _LINE.str.slice(shape.offset, shape.width)
    if shape.layout.later is None:
        return at
    beginning, offset = shape.layout.later
    other = _LINE.str.slice(shape.carried, len(beginning)) == beginning
    return pl.when(other).then(_LINE.str.slice(shape.carried + offset, shape.width)).otherwise(at)
