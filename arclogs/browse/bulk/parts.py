r"""Where the parts of dull lines stand in their chunk, of all lines at once.

    2026-11-23T02:06:24Z<TAB>INFO<TAB>EphemeralRunner<TAB>Creating new pod<TAB>{…"name":"w9k4d"…
    `----- stamp -----'`------------- head -----------------'`----- text ---'`--- rest --' parameter

The parts are those of the parsers (`ingest.logs`), for lines that have a shape of `scan.formats.shapes`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from arclogs.scan.lines.buffer import Buffer, Mask, Places, Words
    from arclogs.scan.lines.lines import Lines, Rows

_CR: Final = 0x0D
_QUOTE: Final = ord('"')
_BLANK: Final = ord(" ")
_BLANKS: Final = np.isin(
    np.arange(256), np.frombuffer(b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f", dtype=np.uint8)
)  # what `str.strip` takes of ASCII
_OF_A_NAME: Final = np.array([re.match(rb"[\w.-]", bytes([b])) is not None for b in range(256)])
_LONGEST_NAME: Final = 64
_LONGEST_TOLD: Final = 1024
"""Bytes of a part up to which it is told to be the same by arithmetic."""
_MSG: Final = np.frombuffer(b"msg=", dtype=np.uint8)
_FACTORS: Final = tuple(
    np.uint64(factor)
    for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
)
"""So that the same bytes in another part make another sum; the sums themselves are salted."""


class Varies(NamedTuple):
    """What of a rest differs from line to line: the word behind the first of `openings`."""

    openings: tuple[str, ...]
    quoted: bool


class Parts(NamedTuple):
    """Where the parts of some lines of a chunk begin and end."""

    starts: Places
    heads: Places
    texts: Places
    text_ends: Places
    rests: Places
    parameters: Places
    parameter_ends: Places
    """The same as `parameters` where there is none."""
    ends: Places
    """Without CR."""


def parts_of(lines: Lines, rows: Rows, exact: pl.Series, varies: Varies | None) -> Parts:
    """Return the parts of some lines; `exact` has them as text."""
    ends = _without_cr(lines, rows)
    layout = lines.shape.layout
    if layout.parser == "runner":
        (closing,) = _stops(lines, rows, 0)
        texts = closing + 1
        texts += lines.buffer.bytes[texts] == _BLANK
        text_ends = rests = ends
    elif layout.parser == "controller":
        before, rests = _stops(lines, rows, 3, 4) if layout.later else _stops(lines, rows, 1, 2)
        texts, text_ends = before + 1, rests
        if not layout.later:
            text_ends = _stripped(lines.buffer, texts, rests)
    else:
        texts, text_ends, rests = _of_logfmt(lines, rows, exact, ends)
    starts = lines.starts[rows]
    first = last = ends
    if varies is not None:
        behind = exact.str.slice(_sizes(rests - starts))
        first, last = _parameters(lines.buffer, behind, rests, ends, varies)
    heads = lines.stamped[rows] + lines.shape.width
    return Parts(starts, heads, texts, text_ends, rests, first, last, ends)


def keys_of(lines: Lines, parts: Parts) -> Words:
    """Return of each line a hash of what it has in common with others of its template."""
    buffer = lines.buffer
    keys: Words = (parts.heads - parts.starts).astype(np.uint64) * _FACTORS[3]
    keys += (parts.parameter_ends > parts.parameters) * _FACTORS[2]
    for factor, first, end in zip(
        _FACTORS,
        (parts.heads, parts.rests, parts.parameter_ends),
        (parts.texts, parts.parameters, parts.ends),
    ):
        keys += _digests(buffer, first, end) * factor
    return keys


def between(exact: pl.Series, starts: Places, first: Places, end: Places) -> pl.Series:
    """Return a part of each line as text: such lines are ASCII."""
    return exact.str.slice(_sizes(first - starts), _sizes(end - first))


def _digests(buffer: Buffer, first: Places, end: Places) -> Words:
    sizes = end - first
    long = np.flatnonzero(sizes > _LONGEST_TOLD)
    if not len(long):
        return buffer.digests(first, sizes)
    sizes[long] = 0
    digests = buffer.digests(first, sizes)
    for row in long.tolist():
        digests[row] = hash(buffer.bytes[first[row] : end[row]].tobytes()) & (2**64 - 1)
    return digests


def _sizes(sizes: Places) -> pl.Series:
    return pl.Series(sizes.astype(np.uint32))


def _stops(lines: Lines, rows: Rows, *numbers: int) -> list[Places]:
    """Return where the stops of such numbers behind the zone stand."""
    key = lines.shape.layout.key
    assert key is not None
    first = lines.stops.first[rows] + lines.shape.forms[0][0].count(key.end)
    return [lines.stops.at[first + number] for number in numbers]


def _without_cr(lines: Lines, rows: Rows) -> Places:
    ends = lines.ends[rows]
    if lines.returns:
        ends = ends - (lines.buffer.bytes[ends - 1] == _CR)
    return ends


def _stripped(buffer: Buffer, first: Places, end: Places) -> Places:
    """Return where parts end without the blanks at their ends."""
    while (blank := (end > first) & _BLANKS[buffer.bytes[end - 1]]).any():
        end = end - blank
    return end


def _of_logfmt(
    lines: Lines, rows: Rows, exact: pl.Series, ends: Places
) -> tuple[Places, Places, Places]:
    """Return where texts begin and end, and rests begin: `… msg="text"rest` or `… msg=text rest`."""
    key = lines.shape.layout.key
    assert key is not None
    at = lines.stops.at
    first = lines.stops.first[rows] + lines.shape.forms[0][0].count(key.end)
    last = lines.stops.last[rows]
    opening, closing = at[np.minimum(first, last)], at[np.minimum(first + 1, last)]
    quoted = (lines.buffer.bytes_at(opening - len(_MSG), len(_MSG)) == _MSG).all(axis=1)
    quoted &= first < last
    texts, text_ends, rests = opening + 1, closing, closing + 1
    bare = np.flatnonzero(~quoted)
    if len(bare):
        some, starts = exact.gather(bare), lines.starts[rows][bare]
        behind = some.str.find(" msg=", literal=True).to_numpy().astype(np.int64) + len(" msg=")
        word = some.str.slice(_sizes(behind)).str.find(r"\s").fill_null(len(lines.chunk))
        texts[bare] = starts + behind
        text_ends[bare] = np.minimum(starts + behind + word.to_numpy(), ends[bare])
        rests[bare] = text_ends[bare]
    return texts, text_ends, rests


def _parameters(
    buffer: Buffer, rest: pl.Series, rests: Places, ends: Places, varies: Varies
) -> tuple[Places, Places]:
    """Return where the words that differ begin and end, twice the line's end where there is none."""
    found = [rest.str.find(opening, literal=True) for opening in varies.openings]
    sized = [each.cast(pl.Int64) + len(o) for each, o in zip(found, varies.openings)]
    offset = pl.DataFrame([s.alias(str(n)) for n, s in enumerate(sized)]).min_horizontal()
    held: Mask = offset.is_not_null().to_numpy()
    first = rests + offset.fill_null(0).to_numpy()
    if varies.quoted:
        first = first + (buffer.bytes[first] == _BLANK)
        held = held & (buffer.bytes[first] == _QUOTE)
        first = first + 1
    octets = buffer.bytes_at(first, _LONGEST_NAME)
    size = np.argmin(_OF_A_NAME[octets], axis=1)
    last = first + size
    after = buffer.bytes[last]
    closed = after == _QUOTE if varies.quoted else (after == _BLANK) | (last == ends)
    held = held & (size > 0) & closed & (last <= ends)
    return np.where(held, first, ends), np.where(held, last, ends)
