"""Slices of time: widths that divide hours and days, and windows cut into them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.case.coverage.coverage import stamp
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EVER: Final = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_TICK: Final = timedelta(milliseconds=100)
_DAY: Final = 864_000  # ticks

# In ticks. Each divides the next, so that counts of one width can be added up to the next.
COARSER: Final = (1, 5, 10, 50, 100, 300, 600, 3_000, 6_000, 18_000, 36_000, 108_000, 216_000,
                  432_000, _DAY, 10 * _DAY, 100 * _DAY, 1_000 * _DAY, 10_000 * _DAY)  # fmt: skip
# What people read easily.
_WIDTHS: Final = (1, 2, 5, 10, 20, 50, 100, 150, 300, 600, 1_200, 3_000, 6_000, 9_000, 18_000, 36_000,
                  72_000, 108_000, 216_000, 432_000, _DAY)  # fmt: skip

MOST_SLICES: Final = 60
"""Of a window whose width nobody asked for: they fit beside the names on 80 columns."""
MOST_ASKED_FOR: Final = 2_000


def ticks(width: timedelta) -> int:
    """Return a width as a number of ticks (100 ms); 0 where it is no whole number of them."""
    whole, rest = divmod(width, _TICK)
    return 0 if rest else whole


def tick_of(moment: datetime) -> int:
    """Return the tick that a moment lies in, counted from 1970."""
    return (moment - EPOCH) // _TICK


def moment_of(tick: int) -> datetime:
    """Return where a tick begins, within the years that a calendar has."""
    try:
        return EPOCH + tick * _TICK
    except OverflowError:
        return _EVER[tick > 0]


class Window(Struct, frozen=True):
    """`count` slices of `width` ticks; the first begins at slice number `begin` since 1970."""

    width: int
    begin: int
    count: int

    def place(self, moment: datetime) -> int | None:
        """Return the number of the slice that a moment lies in, None outside."""
        at = tick_of(moment) // self.width - self.begin
        return at if 0 <= at < self.count else None

    def clipped(self, moment: datetime) -> int:
        """Return the number of the slice that is nearest to a moment."""
        return min(max(tick_of(moment) // self.width - self.begin, 0), self.count - 1)

    def edges(self) -> tuple[datetime, datetime]:
        """Return where the window begins and ends."""
        begin, end = self.begin * self.width, (self.begin + self.count) * self.width
        return moment_of(begin), moment_of(end)

    @property
    def seconds(self) -> float:
        """Return the width of a slice."""
        return self.width / 10

    def stamps(self) -> tuple[str, str]:
        """Return where the window begins and ends, as the report writes times."""
        first, last = self.edges()
        return stamp(first) or "", stamp(last) or ""


def window_of(
    first: datetime, last: datetime, resolution: int = 1, per: timedelta | None = None
) -> Window:
    """Cut a stretch of time into slices: at most `MOST_SLICES`, or `per` wide.

    Widths are multiples of `resolution` ticks, the finest that counts are kept in. Raise UsageError
    for a width that is not, or that gives too many slices.
    """
    low, high = tick_of(first), tick_of(last)
    for width in _allowed(per, resolution):
        begin = low // width
        count = high // width - begin + 1
        if count <= (MOST_SLICES if per is None else MOST_ASKED_FOR):
            return Window(width, begin, count)
    raise UsageError(
        f"{shown(per or timedelta())} slices are too many for {first:%Y-%m-%d %H:%M} to "
        f"{last:%Y-%m-%d %H:%M}: at most {MOST_ASKED_FOR:,} fit. "
        "Use a larger --per, or --since and --until"
    )


def _allowed(per: timedelta | None, resolution: int) -> Iterator[int]:
    if per is not None:
        width = ticks(per)
        if width <= 0 or width % resolution:
            finest = shown(resolution * _TICK)
            raise UsageError(
                f"--per {shown(per)}: use a multiple of {finest}, as times are counted"
            )
        yield width
        return
    yield from (width for width in _WIDTHS if width % resolution == 0)
    width = max(_DAY, resolution)
    while True:
        width *= 10
        yield width


def shown(width: timedelta) -> str:
    """Return a width as `--per` takes it: `500ms`, `10s`, `2m`, `6h`, `1d`."""
    ms = width // timedelta(milliseconds=1)
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)):
        if ms and ms % size == 0:
            return f"{ms // size}{unit}"
    return f"{ms}ms"
