"""One record as a line of the Records screen: time, level, program, pod, message."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
import regex
from msgspec import Struct
from rich.text import Text

from arclogs.browse.filter_terms import Contains, Filter, Matches
from arclogs.tui.models.block import Part, Tone
from arclogs.tui.models.zone import UTC_ZONE, Zone
from arclogs.views.rows.words import level_name
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST: Final = 4_000
"""Characters of a message that a line can show; the detail pane has the rest."""
_SOURCE: Final = 10  # the longest: controller
_WHO: Final = 12
_WIDE: Final = 100
_TONES: Final = {"error": Tone.HIGH, "warning": Tone.MEDIUM, "debug": Tone.DIM}
_SECONDS: Final = 0.02  # for one highlight of one line: patterns of users may explode

MOST_LINES: Final = 40
"""Of one row, where they wrap."""

COLUMNS: Final = (
    pl.col("time"),
    pl.col("level"),
    pl.col("source"),
    pl.coalesce("pod", "runner").alias("who"),
    pl.col("text").str.head(LONGEST),
    pl.col("text").str.count_matches("\n", literal=True).alias("further"),
)


class Shown(NamedTuple):
    """What a line needs of a row; the order is that of `COLUMNS`."""

    time: datetime | None
    level: int
    source: str
    who: str | None
    text: str
    further: int
    """Lines of the message after the first."""


class Style(Struct, frozen=True):
    """How lines are to look."""

    width: int = 80
    dated: bool = False
    """The rows are of several days."""
    delta: bool = False
    """Show the time since the row above."""
    wraps: bool = False
    zone: Zone = UTC_ZONE
    highlights: tuple[regex.Pattern[str], ...] = ()


class Drawn(Struct, frozen=True):
    """One line of the pane: of which row, and whether it is the first of it."""

    place: int
    parts: tuple[Part, ...]
    first: bool

    @property
    def text(self) -> str:
        """Return the line without looks."""
        return "".join(part.text for part in self.parts)


def highlights(where: Filter) -> tuple[regex.Pattern[str], ...]:
    """Return patterns of what a filter looks for in texts, as far as this engine takes them."""
    found = []
    for term in where.terms:
        try:
            match term.test:
                case Contains(words) if not term.negated:
                    found.append(regex.compile(regex.escape(words), regex.IGNORECASE))
                case Matches(pattern) if not term.negated:
                    found.append(regex.compile(pattern))
        except regex.error:
            continue
    return tuple(found)


def clock(moment: datetime | None, zone: Zone, *, dated: bool) -> str:
    """Return a time of fixed width, to the millisecond."""
    if moment is None:
        return "-" * (18 if dated else 12)
    return zone.of(moment).strftime("%m-%d %H:%M:%S.%f" if dated else "%H:%M:%S.%f")[:-3]


def gap(now: datetime | None, before: datetime | None) -> str:
    """Return the time between two rows in nine columns: `+0.213s`, `+3m02s`."""
    if now is None or before is None:
        return " " * 9
    passed = now - before
    if passed < timedelta(minutes=1):
        return f"{f'+{passed.total_seconds():.3f}s':>9}"
    minutes, seconds = divmod(int(passed.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{f'+{days}d{hours:02}h':>9}"
    return f"{f'+{hours}h{minutes:02}m' if hours else f'+{minutes}m{seconds:02}s':>9}"


def prefix(row: Shown, before: Shown | None, style: Style) -> list[Part]:
    """Return what stands left of the message."""
    name = level_name(row.level) or ""
    parts = [Part(f"{clock(row.time, style.zone, dated=style.dated)} ", Tone.DIM)]
    if style.delta:
        parts.append(Part(f"{gap(row.time, before.time if before else None)} ", Tone.DIM))
    parts.append(Part(f"{name[:1].upper() or ' '} ", _TONES.get(name, Tone.PLAIN)))
    parts.append(Part(f"{row.source[:_SOURCE]:{_SOURCE}} "))
    if style.width >= _WIDE:
        parts.append(Part(f"{_tail(row.who or ''):{_WHO}} ", Tone.DIM))
    return parts


def message(row: Shown, style: Style) -> list[str]:
    """Return the message as harmless lines: one, or all of them where they wrap."""
    lines = row.text.split("\n")
    shown = lines if style.wraps else [next((one for one in lines if one.strip()), "")]
    return [sanitize(one).replace("\t", "    ") for one in shown]


def marked(text: str, row: Shown, style: Style) -> list[Part]:
    """Return one line of a message, what is looked for in it made to stand out."""
    tone = _TONES.get(level_name(row.level) or "", Tone.PLAIN)
    spans = sorted(span for pattern in style.highlights for span in _spans(pattern, text))
    parts, done = [], 0
    for start, end in spans:
        if end > done:
            parts += [Part(text[done : max(start, done)], tone)]
            parts += [Part(text[max(start, done) : end], Tone.FOUND)]
            done = end
    return [part for part in (*parts, Part(text[done:], tone)) if part.text]


def _spans(pattern: regex.Pattern[str], text: str) -> Sequence[tuple[int, int]]:
    try:
        return [found.span() for found in pattern.finditer(text, timeout=_SECONDS) if found[0]]
    except TimeoutError:
        return []


def _tail(name: str) -> str:
    """Return the end of a name, which tells pods of one set apart."""
    shown = sanitize(name)
    return shown if len(shown) <= _WHO else f"…{shown[1 - _WHO :]}"


def lines_of(place: int, row: Shown, before: Shown | None, style: Style) -> Iterator[Drawn]:
    """Yield the lines of a row: one, or as many as it wraps into."""
    lead = prefix(row, before, style)
    margin = sum(len(part.text) for part in lead)
    said = message(row, style)
    if not style.wraps:
        more = f"  (+{row.further} lines)" if row.further else ""
        first = Text(said[0])
        first.truncate(max(16, style.width - margin - 1 - len(more)), overflow="ellipsis")
        yield Drawn(place, (*lead, *marked(first.plain, row, style), Part(more, Tone.DIM)), True)
        return
    room = max(16, style.width - margin - 1)
    pieces = [piece for text in said for piece in _folded(text, room)][:MOST_LINES]
    for number, piece in enumerate(pieces):
        start = lead if number == 0 else [Part(" " * margin)]
        yield Drawn(place, (*start, *marked(piece, row, style)), number == 0)


def _folded(text: str, room: int) -> list[str]:
    """Return a text in pieces that fit, by cells."""
    if Text(text).cell_len <= room:
        return [text]
    pieces, piece, width = [], "", 0
    for character in text:
        cells = Text(character).cell_len
        if width + cells > room:
            pieces.append(piece)
            piece, width = "", 0
        piece, width = piece + character, width + cells
    return [*pieces, piece]
