"""The lines of a chunk as polars series: for Rust's engines, and for who makes rows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.lines import Lines

_LINE = pl.col("line")


def texts_of(chunk: bytes) -> pl.Series:
    """Return the lines of ASCII text."""
    if hasattr(pl, "scan_lines"):  # since polars 1.36, and twice as fast
        return pl.scan_lines(chunk, name="line").collect()["line"]
    return _split(chunk.removesuffix(b"\n").decode("ascii"))


def exact_of(chunk: bytes) -> pl.Series:
    """Return the lines as they stand, without the CR at their ends."""
    text = chunk.replace(b"\r\n", b"\n").decode("utf-8", "replace")
    return _split(text.removesuffix("\n") if chunk.endswith(b"\n") else text.removesuffix("\r"))


def stamps_of(lines: Lines) -> pl.Series:
    """Return the time stamps as text; what stands there in lines without the shape is not looked at."""
    shape = lines.shape
    at = _LINE.str.slice(shape.offset, shape.width)
    if shape.layout.later is not None:
        beginning, offset = shape.layout.later
        other = _LINE.str.slice(shape.carried, len(beginning)) == beginning
        moved = _LINE.str.slice(shape.carried + offset, shape.width)
        at = pl.when(other).then(moved).otherwise(at)
    return lines.exact.alias("line").to_frame().select(at.alias("stamp"))["stamp"]


def dull_by_pattern(texts: pl.Series, shape: Shape, *, returns: bool) -> pl.Series:
    """Tell of each line whether it has a shape."""
    dull = _LINE.str.contains(shape.dull, literal=False)
    if shape.layout.opens:
        whole = _LINE.str.strip_chars_end(" ") if returns else _LINE
        opens = _LINE.str.contains(shape.layout.opens, literal=True)
        dull &= whole.str.ends_with("}") | ~opens
    return texts.alias("line").to_frame().select(dull.alias("dull"))["dull"]


def _split(text: str) -> pl.Series:
    return pl.Series("line", [text]).str.split("\n").explode()
